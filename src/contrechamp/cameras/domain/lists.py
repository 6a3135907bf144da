"""A public body's list of cameras, or anybody's, as CSV: one row a camera.

Columns by name, French or English, in any order; `lon` and `lat` (or `longitude`, `latitude`) are
needed, in degrees. Commas or semicolons; UTF-8, with or without a mark, or Windows-1252.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256

from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.names import fold

from .camera import KINDS, SCOPES, Camera, read_angle, read_direction
from .osm import Unread

_NAMES = {
    "lon": ("lon", "longitude", "lng", "x"),
    "lat": ("lat", "latitude", "y"),
    "number": ("numero", "number", "id", "ref"),
    "site": ("implantation", "site", "lieu", "adresse", "address"),
    "kind": ("type", "kind", "genre"),
    "scope": ("portee", "scope", "surveillance"),
    "direction": ("direction", "azimut", "azimuth"),
    "angle": ("angle", "ouverture"),
    "checked_on": ("vuele", "checkedon", "date", "datedemiseenservice"),
}
_KINDS = {"fixe": "fixed", "rotative": "panning", "orientable": "panning", "lapi": "plate_reader"}
_SCOPES = {"voiepublique": "public", "exterieur": "outdoor", "interieur": "indoor"}
_LONGEST_SITE = 200
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y")


def read_list(content: bytes, dataset: str) -> Iterator[Camera | Unread]:
    """Yield the camera of each row, and the rows that are none. `dataset` begins each key.

    A row without a number of its own is known by what it says. Raises Refused without columns
    for the position.
    """
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    rows = csv.reader(io.StringIO(text), delimiter=max(";,\t", key=first.count))
    columns = _columns(next(rows, []))
    seen: set[str] = set()
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        read = _camera(
            {name: row[at].strip() for name, at in columns.items() if at < len(row)}, dataset, row
        )
        if read.key in seen:
            yield Unread(key=read.key, code="repeated")
            continue
        seen.add(read.key)
        yield read


def _columns(header: list[str]) -> dict[str, int]:
    known = {fold(name): at for at, name in enumerate(header)}
    columns = {
        field: next(known[name] for name in names if name in known)
        for field, names in _NAMES.items()
        if any(name in known for name in names)
    }
    if "lon" not in columns or "lat" not in columns:
        raise Refused(
            gettext_noop(
                "Cette liste n'a pas de colonnes « lon » et « lat » : ajoutez la position de"
                " chaque caméra, en degrés."
            )
        )
    return columns


def _camera(said: Mapping[str, str], dataset: str, row: list[str]) -> Camera | Unread:
    number = re.sub(r"\s+", "", said.get("number", ""))
    name = number or sha256("\x1f".join(row).encode()).hexdigest()[:12]
    key = f"{dataset}:{name}"
    lon, lat = _degrees(said.get("lon", "")), _degrees(said.get("lat", ""))
    if lon is None or lat is None:
        return Unread(key=key, code="no_position")
    if not (-180 <= lon <= 180 and -90 <= lat <= 90) or (lon, lat) == (0, 0):
        return Unread(key=key, code="bad_position")
    kind, scope = said.get("kind", "").casefold(), said.get("scope", "").casefold()
    kind, scope = _KINDS.get(fold(kind), kind), _SCOPES.get(fold(scope), scope)
    return Camera(
        key=key,
        lon=round(lon, 7),
        lat=round(lat, 7),
        kind=kind if kind in KINDS else "unknown",
        scope=scope if scope in SCOPES else "unknown",
        direction=read_direction(said.get("direction")),
        angle=read_angle(said.get("angle")),
        checked_on=_day(said.get("checked_on", "")),
        site=said.get("site", "")[:_LONGEST_SITE],
    )


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _degrees(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _day(text: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None
