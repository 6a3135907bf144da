"""Nodes of OpenStreetMap tagged `man_made=surveillance`, as GeoJSON or Overpass JSON.

Source: OpenStreetMap wiki, `Tag:man_made=surveillance`. Data: © OpenStreetMap contributors, ODbL
1.0; whoever publishes a database made of it says so and shares alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .camera import Camera, read_angle, read_direction

NOTICE = "© OpenStreetMap contributors, ODbL 1.0"
_KINDS = {
    **{"dome": "dome", "fixed": "fixed", "static": "fixed", "panning": "panning", "ptz": "panning"},
    **{"panorama": "panorama", "panoramic": "panorama"},
}
_SCOPES = {
    **{"public": "public", "outdoor": "outdoor", "indoor": "indoor", "private": "outdoor"},
    **{"traffic": "traffic", "transportation": "traffic", "tran": "traffic", "webcam": "outdoor"},
}
_NOT_CAMERAS = frozenset({"guard"})
_DAY = re.compile(r"(20[0-9]{2})-([01][0-9])-([0-3][0-9])\Z")
_HEIGHT = re.compile(r"([0-9]{1,3}(?:[.,][0-9]+)?)\s*m?\Z")
LOWEST, HIGHEST = 0.5, 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A node that is no camera, or not one that can be placed: its key and a reason code.

    Codes: not_surveillance, not_a_camera, no_position, bad_position, no_id, repeated.
    """

    key: str
    code: str


def read_node(node: Mapping[str, Any]) -> Camera | Unread:
    """Return the camera of one GeoJSON feature or Overpass element, or why it is none."""
    tags: Mapping[str, Any] = node.get("properties") or node.get("tags") or {}
    number = tags.get("id") or tags.get("@id") or node.get("id")
    digits = re.search(r"[0-9]+\Z", str(number or ""))
    key = f"osm:{digits[0]}" if digits else ""
    if str(tags.get("man_made", "")) != "surveillance":
        return Unread(key=key, code="not_surveillance")
    types = {word.strip().casefold() for word in str(tags.get("surveillance:type", "")).split(";")}
    if types and types <= _NOT_CAMERAS:
        return Unread(key=key, code="not_a_camera")
    if not key:
        return Unread(key="", code="no_id")
    place = _position(node)
    if place is None:
        return Unread(key=key, code="no_position")
    lon, lat = place
    if not (-180 <= lon <= 180 and -90 <= lat <= 90) or (lon, lat) == (0, 0):
        return Unread(key=key, code="bad_position")
    kind = "plate_reader" if "alpr" in types else _first(tags, "camera:type", _KINDS)
    return Camera(
        key=key,
        lon=round(lon, 7),
        lat=round(lat, 7),
        kind=kind,
        scope=_first(tags, "surveillance", _SCOPES),
        zone=re.sub(r"[^a-z_]", "", str(tags.get("surveillance:zone", "")).casefold())[:30],
        direction=read_direction(_text(tags, "camera:direction") or _text(tags, "direction")),
        angle=read_angle(_text(tags, "camera:angle")),
        height=_height(_text(tags, "height") or _text(tags, "camera:height")),
        checked_on=_day(_text(tags, "check_date") or _text(tags, "survey:date")),
    )


def read_nodes(nodes: Iterator[Mapping[str, Any]]) -> Iterator[Camera | Unread]:
    """Yield the camera of each node once, and what is none."""
    seen: set[str] = set()
    for node in nodes:
        read = read_node(node)
        if isinstance(read, Camera):
            if read.key in seen:
                yield Unread(key=read.key, code="repeated")
                continue
            seen.add(read.key)
        yield read


def _position(node: Mapping[str, Any]) -> tuple[float, float] | None:
    place = node.get("geometry") or {}
    if place:
        if place.get("type") != "Point":
            return None
        place = place.get("coordinates") or ()
    else:
        place = (node.get("lon"), node.get("lat"))
    try:
        lon, lat = (float(str(each)) for each in place[:2])
    except (TypeError, ValueError):
        return None
    return lon, lat


def _first(tags: Mapping[str, Any], name: str, known: Mapping[str, str]) -> str:
    for word in str(tags.get(name, "")).casefold().split(";"):
        if found := known.get(word.strip()):
            return found
    return "unknown"


def _text(tags: Mapping[str, Any], name: str) -> str | None:
    value = tags.get(name)
    return str(value) if value not in (None, "") else None


def _height(text: str | None) -> float | None:
    said = _HEIGHT.match(text.strip()) if text else None
    metres = float(said[1].replace(",", ".")) if said else 0.0
    return metres if LOWEST <= metres <= HIGHEST else None


def _day(text: str | None) -> date | None:
    said = _DAY.match(text) if text else None
    try:
        return date(int(said[1]), int(said[2]), int(said[3])) if said else None
    except ValueError:
        return None
