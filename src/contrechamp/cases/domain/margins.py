"""Stamp exhibits where their pages leave room: who stamps over words has changed an exhibit.

A page keeps its size. Where its drawing leaves no free band at its head or foot it is made a
little smaller, so that there is one: nothing is ever covered. The page as one sees it is what
counts, whatever way it is turned.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pikepdf

from contrechamp.documents.domain.stamping import A4, placed

Box = tuple[float, float, float, float]
"""Left, foot, right, head, in points of the page as it is stored."""
SIZE = 9.5
"""Points of the stamp's letters on a page of A4's width."""
HEAD, FOOT = 26.0, 22.0
"""Heights of the free bands, in points on a page of A4's width."""
MOST_SHARE = 0.2
"""Of a page's height that its bands may take: a banner is wide and low."""
EDGE = 12.0
"""Between the stamp and the edge of the page."""
BOLD, PLAIN, PAGE = "/Bold", "/Plain", "/Page"
WIDTH = 0.56
"""Of a letter of Helvetica bold on average, as a share of its size."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its visible box as stored, and how it is turned."""

    box: Box
    rotation: int

    @property
    def matrix(self) -> tuple[float, ...]:
        """Return the way from the page as one sees it to the page as it is stored."""
        matrix: tuple[float, ...] = placed(self.box, self.rotation)[0]
        return matrix

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height as one sees them."""
        _, wide, high = placed(self.box, self.rotation)
        return wide, high

    @property
    def scale(self) -> float:
        """Return how much larger than A4 what is drawn has to be, within bounds."""
        wide, high = self.size
        return min(max(wide / A4, 0.6), 4.0, MOST_SHARE * high / (HEAD + FOOT))

    def stored(self, seen: Box) -> Box:
        """Return a rectangle of the page as one sees it as it is stored."""
        a, b, c, d, e, f = self.matrix
        xs = [a * x + c * y + e for x in (seen[0], seen[2]) for y in (seen[1], seen[3])]
        ys = [b * x + d * y + f for x in (seen[0], seen[2]) for y in (seen[1], seen[3])]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def bands(self) -> tuple[Box, Box]:
        """Return the bands at head and foot, as stored."""
        wide, high = self.size
        head, foot = HEAD * self.scale, FOOT * self.scale
        return self.stored((0, high - head, wide, high)), self.stored((0, 0, wide, foot))


def sheet_of(page: Any) -> Sheet:
    """Return the sheet of a page of pikepdf."""
    edges = [float(edge) for edge in page.cropbox]
    box = (
        min(edges[0], edges[2]),
        min(edges[1], edges[3]),
        max(edges[0], edges[2]),
        max(edges[1], edges[3]),
    )
    node, turned = page.obj, page.obj.get("/Rotate")
    while turned is None and "/Parent" in node:
        node = node["/Parent"]
        turned = node.get("/Rotate")
    return Sheet(box, int(turned or 0) % 360)


def is_free(sheet: Sheet, drawn: Iterable[Box]) -> bool:
    """Answer whether what is drawn leaves both bands free."""
    return not any(_touch(band, each) for each in drawn for band in sheet.bands)


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def shrunk(sheet: Sheet) -> tuple[float, float, float, float, float, float]:
    """Return the matrix that draws a page between its bands, its sides kept in proportion."""
    wide, high = sheet.size
    head, foot = HEAD * sheet.scale, FOOT * sheet.scale
    share = (high - head - foot) / high
    left = wide * (1 - share) / 2
    x0, y0, x1, y1 = sheet.stored((left, foot, left + wide * share, foot + high * share))
    from_x0, from_y0, from_x1, from_y1 = sheet.box
    across, up = (x1 - x0) / (from_x1 - from_x0), (y1 - y0) / (from_y1 - from_y0)
    return (across, 0, 0, up, x0 - from_x0 * across, y0 - from_y0 * up)


def fonts_of(document: Any) -> Any:
    """Return the two letters of stamps, once for a document."""
    found: Any = pikepdf.Dictionary()
    for name, base in ((BOLD, "/Helvetica-Bold"), (PLAIN, "/Helvetica")):
        found[name] = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name(base),
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
    return found


def stamp_page(
    document: Any, page: Any, fonts: Any, *, label: str, number: str, free: bool
) -> None:
    """Write a label at the head and a number at the foot of a page, in bands that are free."""
    sheet = sheet_of(page)
    # As one drawing: what the page does to the state of drawing, and forgets to undo, ends there.
    whole = _as_one(document, page, sheet)
    numbers = "1 0 0 1 0 0" if free else " ".join(f"{each:.5f}" for each in shrunk(sheet))
    content = f"q {numbers} cm {PAGE} Do Q\n".encode("ascii")
    content += _drawing(sheet, label, number)
    page.obj["/Resources"] = pikepdf.Dictionary(Font=fonts, XObject=pikepdf.Dictionary())
    page.obj["/Resources"]["/XObject"][PAGE] = whole
    page.obj["/Contents"] = document.make_stream(content)


def _as_one(document: Any, page: Any, sheet: Sheet) -> Any:
    """Return what a page draws as a thing that can be drawn, clipped to its visible part."""
    contents = page.obj.get("/Contents")
    form: Any
    if isinstance(contents, pikepdf.Stream):
        # As it lies there: not unpacked and packed again. Pages may share it, so that it is copied.
        form = document.make_stream(contents.read_raw_bytes())
        for name in ("/Filter", "/DecodeParms"):
            if name in contents:
                form[name] = contents[name]
    else:
        parts = [each.read_bytes() for each in contents or []]
        form = document.make_stream(b"\n".join(parts))
    form["/Type"], form["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
    form["/BBox"] = pikepdf.Array([*sheet.box])
    form["/Resources"] = pikepdf.Dictionary(page.resources)
    return form


def _drawing(sheet: Sheet, label: str, number: str) -> bytes:
    wide, high = sheet.size
    size = SIZE * sheet.scale
    edge, pad = EDGE * sheet.scale / 2, size * 0.45
    width = len(label) * size * WIDTH + 2 * pad
    tall = size + 1.1 * pad
    left, foot = max(wide - width - 2 * edge, 0), high - tall - edge
    small = size * 0.85
    middle = (wide - len(number) * small * 0.5) / 2
    rows = [
        "q",
        " ".join(f"{each:.4f}" for each in sheet.matrix) + " cm",
        "1 1 1 rg 0.70 0.10 0.10 RG 1 w" if label else "",
        f"{left:.2f} {foot:.2f} {width:.2f} {tall:.2f} re B" if label else "",
        f"0.70 0.10 0.10 rg BT {BOLD} {size:.2f} Tf" if label else "",
        f"1 0 0 1 {left + pad:.2f} {foot + pad * 0.9:.2f} Tm" if label else "",
        f"<{_coded(label)}> Tj ET" if label else "",
        f"0.2 0.2 0.25 rg BT {PLAIN} {small:.2f} Tf 1 0 0 1 {middle:.2f} {edge:.2f} Tm",
        f"<{_coded(number)}> Tj ET Q\n",
    ]
    return "\n".join(rows).encode("ascii")


def _coded(text: str) -> str:
    return text.encode("cp1252", "replace").hex()
