"""How wide a box becomes, so that its width does not tell the word below it.

Known to 0.05 mm, a width leaves about a hundred of the 35,000 names of communes; in steps of
15 mm it leaves thousands.
"""

from __future__ import annotations

import math

from contrechamp.documents.domain.layout import Rect

STEP_PT = 15 * 72 / 25.4
"""15 mm."""
AROUND_PT = 1.2
"""What is painted around the letters: their edges are grey."""


def grown(rect: Rect, width_pt: float, height_pt: float, line_end: float) -> Rect:
    """Return the box around a passage, as wide as the next multiple of 15 mm.

    It grows in the direction in which one reads, to the end of the line at most (`line_end`, a
    fraction), and never shrinks. Text that runs downwards grows downwards.
    """
    x0 = max(rect.x0 - AROUND_PT / width_pt, 0.0)
    y0 = max(rect.y0 - AROUND_PT / height_pt, 0.0)
    x1 = min(rect.x1 + AROUND_PT / width_pt, 1.0)
    y1 = min(rect.y1 + AROUND_PT / height_pt, 1.0)
    if (y1 - y0) * height_pt > 1.5 * (x1 - x0) * width_pt and (y1 - y0) * height_pt > STEP_PT:
        return _rounded(x0, y0, x1, min(y0 + _stepped((y1 - y0) * height_pt) / height_pt, 1.0))
    wanted = x0 + _stepped((x1 - x0) * width_pt) / width_pt
    end = line_end + AROUND_PT / width_pt
    return _rounded(x0, y0, min(max(min(wanted, end), x1), 1.0), y1)


def _stepped(length: float) -> float:
    return max(math.ceil(length / STEP_PT - 1e-6), 1) * STEP_PT


def _rounded(x0: float, y0: float, x1: float, y1: float) -> Rect:
    """Round outwards, so that a box never loses a hair of what it hides."""
    n = 100_000
    return Rect(
        math.floor(x0 * n) / n, math.floor(y0 * n) / n, math.ceil(x1 * n) / n, math.ceil(y1 * n) / n
    )


def touches(one: Rect, other: Rect) -> bool:
    """Answer whether two rectangles share any surface."""
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


def is_mostly_in(inner: Rect, outer: Rect, share: float = 0.5) -> bool:
    """Answer whether a share of a rectangle lies in another."""
    wide = min(inner.x1, outer.x1) - max(inner.x0, outer.x0)
    high = min(inner.y1, outer.y1) - max(inner.y0, outer.y0)
    surface = inner.width * inner.height
    return wide > 0 and high > 0 and wide * high >= share * surface


def union(one: Rect, other: Rect) -> Rect:
    """Return the smallest rectangle around two."""
    return Rect(
        min(one.x0, other.x0), min(one.y0, other.y0), max(one.x1, other.x1), max(one.y1, other.y1)
    )
