"""The objects of a page in the order of painting, and which texts something could hide."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from .finding import Finding, Kind

EQUAL = 24
"""Difference of grey, of 255, up to which two pixels look the same."""
OBJECTS = 60_000
DEEPEST = 6
MOST_PAIRS = 400_000
"""Comparisons of boxes above which drawing the page is cheaper."""
PALE = 150
"""Grey from which a text may be lost on paper, or on what is pale."""
PAPER = PALE + EQUAL
"""Grey from which a ground cannot swallow a text that is darker than `PALE`."""
THIN = 2.0
"""Points: a line under or around a text."""
FRAME = 8
"""Segments of a path that is a line or a frame; with more it may be a hatching."""
ENOUGH = 3
"""Lines through a text that may hide it together."""
INVISIBLE = frozenset({3, 7})
"""Modes of text that draw nothing: OCR layers, and clipping."""
BARE_ANNOTATIONS = frozenset({raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET})
"""Annotations that cover nothing: links and fields."""

LEAST_IMAGE = 400.0
"""Square points under which an image is an ornament."""
CUT_AWAY = 0.1
"""The part of an image that must be cut away."""
FRACTION = 10_000_000

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in the page's own points."""


class Thing(NamedTuple):
    """One object of a page, in the order of painting."""

    address: int
    kind: int
    box: Box
    raw: Any
    form: int = 0
    """Address of the form that holds it; 0 for the page itself."""
    siblings: int = 0
    """How many objects that form has."""


@dataclass(slots=True)
class Sheet:
    """A page that is looked at."""

    page: Any
    texts: list[tuple[int, Thing]] = field(default_factory=list)
    """Text objects with their place in the order of painting."""
    others: list[tuple[int, Thing]] = field(default_factory=list)


def sheet_of(page: Any) -> Sheet:
    sheet = Sheet(page)
    count = raw.FPDFPage_CountObjects(page)
    things = (raw.FPDFPage_GetObject(page, n) for n in range(min(count, OBJECTS)))
    for order, thing in enumerate(_walk(things, SAME)):
        (sheet.texts if thing.kind == raw.FPDF_PAGEOBJ_TEXT else sheet.others).append(
            (order, thing)
        )
    return sheet


Matrix = tuple[float, float, float, float, float, float]


SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _walk(
    things: Iterator[Any], matrix: Matrix, depth: int = 0, form: int = 0, siblings: int = 0
) -> Iterator[Thing]:
    for thing in things:
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            count = min(raw.FPDFFormObj_CountObjects(thing), OBJECTS)
            inner = (raw.FPDFFormObj_GetObject(thing, n) for n in range(count))
            moved = _times(_matrix(thing), matrix)
            yield from _walk(inner, moved, depth + 1, address_of(thing), count)
        else:
            box = _moved(_bounds(thing), matrix)
            yield Thing(address_of(thing), kind, box, thing, form, siblings)


def address_of(thing: Any) -> int:
    return ctypes.cast(thing, ctypes.c_void_p).value or 0


def _bounds(thing: Any) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(thing, *sides):
        return (0.0, 0.0, 0.0, 0.0)
    left, bottom, right, top = (side.value for side in sides)
    return (left, bottom, right, top)


def _matrix(thing: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, found):
        return SAME
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _moved(box: Box, matrix: Matrix) -> Box:
    if matrix == SAME:
        return box
    a, b, c, d, e, f = matrix
    points = [(x * a + y * c + e, x * b + y * d + f) for x in box[::2] for y in box[1::2]]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys), max(xs), max(ys))


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _within(inner: Box, outer: Box, slack: float = 1.0) -> bool:
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )


def covering_annotations(page: Any) -> Iterator[Box]:
    """Yield where annotations stand that may cover something, as fractions of the page."""
    box = raw.FS_RECTF()
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), 1_000)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        if raw.FPDFAnnot_GetSubtype(annotation) not in BARE_ANNOTATIONS and raw.FPDFAnnot_GetRect(
            annotation, box
        ):
            yield seen_box(page, (box.left, box.bottom, box.right, box.top))
        raw.FPDFPage_CloseAnnot(annotation)


# Which text could be hidden at all


def risky_texts(sheet: Sheet, *, everything: bool) -> set[int]:
    """Return the text objects that something could hide. The others need no drawing.

    Most pages are dark text on paper that nothing is painted over: their boxes settle it.
    """
    if everything or len(sheet.texts) * len(sheet.others) > MOST_PAIRS:
        return {thing.address for _, thing in sheet.texts}
    crop = _crop(sheet.page)
    weighed = [(order, thing.box, *_weights(thing)) for order, thing in sheet.others]
    return {
        thing.address
        for order, thing in sheet.texts
        if not _within(thing.box, crop)
        or _is_odd(thing)
        or sum(
            over if at > order else under
            for at, box, under, over in weighed
            if _meet(thing.box, box)
        )
        >= ENOUGH
    }


