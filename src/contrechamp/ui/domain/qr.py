"""Draw a QR code as the path of an SVG, so that it is part of the page and needs no image."""

from __future__ import annotations

from dataclasses import dataclass

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

BORDER = 4


@dataclass(frozen=True, slots=True)
class Drawing:
    """A path of unit squares, and the side of the square that holds it."""

    side: int
    path: str


def qr_path(text: str) -> Drawing:
    """Return the drawing of a text."""
    code: QRCode = QRCode(error_correction=ERROR_CORRECT_M, border=BORDER)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return Drawing(side=len(rows), path=path)
