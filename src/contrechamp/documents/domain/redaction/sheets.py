"""The pages of a PDF with each sign of their text and its box, as a public copy needs them.

A box is given in fractions of the page that one sees. The text is made of the signs that pdfium
counts, so that the place of a sign in it is the place of its box.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as raw

from contrechamp.documents.domain.drawing import FRACTION
from contrechamp.documents.domain.layout import Rect
from contrechamp.documents.domain.need import needs_recognition

from .finding import Span
from .growth import touches, union

MOST_SIGNS = 400_000
PICTURE = 0.3
"""A page of which an image covers so much is read by machine too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page: its text by one way of reading, with a box for each sign that is drawn."""

    number: int
    width_pt: float
    height_pt: float
    text: str
    boxes: tuple[Rect | None, ...]
    misread: bool = False
    """Whether a machine read it from the picture."""

    @property
    def line_end(self) -> float:
        """Return the right edge of the page's text."""
        return max((box.x1 for box in self.boxes if box), default=0.0)


def text_of(page: Any) -> str:
    """Return the text of an opened page, sign by sign as pdfium counts them."""
    reader = raw.FPDFText_LoadPage(page.raw)
    if not reader:
        return ""
    try:
        count = min(raw.FPDFText_CountChars(reader), MOST_SIGNS)
        return "".join(_sign(raw.FPDFText_GetUnicode(reader, index)) for index in range(count))
    finally:
        raw.FPDFText_ClosePage(reader)


def _sign(code: int) -> str:
    """Return one sign for one code. pdfium gives 2 for the hyphen at the end of a line."""
    if code in {0x2, 0xFFFE}:
        return "-"
    if code == 0xD or code == 0xA:
        return "\n"
    if code < 32 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return " "
    return chr(code)


def read_sheet(page: Any, number: int, *, loose: bool = False) -> Sheet:
    """Return the text of an opened page with the boxes of its signs.

    With `loose`, boxes are those that a reader selects, as high as the font, not what is inked.
    """
    width, height = page.get_size()
    text = text_of(page)
    reader = raw.FPDFText_LoadPage(page.raw)
    boxes: list[Rect | None] = []
    if reader:
        try:
            boxes = [_box(page, reader, index, sign, loose) for index, sign in enumerate(text)]
        finally:
            raw.FPDFText_ClosePage(reader)
    return Sheet(number=number, width_pt=width, height_pt=height, text=text, boxes=tuple(boxes))


def _box(page: Any, reader: Any, index: int, sign: str, is_loose: bool) -> Rect | None:
    """Return what the sign inks, or where it would if it inks nothing."""
    if sign.isspace():
        return None
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    tight = None
    if not is_loose and raw.FPDFText_GetCharBox(reader, index, left, right, bottom, top):
        tight = _seen_box(page, left.value, top.value, right.value, bottom.value)
    if tight and tight.width > 1e-5 and tight.height > 1e-5:
        return tight
    loose = raw.FS_RECTF()
    if raw.FPDFText_GetLooseCharBox(reader, index, loose):
        return _seen_box(page, loose.left, loose.top, loose.right, loose.bottom)
    return tight


def _seen_box(page: Any, left: float, top: float, right: float, bottom: float) -> Rect:
    """Return a box of the file as it is seen, through the page's rotation and crop box."""
    one, other = _seen(page, left, top), _seen(page, right, bottom)
    (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return Rect(x0, y0, x1, y1)


def _seen(page: Any, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, FRACTION, FRACTION, 0, x, y, across, down)
    return across.value / FRACTION, down.value / FRACTION


def sheet_of_words(
    number: int, size: tuple[float, float], text: str, words: Iterable[Sequence[float]]
) -> Sheet:
    """Return a page that a machine read: each sign has its share of the box of its word."""
    boxes: list[Rect | None] = [None] * len(text)
    for row in words:
        start, end = int(row[0]), int(row[1])
        x0, y0, x1, y1 = (float(at) for at in row[2:6])
        step = (x1 - x0) / max(end - start, 1)
        for place in range(start, min(end, len(text))):
            left = x0 + step * (place - start)
            boxes[place] = Rect(left, y0, left + step, y1)
    return Sheet(
        number=number,
        width_pt=size[0],
        height_pt=size[1],
        text=text,
        boxes=tuple(boxes),
        misread=True,
    )


def needs_machine(page: Any, text: str) -> bool:
    """Answer whether a page shows words that are not in its text: a scan, a large picture."""
    return needs_recognition(text, lambda: covered(page)) or covered(page) >= PICTURE


def covered(page: Any) -> float:
    """Return the part of the page that its largest image covers, forms looked into."""
    width, height = page.get_size()
    surface = width * height
    sides = [ctypes.c_float() for _ in range(4)]
    largest = 0.0
    for index in range(min(raw.FPDFPage_CountObjects(page.raw), 5_000)):
        thing = raw.FPDFPage_GetObject(page.raw, index)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_FORM and not _has_image(thing):
            continue
        if kind in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM} and (
            raw.FPDFPageObj_GetBounds(thing, *sides)
        ):
            left, bottom, right, top = (side.value for side in sides)
            largest = max(largest, (right - left) * (top - bottom))
    return min(float(largest / surface), 1.0) if surface > 0 else 0.0


