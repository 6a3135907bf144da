"""Stamp "Pièce n° 1" on each page of a PDF, where the eye looks first, whatever way it is turned.

The content of the pages stays as it is: the stamp is drawn after it, in a state of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf

SIZE = 11.0
"""Points of the stamp's letters on a page of A4's width."""
A4 = 595.0
GAP = 14.0
FONT = "/ContrechampStamp"
WIDTH = 0.56
"""Of a letter of Helvetica bold on average, as a share of its size."""


def stamp(path: Path, out: Path, label: str) -> None:
    """Write a copy of a PDF with a label at the top right of each page and the page's number.

    The same file and label give the same bytes. Raise `pikepdf.PdfError` on a broken file.
    """
    with pikepdf.open(path) as document:
        for name in ("/OpenAction", "/AA"):  # Nothing of a copy runs.
            if name in document.Root:
                del document.Root[name]
        count = len(document.pages)
        for number, page in enumerate(document.pages, start=1):
            _stamp_page(document, page, label, f"{number} / {count}")
        document.save(
            out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )


def placed(box: tuple[float, float, float, float], rotation: int) -> tuple[Any, float, float]:
    """Return the matrix from the page as one sees it to the page as it is stored, and its size.

    `box` is the visible part, in points; `rotation` turns clockwise. Seen, the origin is at the
    bottom left.
    """
    x0, y0, x1, y1 = box
    wide, high = x1 - x0, y1 - y0
    match rotation % 360:
        case 90:
            return (0, 1, -1, 0, x1, y0), high, wide
        case 180:
            return (-1, 0, 0, -1, x1, y1), wide, high
        case 270:
            return (0, -1, 1, 0, x0, y1), high, wide
        case _:
            return (1, 0, 0, 1, x0, y0), wide, high


def _stamp_page(document: Any, page: Any, label: str, number: str) -> None:
    box = [float(edge) for edge in page.cropbox]
    box = [min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])]
    turned = int(page.obj.get("/Rotate", 0)) if page.obj.get("/Rotate") is not None else 0
    matrix, wide, high = placed((box[0], box[1], box[2], box[3]), _rotation(page, turned))
    _give_font(document, page)
    # What the page does to the drawing state ends with it, even where it forgets to.
    page.contents_add(document.make_stream(b"q\n"), prepend=True)
    page.contents_add(document.make_stream(_drawing(matrix, wide, high, label, number)))


def _rotation(page: Any, own: int) -> int:
    """Return the rotation of a page, its parents' where it has none of its own."""
    node = page.obj
    while "/Rotate" not in node and "/Parent" in node:
        node = node["/Parent"]
    return int(node.get("/Rotate", own))


def _give_font(document: Any, page: Any) -> None:
    """Add Helvetica under a name of our own; resources that pages share are not written to."""
    font = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name("/Helvetica-Bold"),
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )
    resources: Any = pikepdf.Dictionary(page.resources)
    fonts: Any = pikepdf.Dictionary(resources.get("/Font", pikepdf.Dictionary()))
    fonts[FONT] = font
    resources["/Font"] = fonts
    page.obj["/Resources"] = resources


def _drawing(matrix: Any, wide: float, high: float, label: str, number: str) -> bytes:
    size = SIZE * min(max(wide / A4, 0.6), 4.0)
    small, pad = size * 0.75, size * 0.55
    width = max(len(label) * size, len(number) * small) * WIDTH + 2 * pad
    tall = size + small + 2.2 * pad
    left, foot = wide - width - GAP * size / SIZE, high - tall - GAP * size / SIZE
    rows = [
        "\nQ q",
        " ".join(f"{each:.4f}" for each in matrix) + " cm",
        "1 1 1 rg 0.70 0.10 0.10 RG 1.2 w",
        f"{left:.2f} {foot:.2f} {width:.2f} {tall:.2f} re B",
        "0.70 0.10 0.10 rg BT",
        f"{FONT} {size:.2f} Tf 1 0 0 1 {left + pad:.2f} {foot + small + 1.4 * pad:.2f} Tm",
        f"<{label.encode('cp1252', 'replace').hex()}> Tj",
        f"{FONT} {small:.2f} Tf 1 0 0 1 {left + pad:.2f} {foot + 0.8 * pad:.2f} Tm",
        f"<{number.encode('cp1252', 'replace').hex()}> Tj ET Q\n",
    ]
    return "\n".join(rows).encode("ascii")