def _crop(page: Any) -> Box:
    found = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, found)
    return (found.left, found.bottom, found.right, found.top)


def _weights(thing: Thing) -> tuple[int, int]:
    """Return how much a thing can hide of dark text painted over it, and of text under it.

    A line hides nothing; three may be a hatching, or a box that was drawn line by line.
    """
    if thing.kind != raw.FPDF_PAGEOBJ_PATH:
        return ENOUGH, ENOUGH
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(thing.raw, fill, stroke):
        return ENOUGH, ENOUGH
    width = ctypes.c_float()
    raw.FPDFPageObj_GetStrokeWidth(thing.raw, width)
    if stroke.value and width.value > THIN:
        return ENOUGH, ENOUGH
    if min(thing.box[2] - thing.box[0], thing.box[3] - thing.box[1]) <= THIN:
        return 1, 1
    if not fill.value:
        return (1, 1) if raw.FPDFPath_CountSegments(thing.raw) <= FRAME else (ENOUGH, ENOUGH)
    colour = _colour(thing.raw)
    is_pale = colour is not None and colour[0] >= PAPER
    return (0 if is_pale else ENOUGH), ENOUGH


def _is_odd(thing: Thing) -> bool:
    """Answer whether a text is drawn in a way that may leave nothing to see."""
    if raw.FPDFTextObj_GetTextRenderMode(thing.raw) in INVISIBLE:
        return True
    if raw.FPDFPageObj_HasTransparency(thing.raw):
        return True
    colour = _colour(thing.raw)
    if colour is None or colour[1] < 255 - EQUAL or colour[0] >= PALE:
        return True
    clip = _clip(thing.raw)
    return clip is not None and not _within(thing.box, clip)


def _colour(thing: Any) -> tuple[int, int] | None:
    """Return the grey and the opacity that an object is filled with."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(thing, *parts):
        return None
    red, green, blue, alpha = (part.value for part in parts)
    return (red * 299 + green * 587 + blue * 114) // 1000, alpha


def _clip(thing: Any) -> Box | None:
    """Return the box that an object is cut to, or None when it is not."""
    path = raw.FPDFPageObj_GetClipPath(thing)
    count = raw.FPDFClipPath_CountPaths(path) if path else 0
    box: Box | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(max(count, 0)):
        points = []
        for n in range(max(raw.FPDFClipPath_CountPathSegments(path, index), 0)):
            segment = raw.FPDFClipPath_GetPathSegment(path, index, n)
            if raw.FPDFPathSegment_GetPoint(segment, x, y):
                points.append((x.value, y.value))
        if points:
            xs, ys = [at for at, _ in points], [at for _, at in points]
            part = (min(xs), min(ys), max(xs), max(ys))
            box = part if box is None else common(box, part)
    return box


def common(one: Box, other: Box) -> Box:
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def rounded(box: Box) -> Box:
    """Return fractions of a page inside it, to five places."""
    x0, y0, x1, y1 = (round(min(max(at, 0.0), 1.0), 5) for at in box)
    return (x0, y0, x1, y1)


def seen_box(page: Any, box: Box) -> tuple[float, float, float, float]:
    """Return a box of the file as fractions of the page that one sees, through its rotation."""
    one, other = _seen(page, box[0], box[3]), _seen(page, box[2], box[1])
    (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return x0, y0, x1, y1


def _seen(page: Any, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, FRACTION, FRACTION, 0, x, y, across, down)
    return across.value / FRACTION, down.value / FRACTION


def clipped(sheet: Sheet, number: int) -> Iterator[Finding]:
    """Yield the images of which a part is cut away and still in the file."""
    crop = _crop(sheet.page)
    for _, thing in sheet.others:
        if thing.kind != raw.FPDF_PAGEOBJ_IMAGE:
            continue
        clip = _clip(thing.raw)
        shown = crop if clip is None else common(crop, clip)
        whole = _surface(thing.box)
        left = _surface(common(thing.box, shown))
        if whole > LEAST_IMAGE and left < (1 - CUT_AWAY) * whole:
            rect = rounded(seen_box(sheet.page, common(thing.box, shown)))
            yield Finding(number, rect, Kind.CLIPPED_IMAGE, 0, dark=False, text="")


def _surface(box: Box) -> float:
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)


def holds_middle(box: Box, inner: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
