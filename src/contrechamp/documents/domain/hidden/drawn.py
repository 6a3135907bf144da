"""Compare a page with the same page without its text: where both are equal, nobody reads.

Every text object is switched off in the page that was opened (never in the file), nested forms
included; that removes exactly what the text-showing operators draw. A character whose box looks
the same in both pictures is not visible. On OCR layers, which draw nothing, a character is
without reason where the picture under it is of one shade.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as raw
from PIL import Image, ImageChops

from .finding import DARK, FEWEST, Finding, Kind
from .sheets import (
    EQUAL,
    INVISIBLE,
    Box,
    Sheet,
    Thing,
    address_of,
    clipped,
    covering_annotations,
    holds_middle,
    risky_texts,
    rounded,
    seen_box,
    sheet_of,
)

SCALE = 1.25
"""Pixels per point: at 90 dots per inch a letter of 6 points is seven pixels high."""
SIDE = 3_000
SIGNS = 100_000
"""Characters of one page that are looked at."""
FEW = 6
"""Objects of a form that is a stamp, or a box with its label."""


def look(page: Any, number: int, *, has_hidden_layers: bool = False) -> list[Finding]:
    """Return what one opened page hides. `page` is a raw page of pdfium, changed by this."""
    sheet = sheet_of(page)
    found = list(clipped(sheet, number))
    covers = has_hidden_layers or any(covering_annotations(page))
    risky = risky_texts(sheet, everything=covers)
    if risky:
        found += _differences(sheet, number, risky, has_hidden_layers=has_hidden_layers)
    return found


@dataclass(frozen=True, slots=True)
class Pictures:
    """A page as it is, and where it differs from itself without text."""

    seen: Image.Image
    bare: Image.Image
    """The page without its text."""
    ink: Image.Image
    """White where the text leaves a mark."""


def _draw(sheet: Sheet) -> Pictures:
    seen = _render(sheet.page)
    for _, thing in sheet.texts:
        raw.FPDFPageObj_SetIsActive(thing.raw, False)
    bare = _render(sheet.page)
    difference = ImageChops.difference(seen, bare)
    return Pictures(seen, bare, difference.point(lambda value: 255 if value > EQUAL else 0))


def _render(page: Any) -> Image.Image:
    wide, high = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
    scale = min(SCALE, SIDE / max(wide, high, 1.0))
    width, height = max(round(wide * scale), 1), max(round(high * scale), 1)
    bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_Gray, None, 0)
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        raw.FPDF_RenderPageBitmap(
            bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT | raw.FPDF_GRAYSCALE
        )
        stride = raw.FPDFBitmap_GetStride(bitmap)
        buffer = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    return Image.frombytes("L", (width, height), buffer, "raw", "L", stride)


class Sign(NamedTuple):
    """One character that cannot be seen."""

    place: int
    text: str
    kind: str
    pixels: tuple[int, int, int, int]
    label: bool
    """Whether it was put there with what hides it, and so hides nothing itself."""


def _differences(
    sheet: Sheet, number: int, risky: set[int], *, has_hidden_layers: bool
) -> list[Finding]:
    reader = raw.FPDFText_LoadPage(sheet.page)
    if not reader:
        return []
    try:
        signs = list(_measured(sheet.page, reader, risky))
        if not signs:
            return []
        pictures = _draw(sheet)
        judge = _Judge(sheet, pictures, has_hidden_layers)
        hidden = [sign for each in signs if (sign := judge.hidden(each))]
    finally:
        raw.FPDFText_ClosePage(reader)
    return [judge.finding(number, run) for run in _runs(hidden) if _is_worth(run)]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A character and where it stands."""

    place: int
    text: str
    owner: int
    box: Box
    device: tuple[float, float, float, float]
    """Fractions of the picture."""


def _measured(page: Any, reader: Any, risky: set[int]) -> Iterator[_Placed]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(min(raw.FPDFText_CountChars(reader), SIGNS)):
        code = raw.FPDFText_GetUnicode(reader, index)
        if code < 33 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            continue
        owner = address_of(raw.FPDFText_GetTextObject(reader, index))
        if owner not in risky:
            continue
        if not raw.FPDFText_GetCharBox(reader, index, left, right, bottom, top):
            continue
        box = (left.value, bottom.value, right.value, top.value)
        if box[2] - box[0] > 0 and box[3] - box[1] > 0:
            yield _Placed(index, chr(code), owner, box, seen_box(page, box))


