"""One camera as somebody put it on a map."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date

KINDS = ("dome", "fixed", "panning", "panorama", "plate_reader", "unknown")
SCOPES = ("public", "outdoor", "indoor", "traffic", "unknown")
"""What is watched: public space, the outside of a building, an inside, road traffic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A camera: where it is in WGS 84 degrees, and what is known of it.

    `direction` is where it looks, degrees clockwise from north; `angle` is the width of what it
    sees in degrees; `height` in metres. Who operates it is kept when it is a public body alone.
    """

    key: str
    """Of the source: `osm:457121367`, `paris:1051`."""
    lon: float
    lat: float
    kind: str = "unknown"
    scope: str = "unknown"
    zone: str = ""
    direction: float | None = None
    angle: float | None = None
    height: float | None = None
    checked_on: date | None = None
    site: str = ""
    """A street crossing or public site, where the source is a public body's list."""


_ROSE = (
    *("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE"),
    *("S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"),
)
_POINTS = {name: index * 22.5 for index, name in enumerate(_ROSE)}
_FRENCH = {"O": "W", "NO": "NW", "SO": "SW", "ONO": "WNW", "OSO": "WSW", "NNO": "NNW", "SSO": "SSW"}
_NUMBER = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{1,4})?")
_RANGE = re.compile(r"\s*([0-9]{1,3})\s*-\s*([0-9]{1,3})\s*\Z")


def read_direction(text: str | None) -> float | None:
    """Return where a camera looks, in degrees clockwise from north, 0 ≤ d < 360.

    Numbers ("90", "90°", "290-310": the middle) and points of the compass ("NE", "SO"). None where
    several are given ("90;270"), where it is no direction ("both", "360" of a dome is north), or
    not understood.
    Source: OpenStreetMap wiki, keys `direction` and `camera:direction`.
    """
    if not text or ";" in text:
        return None
    word = text.strip().strip("°").strip().upper()
    word = _FRENCH.get(word, word)
    if word in _POINTS:
        return _POINTS[word]
    if span := _RANGE.match(word):
        first, last = float(span[1]), float(span[2])
        if first > 360 or last > 360:
            return None
        return (first + ((last - first) % 360) / 2) % 360
    if not _NUMBER.fullmatch(word):
        return None
    degrees = float(word.replace(",", "."))
    return degrees % 360 if -360 <= degrees <= 360 else None


def read_angle(text: str | None) -> float | None:
    """Return how wide a camera sees, in degrees, 0 < a ≤ 360; None where it is not a width."""
    if not text or ";" in text or _RANGE.match(text):
        return None
    word = text.strip().strip("°").strip()
    if not _NUMBER.fullmatch(word):
        return None
    degrees = float(word.replace(",", "."))
    return degrees if 0 < degrees <= 360 else None


EARTH_M = 6_371_008.8
"""Mean radius of the Earth in metres (IUGG)."""
REACH_M = 30.0
"""How far a cone is drawn: a face is told at about this distance by a common street camera."""
STEP_DEGREES = 10.0


def cone(
    camera: Camera, *, reach: float = REACH_M, default_angle: float = 60.0
) -> list[tuple[float, float]]:
    """Return the outline of what a camera sees as (lon, lat), closed; empty where unknown.

    `reach` in metres. A width that nobody noted is drawn as `default_angle`, and said so by whoever
    shows it. A dome without a direction sees all around it.
    """
    if camera.kind in {"dome", "panorama"} and camera.direction is None:
        start, width = 0.0, 360.0
    elif camera.direction is None:
        return []
    else:
        width = camera.angle or default_angle
        start = camera.direction - width / 2
    steps = max(2, math.ceil(width / STEP_DEGREES))
    rim = [
        moved(camera.lon, camera.lat, start + width * step / steps, reach)
        for step in range(steps + 1)
    ]
    here = (camera.lon, camera.lat)
    return [*rim, rim[0]] if width >= 360 else [here, *rim, here]


def moved(lon: float, lat: float, bearing: float, metres: float) -> tuple[float, float]:
    """Return the place at a distance in a direction: (lon, lat) in degrees, on a sphere."""
    turn, there = math.radians(bearing), metres / EARTH_M
    north = math.degrees(there * math.cos(turn))
    east = math.degrees(there * math.sin(turn) / math.cos(math.radians(lat)))
    return round(lon + east, 7), round(lat + north, 7)


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the metres between two (lon, lat), on a sphere, for short ways."""
    lat = math.radians((a[1] + b[1]) / 2)
    east = math.radians(b[0] - a[0]) * math.cos(lat)
    north = math.radians(b[1] - a[1])
    return EARTH_M * math.hypot(east, north)
