"""Photographs and scans as image files: how many pages, their sizes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from contrechamp.kernel.errors import gettext_noop

from .pdfs import PageText, unread
from .reasons import CannotRead, Reason

PIXELS = 120_000_000
"""The most that one page may have: an A0 sheet at 250 dots per inch."""
DPI = 200
"""What a scan is taken for when it does not say."""

BAD_IMAGE = gettext_noop("L'image est abîmée : {detail}.")
TOO_MANY_PIXELS = gettext_noop(
    "L'image a {size} millions de points ; la limite est {limit} millions. Réduisez-la."
)


@contextmanager
def opened(path: Path) -> Iterator[Image.Image]:
    """Open an image and turn what may go wrong with it into a reason."""
    Image.MAX_IMAGE_PIXELS = None  # Our own limit is below, and it has a sentence.
    try:
        with Image.open(path) as image:
            check_size(image)
            yield image
    except CannotRead:
        raise
    except UnidentifiedImageError:
        raise CannotRead(Reason.BROKEN, BAD_IMAGE, detail="en-tête illisible") from None
    # Pillow's readers raise nearly anything on damaged files.
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        KeyError,
        IndexError,
        TypeError,
        ArithmeticError,
        AttributeError,
        RuntimeError,
        MemoryError,
        Image.DecompressionBombError,
    ) as error:
        detail = str(error).split("\n")[0][:120] or type(error).__name__
        raise CannotRead(Reason.BROKEN, BAD_IMAGE, detail=detail) from None


def check_size(image: Image.Image) -> None:
    """Refuse an image that would fill the memory when decoded."""
    if image.width * image.height > PIXELS:
        size = round(image.width * image.height / 1e6)
        raise CannotRead(Reason.TOO_LARGE, TOO_MANY_PIXELS, size=size, limit=PIXELS // 1_000_000)


def count_pages(image: Image.Image) -> int:
    """Return the frames of a TIFF; an animation counts as its first picture."""
    return int(getattr(image, "n_frames", 1)) if image.format in {"TIFF", "MPO"} else 1


def check_whole(image: Image.Image) -> None:
    """Decode the first picture, small where the format allows: a cut file is found out here."""
    image.draft("L", (256, 256))
    image.load()


def read_pages(path: Path, first: int, count: int) -> list[PageText]:
    """Return the pages with their sizes. All wait for recognition."""
    with opened(path) as image:
        last = min(first + count - 1, count_pages(image))
        found = [_read_page(image, number) for number in range(first, last + 1)]
    if first == 1 and found and not found[0].failed:
        with opened(path) as image:
            check_whole(image)
    return found


def _read_page(image: Image.Image, number: int) -> PageText:
    try:
        image.seek(number - 1)
        check_size(image)
    except (OSError, EOFError, ValueError, SyntaxError, CannotRead):
        return unread(number)
    width, height = image.size
    if image.getexif().get(0x0112) in {5, 6, 7, 8}:
        width, height = height, width
    x, y = dots_per_inch(image)
    return PageText(
        number, round(width * 72 / x, 2), round(height * 72 / y, 2), 0, "", needs_recognition=True
    )


def dots_per_inch(image: Image.Image) -> tuple[float, float]:
    """Return what the image says of its resolution if that can be true."""
    try:
        x, y = (float(value) for value in image.info.get("dpi", (0, 0)))
    except (TypeError, ValueError, ArithmeticError):
        return DPI, DPI
    return (x, y) if 50 <= x <= 2400 and 50 <= y <= 2400 else (DPI, DPI)


def grey(path: Path, number: int) -> tuple[Image.Image, float]:
    """Return one page in grey, turned as its camera says, and its dots per inch."""
    ImageFile.LOAD_TRUNCATED_IMAGES = True  # Half a page read is better than none.
    with opened(path) as image:
        image.seek(number - 1)
        check_size(image)
        dpi = max(dots_per_inch(image))
        turned = ImageOps.exif_transpose(image)
        if "A" in turned.getbands() or "transparency" in turned.info:
            seen = turned.convert("RGBA")
            paper = Image.new("RGBA", seen.size, "white")
            paper.alpha_composite(seen)
            turned = paper
        return turned.convert("L"), dpi
