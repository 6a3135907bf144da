"""In which commune a point is, by the outlines that we ship.

The outlines are simplified: a point closer to a border than `UNSURE_M` may be on its other side,
and is said to be near it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Ring = Sequence[Point]
UNSURE_M = 400.0
"""What simplifying a border to 0.0035 degree moves it by at most (`assets/gazetteer.py`)."""
CELL = 0.05
"""Degrees: the grid by which candidates are found."""
_M_PER_DEGREE = 111_194.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The commune of a point, and whether its border is so near that it may be another."""

    insee: str
    near_border: bool


class Communes:
    """Outlines of communes, ready to say which of them holds a point."""

    def __init__(self, areas: Mapping[str, Sequence[Ring]]) -> None:
        self._areas = {code: [list(ring) for ring in rings] for code, rings in areas.items()}
        self._cells: dict[tuple[int, int], list[str]] = {}
        for code, rings in self._areas.items():
            for cell in _cells(rings):
                self._cells.setdefault(cell, []).append(code)

    def find(self, lon: float, lat: float) -> Placed | None:
        """Return the commune that holds a point; None where none of these does."""
        cell = (math.floor(lon / CELL), math.floor(lat / CELL))
        for code in self._cells.get(cell, ()):
            rings = self._areas[code]
            if inside(rings, lon, lat):
                near = border_distance(rings, lon, lat) < UNSURE_M
                return Placed(insee=code, near_border=near)
        return None


def inside(rings: Iterable[Ring], lon: float, lat: float) -> bool:
    """Answer whether a point is within rings, by the even-odd rule (so that holes are outside)."""
    is_in = False
    for ring in rings:
        for (x1, y1), (x2, y2) in _sides(ring):
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                is_in = not is_in
    return is_in


def border_distance(rings: Iterable[Ring], lon: float, lat: float) -> float:
    """Return the metres from a point to the nearest border."""
    scale = math.cos(math.radians(lat))
    best = math.inf
    for ring in rings:
        for (x1, y1), (x2, y2) in _sides(ring):
            ax, ay = (x1 - lon) * scale, y1 - lat
            bx, by = (x2 - lon) * scale, y2 - lat
            dx, dy = bx - ax, by - ay
            length = dx * dx + dy * dy
            along = 0.0 if length == 0 else max(0.0, min(1.0, -(ax * dx + ay * dy) / length))
            best = min(best, math.hypot(ax + along * dx, ay + along * dy))
    return best * _M_PER_DEGREE


def _sides(ring: Ring) -> Iterator[tuple[Point, Point]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def _cells(rings: Sequence[Ring]) -> Iterator[tuple[int, int]]:
    points = [point for ring in rings for point in ring]
    if not points:
        return
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    for column in range(math.floor(west / CELL), math.floor(east / CELL) + 1):
        for row in range(math.floor(south / CELL), math.floor(north / CELL) + 1):
            yield column, row
