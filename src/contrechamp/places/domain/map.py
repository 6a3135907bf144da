"""Maps as SVG paths: from longitude and latitude to the points of a drawing. Pure values.

A place is put where longitude and latitude say, the longitudes shortened by the cosine of the
middle latitude: over one département, or over mainland France, the eye sees no difference from
Lambert's projection, and it needs no library. The overseas territories stand in boxes of their
own at the left, each at its own scale, as on the map of any French atlas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sqrt

Ring = Sequence[tuple[float, float]]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle of longitudes and latitudes."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, rings: Iterable[Ring]) -> Box:
        """Return the smallest rectangle that holds all points."""
        points = [point for ring in rings for point in ring]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return cls(west=min(xs), south=min(ys), east=max(xs), north=max(ys))


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where a rectangle of the world is drawn: fitted and centred, north up."""

    box: Box
    width: float
    height: float
    left: float = 0.0
    top: float = 0.0

    @property
    def _narrow(self) -> float:
        return cos(radians((self.box.south + self.box.north) / 2))

    @property
    def _scale(self) -> float:
        wide = max((self.box.east - self.box.west) * self._narrow, 1e-9)
        high = max(self.box.north - self.box.south, 1e-9)
        return min(self.width / wide, self.height / high)

    def place(self, lon: float, lat: float) -> Point:
        """Return the point of the drawing where a place of the world stands."""
        ((x, y),) = self._placed([(lon, lat)])
        return round(x, 1), round(y, 1)

    def path(self, rings: Iterable[Ring]) -> str:
        """Return the `d` of an SVG path around an area, in whole numbers and relative steps."""
        return "".join(self._closed(ring) for ring in rings)

    def _placed(self, ring: Ring) -> Iterator[Point]:
        across, up = self._narrow * self._scale, self._scale
        x0 = self.left + self.width / 2 - (self.box.west + self.box.east) / 2 * across
        y0 = self.top + self.height / 2 + (self.box.south + self.box.north) / 2 * up
        return ((x0 + lon * across, y0 - lat * up) for lon, lat in ring)

    def _closed(self, ring: Ring) -> str:
        points: list[tuple[int, int]] = []
        for x, y in self._placed(ring):
            point = (round(x), round(y))
            if not points or points[-1] != point:
                points.append(point)
        if len(points) < 3:
            return ""
        drawn = " ".join(f"{x1 - x0} {y1 - y0}" for (x0, y0), (x1, y1) in pairwise(points))
        return f"M{points[0][0]} {points[0][1]}l{drawn}z".replace(" -", "-")


def unpack(steps: Sequence[int], per_degree: int) -> list[Point]:
    """Return the points of a ring that is stored as steps: [x, y, dx, dy, dx, dy…]."""
    points: list[Point] = []
    x = y = 0
    for index in range(0, len(steps) - 1, 2):
        x, y = x + steps[index], y + steps[index + 1]
        points.append((x / per_degree, y / per_degree))
    return points


WIDTH, HEIGHT = 1000, 880
"""Of the map of the country, in its own units."""
OVERSEAS = ("971", "972", "973", "974", "976")
"""Those that have outlines; the others have a line in the list beside the map."""


def country_frames(areas: Mapping[str, Sequence[Ring]]) -> dict[str, Frame]:
    """Return the frame of each département: one for the mainland, one for each overseas."""
    mainland = [ring for code, rings in areas.items() if code not in OVERSEAS for ring in rings]
    side = 120
    main = Frame(
        box=Box.around(mainland), left=side, top=8, width=WIDTH - side - 12, height=HEIGHT - 16
    )
    frames = {code: main for code in areas if code not in OVERSEAS}
    for number, code in enumerate(code for code in OVERSEAS if code in areas):
        frames[code] = Frame(
            box=Box.around(areas[code]),
            left=10,
            top=228 + number * (side + 10),
            width=side - 10,
            height=side - 10,
        )
    return frames


def fitted(areas: Mapping[str, Sequence[Ring]], width: float = WIDTH, margin: float = 8) -> Frame:
    """Return a frame of that width around areas, as high as they need (at most square)."""
    box = Box.around(ring for rings in areas.values() for ring in rings)
    narrow = cos(radians((box.south + box.north) / 2))
    high = (box.north - box.south) / max((box.east - box.west) * narrow, 1e-9)
    height = min(max(high, 0.35), 1.0) * width
    return Frame(
        box=box, left=margin, top=margin, width=width - 2 * margin, height=height - 2 * margin
    )


def radius(count: int, largest: int, biggest: float = 34, smallest: float = 9) -> float:
    """Return the radius of a circle whose *area* says how many; one is still to be seen."""
    if count <= 0 or largest <= 0:
        return 0.0
    return round(max(smallest, biggest * sqrt(min(count, largest) / largest)), 1)


def tint(count: int, largest: int, tints: int = 4) -> int:
    """Return which of the tints a count gets: 0 for none, then 1 to `tints` by equal ratios."""
    if count <= 0 or largest <= 0:
        return 0
    if largest == 1:
        return tints
    step = (sqrt(count) - 1) / (sqrt(largest) - 1) * tints
    return min(tints, 1 + int(step))


def middle(rings: Sequence[Ring]) -> Point | None:
    """Return the centre of the largest ring of an area: where its number is written."""
    best: tuple[float, Point] | None = None
    for ring in rings:
        size, centre = _centre(ring)
        if best is None or abs(size) > best[0]:
            best = (abs(size), centre)
    return best[1] if best else None


def _centre(ring: Ring) -> tuple[float, Point]:
    """Return area and centre of gravity of a ring (the shoelace formula)."""
    twice = x = y = 0.0
    for (x0, y0), (x1, y1) in _sides(ring):
        cross = x0 * y1 - x1 * y0
        twice += cross
        x += (x0 + x1) * cross
        y += (y0 + y1) * cross
    if abs(twice) < 1e-12:
        count = max(len(ring), 1)
        return 0.0, (sum(p[0] for p in ring) / count, sum(p[1] for p in ring) / count)
    return twice / 2, (x / (3 * twice), y / (3 * twice))


def _sides(ring: Ring) -> Iterator[tuple[Point, Point]]:
    return zip(ring, (*ring[1:], *ring[:1]), strict=True)