class _Judge:
    """Says of a character whether and why it cannot be seen."""

    def __init__(self, sheet: Sheet, pictures: Pictures, has_hidden_layers: bool) -> None:
        self.pictures = pictures
        self.size = pictures.seen.size
        self.has_hidden_layers = has_hidden_layers
        self.texts = {thing.address: (order, thing) for order, thing in sheet.texts}
        self.others = sheet.others
        self.annotations = list(covering_annotations(sheet.page))

    def hidden(self, sign: _Placed) -> Sign | None:
        pixels = self._pixels(sign.device)
        if pixels is None:
            return Sign(sign.place, sign.text, Kind.OFF_PAGE, (0, 0, 0, 0), label=False)
        order, owner = self.texts[sign.owner]
        if raw.FPDFTextObj_GetTextRenderMode(owner.raw) in INVISIBLE:
            if not _is_uniform(self.pictures.seen, pixels):
                return None
            return Sign(sign.place, sign.text, Kind.OCR_LAYER, pixels, label=False)
        if self.pictures.ink.crop(_inner(pixels)).getbbox():
            return None
        kind = self._why(sign, order)
        label = kind == Kind.SAME_COLOUR and self._is_label(sign, order, owner)
        return Sign(sign.place, sign.text, kind, pixels, label)

    def _pixels(
        self, device: tuple[float, float, float, float]
    ) -> tuple[int, int, int, int] | None:
        """Return the pixels of a box, or None when its middle is outside the picture."""
        x0, y0, x1, y1 = device
        if not (0 <= (x0 + x1) / 2 <= 1 and 0 <= (y0 + y1) / 2 <= 1):
            return None
        wide, high = self.size
        left, top = max(int(x0 * wide), 0), max(int(y0 * high), 0)
        right, bottom = min(int(x1 * wide) + 1, wide), min(int(y1 * high) + 1, high)
        return left, top, max(right, left + 1), max(bottom, top + 1)

    def _why(self, sign: _Placed, order: int) -> str:
        for later, other in reversed(self.others):
            if later < order:
                break
            if holds_middle(other.box, sign.box):
                is_image = other.kind == raw.FPDF_PAGEOBJ_IMAGE
                return Kind.BEHIND_IMAGE if is_image else Kind.COVERED
        x, y = (sign.device[0] + sign.device[2]) / 2, (sign.device[1] + sign.device[3]) / 2
        if any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in self.annotations):
            return Kind.ANNOTATION
        return Kind.HIDDEN_LAYER if self.has_hidden_layers else Kind.SAME_COLOUR

    def _is_label(self, sign: _Placed, order: int, owner: Thing) -> bool:
        """Answer whether a dark word on a dark ground is a label or a stamp.

        Tools write the reason of a redaction into its box, and numbers into a corner, each as a
        small form of its own; a number on the dark part of a photograph is an accident.
        """
        if owner.form and owner.siblings <= FEW:
            return True
        for earlier, other in reversed(self.others):
            if earlier < order and holds_middle(other.box, sign.box):
                return bool(other.kind == raw.FPDF_PAGEOBJ_IMAGE)
        return False

    def finding(self, number: int, run: list[Sign]) -> Finding:
        text = "".join(
            (" " if after.place - before.place > 1 else "") + after.text
            for before, after in pairwise([run[0], *run])
        ).strip()
        kinds = [sign.kind for sign in run]
        kind = max(set(kinds), key=kinds.count)
        if kind == Kind.OFF_PAGE:
            return Finding(number, (0.0, 0.0, 1.0, 1.0), kind, _count(text), dark=False, text=text)
        box = _around(run)
        dark = _median(self.pictures.bare.crop(box)) <= DARK
        wide, high = self.size
        rect = (box[0] / wide, box[1] / high, box[2] / wide, box[3] / high)
        is_bad = dark and not all(sign.label for sign in run)
        return Finding(number, rounded(rect), kind, _count(text), dark, text, is_bad=is_bad)


def _inner(pixels: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """Return a box without its edge, which may hold ink of the next letter."""
    left, top, right, bottom = pixels
    across, down = (1 if right - left > 3 else 0), (1 if bottom - top > 3 else 0)
    return left + across, top + down, right - across, bottom - down


def _is_uniform(image: Image.Image, pixels: tuple[int, int, int, int]) -> bool:
    low, high = image.crop(pixels).getextrema()
    return bool(int(high) - int(low) <= EQUAL)  # type: ignore[arg-type]


def _median(image: Image.Image) -> int:
    half, total = image.width * image.height / 2, 0
    for value, count in enumerate(image.histogram()):
        total += count
        if total >= half:
            return value
    return 255


def _around(run: list[Sign]) -> tuple[int, int, int, int]:
    return (
        min(sign.pixels[0] for sign in run),
        min(sign.pixels[1] for sign in run),
        max(sign.pixels[2] for sign in run),
        max(sign.pixels[3] for sign in run),
    )


def _runs(signs: list[Sign]) -> Iterator[list[Sign]]:
    """Cut into stretches of one line that no visible character interrupts."""
    run: list[Sign] = []
    for sign in signs:
        if run and not _goes_on(run[-1], sign):
            yield run
            run = []
        run.append(sign)
    if run:
        yield run


def _goes_on(before: Sign, after: Sign) -> bool:
    if after.place - before.place > 3 or (after.kind == Kind.OFF_PAGE) != (
        before.kind == Kind.OFF_PAGE
    ):
        return False
    if after.kind == Kind.OFF_PAGE:
        return True
    one, other = before.pixels, after.pixels
    # On a page that is turned a line runs downwards.
    return _overlap(one[1], one[3], other[1], other[3]) or _overlap(
        one[0], one[2], other[0], other[2]
    )


def _overlap(low: int, high: int, other_low: int, other_high: int) -> bool:
    return min(high, other_high) > max(low, other_low)


def _count(text: str) -> int:
    return sum(letter.isalnum() for letter in text)


def _is_worth(run: list[Sign]) -> bool:
    return sum(sign.text.isalnum() for sign in run) >= FEWEST
