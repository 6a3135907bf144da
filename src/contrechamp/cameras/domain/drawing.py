"""The map of a commune's cameras, drawn on the server: closer by links, complete without scripts.

No tiles from anywhere: the outline of the commune, the cameras, and, close enough, what each sees.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from contrechamp.places.domain.map import Box, Frame, Ring

from .camera import Camera, cone

WIDTH, HEIGHT = 900, 620
CLOSEST = 8
"""How often one can come closer: each time by two."""
CONES_FROM_M = 0.6
"""Metres a unit of the drawing at most, for a cone to be larger than its camera."""
CELL = 34.0
"""Units of the drawing: cameras in one square of this side are drawn as one, from afar."""
FARTHEST = 2.0
"""Degrees from the middle of a commune within which a look makes sense."""
_M_PER_DEGREE = 111_194.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What of a commune is looked at: its middle and how close, 0 for all of it."""

    lon: float
    lat: float
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One camera, or several that stand too near each other to be told apart."""

    x: float
    y: float
    lon: float
    lat: float
    count: int
    keys: tuple[str, ...]
    path: str = ""
    """What it sees, as an SVG path; empty from afar or where nobody knows."""
    is_guessed: bool = False
    """The width of what it sees is a usual one, nobody noted it."""
    scope: str = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A map ready to be drawn: outline, spots, a bar of so many metres."""

    outline: str
    spots: tuple[Spot, ...]
    bar_m: int
    bar: float
    """Length of the bar in units of the drawing."""
    outside: int
    """Cameras that this look leaves out."""


def whole(rings: Sequence[Ring]) -> Look:
    """Return the look at a whole commune."""
    box = Box.around(rings)
    return Look(lon=(box.west + box.east) / 2, lat=(box.south + box.north) / 2, level=0)


def frame_of(rings: Sequence[Ring], look: Look) -> Frame:
    """Return the part of the world that a look shows."""
    box = Box.around(rings)
    shrink = 2 ** max(0, min(CLOSEST, look.level))
    wide = (box.east - box.west) * 1.04 / shrink / 2
    high = (box.north - box.south) * 1.04 / shrink / 2
    seen = Box(
        west=look.lon - wide, east=look.lon + wide, south=look.lat - high, north=look.lat + high
    )
    return Frame(box=seen, width=WIDTH, height=HEIGHT)


def metres_per_unit(frame: Frame) -> float:
    """Return how many metres a unit of the drawing is."""
    (_x1, y1) = frame.place(frame.box.west, frame.box.south)
    (_x2, y2) = frame.place(frame.box.east, frame.box.north)
    units = abs(y2 - y1) or 1.0
    return (frame.box.north - frame.box.south) * _M_PER_DEGREE / units


def draw(rings: Sequence[Ring], cameras: Iterable[Camera], look: Look) -> Drawing:
    """Draw what a look shows of a commune's cameras."""
    frame = frame_of(rings, look)
    scale = metres_per_unit(frame)
    inside: list[tuple[float, float, Camera]] = []
    outside = 0
    for camera in cameras:
        x, y = frame.place(camera.lon, camera.lat)
        if 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
            inside.append((x, y, camera))
        else:
            outside += 1
    is_close = scale <= CONES_FROM_M or look.level >= CLOSEST
    spots = _each(inside, frame) if is_close else _gathered(inside)
    metres, length = _bar(scale)
    return Drawing(
        outline=frame.path(rings), spots=tuple(spots), bar_m=metres, bar=length, outside=outside
    )


def _each(inside: Iterable[tuple[float, float, Camera]], frame: Frame) -> list[Spot]:
    spots = []
    for x, y, camera in inside:
        outline = cone(camera)
        spots.append(
            Spot(
                x=x,
                y=y,
                lon=camera.lon,
                lat=camera.lat,
                count=1,
                keys=(camera.key,),
                path=frame.path([outline]) if outline else "",
                is_guessed=bool(outline) and camera.angle is None and camera.direction is not None,
                scope=camera.scope,
            )
        )
    return spots


def _gathered(inside: Iterable[tuple[float, float, Camera]]) -> list[Spot]:
    cells: dict[tuple[int, int], list[tuple[float, float, Camera]]] = {}
    for x, y, camera in inside:
        cells.setdefault((int(x // CELL), int(y // CELL)), []).append((x, y, camera))
    spots = []
    for group in cells.values():
        count = len(group)
        spots.append(
            Spot(
                x=round(sum(x for x, _, _ in group) / count, 1),
                y=round(sum(y for _, y, _ in group) / count, 1),
                lon=round(sum(c.lon for _, _, c in group) / count, 6),
                lat=round(sum(c.lat for _, _, c in group) / count, 6),
                count=count,
                keys=tuple(c.key for _, _, c in group),
                scope=group[0][2].scope if count == 1 else "several",
            )
        )
    return sorted(spots, key=lambda spot: -spot.count)


def _bar(scale: float) -> tuple[int, float]:
    """Return a round number of metres and its length, at most a fifth of the width."""
    most = WIDTH / 5 * scale
    power = 10 ** math.floor(math.log10(max(most, 1.0)))
    metres = max(
        (int(step * power) for step in (1, 2, 5) if step * power <= most), default=int(power)
    )
    return metres, round(metres / scale, 1)


def steps(look: Look, frame: Frame) -> dict[str, Look]:
    """Return where one can look next: closer, farther, and a half frame to each side."""
    wide, high = (frame.box.east - frame.box.west) / 2, (frame.box.north - frame.box.south) / 2
    here = (look.lon, look.lat)
    found = {
        "north": Look(lon=here[0], lat=here[1] + high, level=look.level),
        "south": Look(lon=here[0], lat=here[1] - high, level=look.level),
        "west": Look(lon=here[0] - wide, lat=here[1], level=look.level),
        "east": Look(lon=here[0] + wide, lat=here[1], level=look.level),
    }
    if look.level < CLOSEST:
        found["closer"] = Look(lon=here[0], lat=here[1], level=look.level + 1)
    if look.level > 0:
        found["farther"] = Look(lon=here[0], lat=here[1], level=look.level - 1)
    else:
        found = {name: one for name, one in found.items() if name == "closer"}
    return found


def read_look(asked: Mapping[str, str], whole: Look) -> Look:
    """Return the look that an address asks for: all of the commune where it makes no sense."""
    try:
        level = int(asked.get("pres", "0"))
        lon, lat = float(asked.get("lon", "")), float(asked.get("lat", ""))
    except ValueError:
        return whole
    is_near = abs(lon - whole.lon) < FARTHEST and abs(lat - whole.lat) < FARTHEST
    return Look(lon=lon, lat=lat, level=level) if is_near and 0 < level <= CLOSEST else whole


def query_of(look: Look) -> str:
    """Return the query of the address of a look."""
    if look.level <= 0:
        return "?"
    return "?" + urlencode({"lon": f"{look.lon:.5f}", "lat": f"{look.lat:.5f}", "pres": look.level})
