"""Draw pages and measure words, in a process that foreign bytes may bring down.

    python -m contrechamp.documents.domain.drawing

reads one JSON object per line on standard input and answers with a line of JSON, followed by as
many bytes as the line says. `documents.rendering` starts it, limits it and ends it. It knows no
Django and no database: a file that crashes or exhausts it costs one picture.
"""

from __future__ import annotations

import ctypes
import json
import math
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pypdfium2 as pdfium
import pypdfium2.raw as pdf
from PIL import Image, ImageOps

from .layout import Sign, align

PIXELS = 5_000_000
"""The most that one picture has, whatever the page's size says."""
SIDE = 6_000
"""The longest side of a picture (WebP ends at 16,383)."""
SOURCE_PIXELS = 120_000_000
"""The largest photograph or scan that is opened."""
SIGNS = 200_000
"""The most characters of one page that are measured."""
MEMORY = 1024 * 1024 * 1024
IDLE_S = 300
"""A process that nobody asks anything ends by itself."""
FRACTION = 10_000_000
"""Device units over a page's side, to turn pdfium's whole numbers into fractions."""


class CannotDraw(Exception):
    """The file or the page cannot be drawn."""


def draw(path: Path, kind: str, page: int, width: int) -> bytes:
    """Return the page as a WebP picture, at most `width` pixels wide."""
    image = paint(path, kind, page, width)
    out = BytesIO()
    # Method 2 takes half the time of the default for a file that is a few percent larger.
    image.save(out, "WEBP", quality=72, method=2)
    return out.getvalue()


def paint(path: Path, kind: str, page: int, width: int) -> Image.Image:
    """Return the page as a picture on white paper, at most `width` pixels wide."""
    return _draw_pdf(path, page, width) if kind == "pdf" else _draw_image(path, page, width)


def measure(path: Path, page: int, text: str) -> list[list[float]]:
    """Return the words of the page's text with their boxes: `[start, end, x0, y0, x1, y1]`."""
    with _open(path) as document:
        return [list(word) for word in align(_signs(_page(document, page)), text)]


def scale_for(width_pt: float, height_pt: float, width: int) -> float:
    """Return pixels per point so that the picture has the width, and stays within the limits."""
    if not (width_pt > 0 and height_pt > 0):
        raise CannotDraw("the page has no surface")
    return min(
        width / width_pt,
        math.sqrt(PIXELS / (width_pt * height_pt)),
        SIDE / max(width_pt, height_pt),
    )


def _open(path: Path) -> Any:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise CannotDraw(str(error)) from None


def _page(document: Any, number: int) -> Any:
    if not 1 <= number <= len(document):
        raise CannotDraw("no such page")
    try:
        return document[number - 1]
    except pdfium.PdfiumError as error:
        raise CannotDraw(str(error)) from None


def _draw_pdf(path: Path, number: int, width: int) -> Image.Image:
    with _open(path) as document:
        page = _page(document, number)
        wide, high = page.get_size()
        scale = scale_for(wide, high, width)
        bitmap = page.render(scale=scale, may_draw_forms=True)
        return _plain(bitmap.to_pil().copy())


def _draw_image(path: Path, number: int, width: int) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = SOURCE_PIXELS // 2  # Pillow refuses at twice this.
    try:
        with Image.open(path) as image:
            image.seek(number - 1)
            image.draft("RGB", (width, width * 4))
            turned = ImageOps.exif_transpose(image)
            scale = min(scale_for(*turned.size, width), 1.0)
            size = max(int(turned.width * scale), 1), max(int(turned.height * scale), 1)
            return _plain(turned.convert("RGBA" if _has_alpha(turned) else "RGB").resize(size))
    except (OSError, EOFError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise CannotDraw(str(error)) from None


def _has_alpha(image: Image.Image) -> bool:
    return "A" in image.getbands() or "transparency" in image.info


def _plain(image: Image.Image) -> Image.Image:
    """Put what is transparent on white paper; drop metadata with it."""
    if image.mode in {"L", "RGB"}:
        return image
    if image.mode == "RGBA":
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        return paper
    return image.convert("RGB")


def _signs(page: Any) -> list[Sign]:
    """Measure each printed character, through the page's rotation and crop box."""
    text = page.get_textpage()
    box = pdf.FS_RECTF()
    signs: list[Sign] = []
    for index in range(min(text.count_chars(), SIGNS)):
        code = pdf.FPDFText_GetUnicode(text, index)
        if code < 33 or not pdf.FPDFText_GetLooseCharBox(text, index, box):
            continue
        one = _seen(page, box.left, box.top)
        other = _seen(page, box.right, box.bottom)
        (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
        signs.append(Sign(_letter(code), x0, y0, x1, y1))
    return signs


def _letter(code: int) -> str:
    """Return the character; a lone half of a pair is told as unknown."""
    return "\ufffd" if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)


def _seen(page: Any, x: float, y: float) -> tuple[float, float]:
    """Return a point of the file as fractions of the page that one sees."""
    left, top = ctypes.c_int(), ctypes.c_int()
    pdf.FPDF_PageToDevice(page, 0, 0, FRACTION, FRACTION, 0, x, y, left, top)
    return left.value / FRACTION, top.value / FRACTION


# The process


def _answer(ask: dict[str, Any]) -> bytes:
    path = Path(ask["path"])
    if ask["what"] == "draw":
        return draw(path, ask["kind"], ask["page"], ask["width"])
    return json.dumps(measure(path, ask["page"], ask["text"])).encode()


def _limit() -> None:
    """Bound what the process may take; it writes no file and starts no other."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0)):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve(asks: BinaryIO, answers: BinaryIO, answer: Callable[[dict[str, Any]], bytes]) -> None:
    """Answer each line until the input ends."""
    while line := asks.readline():
        signal.alarm(0)
        try:
            body, why = answer(json.loads(line)), ""
        # Foreign bytes: whatever goes wrong concerns this page, and it is told.
        except Exception as error:  # noqa: BLE001
            body, why = b"", f"{type(error).__name__}: {error}"[:300]
        answers.write(json.dumps({"bytes": len(body), "why": why}).encode() + b"\n" + body)
        answers.flush()
        signal.alarm(IDLE_S)


def main() -> None:
    """Serve standard input, within limits."""
    _limit()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us.
    signal.alarm(IDLE_S)
    serve(sys.stdin.buffer, sys.stdout.buffer, _answer)


if __name__ == "__main__":
    main()