def _has_image(form: Any, depth: int = 0) -> bool:
    for index in range(min(raw.FPDFFormObj_CountObjects(form), 2_000)):
        thing = raw.FPDFFormObj_GetObject(form, index)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            return True
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < 8 and _has_image(thing, depth + 1):
            return True
    return False


def lines_of(sheet: Sheet, span: Span) -> list[Rect]:
    """Return one rectangle for each line of a passage."""
    lines: list[Rect] = []
    last: Rect | None = None
    for place in range(span[0], min(span[1], len(sheet.boxes))):
        box = sheet.boxes[place]
        if box is None:
            continue
        if lines and _goes_on(lines[-1], last or box, box, sheet):
            lines[-1] = union(lines[-1], box)
        else:
            lines.append(box)
        last = box
    return lines


def without(sheet: Sheet, hidden: Sequence[Rect]) -> Sheet:
    """Return what is left of a page when the words that touch a rectangle are gone."""
    gone: set[int] = set()
    for start, end, box in _words(sheet):
        if any(touches(box, rect) for rect in hidden):
            gone.update(range(start, end))
    kept = [place for place in range(len(sheet.text)) if place not in gone]
    return replace(
        sheet,
        text="".join(sheet.text[place] for place in kept),
        boxes=tuple(sheet.boxes[place] for place in kept),
    )


def as_high_as_line(sheet: Sheet, rect: Rect) -> Rect:
    """Return the rectangle as high as the ink of its line: else it tells of tails and heads."""
    if rect.height * sheet.height_pt > 1.5 * rect.width * sheet.width_pt:
        return rect
    beside = [
        box
        for box in sheet.boxes
        if box
        and box.height <= 2 * rect.height
        and min(rect.y1, box.y1) - max(rect.y0, box.y0) >= 0.5 * min(rect.height, box.height)
    ]
    y0 = min([rect.y0, *(box.y0 for box in beside)])
    y1 = max([rect.y1, *(box.y1 for box in beside)])
    return Rect(rect.x0, y0, rect.x1, y1)


def words_of(sheet: Sheet) -> list[tuple[str, Rect]]:
    """Return the words of a page with their boxes, those cut by the end of a line in two."""
    return [(sheet.text[start:end], box) for start, end, box in _words(sheet)]


def _words(sheet: Sheet) -> Iterator[tuple[int, int, Rect]]:
    start = 0
    box: Rect | None = None
    last: Rect | None = None
    for place in range(len(sheet.text) + 1):
        here = sheet.boxes[place] if place < len(sheet.boxes) else None
        if box and (here is None or not _goes_on(box, last or box, here, sheet)):
            yield start, place, box
            box = None
        if here is not None:
            if box is None:
                start = place
            box = union(box, here) if box else here
        last = here


def _goes_on(line: Rect, last: Rect, box: Rect, sheet: Sheet) -> bool:
    """Answer whether a sign goes on a line: beside it, or after the last sign in turned text."""
    level = min(line.y1, box.y1) - max(line.y0, box.y0)
    ahead = (box.x0 - line.x1) * sheet.width_pt
    tallest = max(line.height, box.height) * sheet.height_pt
    if level >= 0.3 * min(line.height, box.height) and (
        -1.5 * max(tallest, 4.0) < ahead < 6 * max(tallest, 4.0)
    ):
        return True
    upright = min(last.x1, box.x1) - max(last.x0, box.x0)
    gap = max(box.y0 - last.y1, last.y0 - box.y1) * sheet.height_pt
    widest = max(last.width, box.width) * sheet.width_pt
    return upright >= 0.5 * min(last.width, box.width) and gap < 0.6 * max(widest, 2.0)
