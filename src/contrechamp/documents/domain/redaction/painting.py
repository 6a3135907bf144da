"""Pages as pictures: drawn in grey, boxes painted over, packed for a PDF."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFont, TiffImagePlugin

from contrechamp.documents.domain.layout import Rect

from .plan import Box

DPI = 200
PIXELS = 40_000_000
"""The most that one page may have: larger sheets get fewer dots per inch."""
QUALITY = 70
INK = 140
"""Grey below which a pixel of a page of pure text is black."""
LABEL = 0.62
"""Height of the code on a box, as a part of the box."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A picture as a PDF holds it."""

    data: bytes
    filter: str
    """CCITTFaxDecode or DCTDecode."""
    width: int
    height: int


def draw_grey(page: Any, dpi: float = DPI) -> Image.Image:
    """Return an opened page in grey, without what is laid over it."""
    width, height = page.get_size()
    scale = min(dpi / 72, math.sqrt(PIXELS / max(width * height, 1.0)))
    bitmap = page.render(scale=scale, grayscale=True, draw_annots=False, may_draw_forms=False)
    image: Image.Image = bitmap.to_pil().convert("L")
    return image


def pixels(rect: Rect, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return the pixels that a rectangle touches: first and behind the last, both ways."""
    width, height = size
    x0, y0 = math.floor(rect.x0 * width), math.floor(rect.y0 * height)
    return (
        max(x0, 0),
        max(y0, 0),
        min(max(math.ceil(rect.x1 * width), x0 + 1), width),
        min(max(math.ceil(rect.y1 * height), y0 + 1), height),
    )


def paint(image: Image.Image, boxes: Iterable[Box], marks: dict[str, str]) -> None:
    """Make each box black, and write the code of its reason on it."""
    seen = list(boxes)
    for box in seen:  # All black first: where boxes overlap, no code is cut by another box.
        x0, y0, x1, y1 = pixels(box.rect, image.size)
        image.paste(0, (x0, y0, x1, y1))
    for box in seen:
        x0, y0, x1, y1 = pixels(box.rect, image.size)
        label = label_for(marks.get(box.reason, ""), x1 - x0, y1 - y0)
        if label:
            image.paste(label, (x0, y0))


@lru_cache(maxsize=256)
def label_for(mark: str, width: int, height: int) -> Image.Image | None:
    """Return the code in white on black, or None where the box is too small for it."""
    size = min(int(height * LABEL), 40)
    if not mark or size < 8:
        return None
    font = ImageFont.load_default(size)
    left, top, right, bottom = (int(side) for side in font.getbbox(mark))
    if right - left + 8 > width:
        return None
    label = Image.new("L", (right - left + 8, height), 0)
    ImageDraw.Draw(label).text(
        (4 - left, (height - (bottom - top)) // 2 - top), mark, fill=255, font=font
    )
    return label.point(lambda value: 255 if value > 127 else 0)


def pack(image: Image.Image, quality: int = QUALITY) -> Packed:
    """Return the picture as a fax when it is pure text, else as JPEG."""
    if is_pure_text(image):
        return _fax(image.point(lambda value: 255 if value > INK else 0).convert("1"))
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Packed(out.getvalue(), "DCTDecode", *image.size)


def is_pure_text(image: Image.Image) -> bool:
    """Answer whether a page loses nothing in black and white: ink is dark everywhere, no shades."""
    ink = image.point(lambda value: 255 if value < 236 else 0)
    dark = image.point(lambda value: 255 if value < INK else 0)
    size = max(image.width // 32, 1), max(image.height // 32, 1)
    inked = ink.resize(size, Image.Resampling.BOX).tobytes()
    darkened = dark.resize(size, Image.Resampling.BOX).tobytes()
    if any(one > 10 and one > 5 * other for one, other in zip(inked, darkened, strict=True)):
        return False
    both = image.point(lambda value: 255 if value > INK else 0)
    fine = max(image.width // 8, 1), max(image.height // 8, 1)
    gap = ImageChops.difference(
        image.resize(fine, Image.Resampling.BOX), both.resize(fine, Image.Resampling.BOX)
    )
    _, most = gap.getextrema()
    return int(most) < 72  # type: ignore[arg-type]


def _fax(image: Image.Image) -> Packed:
    """Return a picture in black and white as ITU-T T.6, one strip."""
    out = BytesIO()
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[278] = image.height
    image.save(out, "TIFF", compression="group4", tiffinfo=tags)
    with Image.open(out) as made:
        (start,), (length,) = made.tag_v2[273], made.tag_v2[279]  # type: ignore[attr-defined]
        inverted = made.tag_v2[262] == 0  # type: ignore[attr-defined]
    data = out.getvalue()[start : start + length]
    return Packed(data, "CCITTFaxDecode" if inverted else "CCITTFaxDecode/black", *image.size)
