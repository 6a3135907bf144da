"""A view as GeoJSON: its areas with what they say, and where its projects are.

Outlines are those of the gazetteer, to a thousandth of a degree or so: a département of communes
is 20 to 90 kB packed, the départements of the country 40 kB.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contrechamp.atlas.domain.counting import Place
from contrechamp.atlas.domain.lines import departement_of
from contrechamp.atlas.domain.symbols import SHAPES, symbol
from contrechamp.atlas.queries.survey import place as place_of
from contrechamp.places import queries as places
from contrechamp.places.domain.map import Ring, middle

from .counted import Seen, lines_of
from .picture import map_of, onward
from .words import family, of_area, of_families

PLACES = 4
"""Decimals of a coordinate: 11 metres."""
MOST_POINTS = 3_000


def areas(seen: Seen, values: Mapping[str, dict[str, Any]] | None = None) -> dict[str, Any]:
    """Return the areas of a view. With `values`, those alone that have some, and with these."""
    outlines = _outlines(seen)
    if values is not None:
        features = [_feature(seen.inside[key], outlines, said) for key, said in values.items()]
        return {"type": "FeatureCollection", "features": features}
    by_code = {place.code: key for key, place in seen.inside.items()}
    names = _names(seen)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": _geometry(rings),
                "properties": _said(seen, by_code.get(code), code, names),
            }
            for code, rings in sorted(outlines.items())
            if rings
        ],
    }


def _names(seen: Seen) -> dict[str, Place]:
    """Return the communes of a département by code: those with nothing have a name there too."""
    if seen.here.level != "departement":
        return {}
    return {one.code: place_of(one) for one in places.communes_of(seen.here.key)}


def _said(seen: Seen, key: str | None, code: str, names: dict[str, Place]) -> dict[str, Any]:
    if key is None:
        known = names.get(code)
        return {
            "code": code,
            "name": known.name if known else "",
            "tint": 0,
            "unknown": True,
            "url": known.url if known else "",
        }
    place = seen.inside[key]
    return {
        "code": code,
        "name": place.name,
        "tint": seen.tint(key),
        "unknown": seen.is_unknown(key),
        "words": of_area(seen, key),
        "families": of_families(seen.tally(key)),
        "url": place.url,
        "map": "" if place.level == "commune" else onward(seen, place),
    }


def _feature(place: Place, outlines: places.Areas, said: dict[str, Any]) -> dict[str, Any]:
    rings = outlines.get(place.code)
    geometry: dict[str, Any] | None = _geometry(rings) if rings else None
    if geometry is None and place.lon is not None and place.lat is not None:
        geometry = {"type": "Point", "coordinates": [place.lon, place.lat]}
    return {"type": "Feature", "id": place.key, "geometry": geometry, "properties": said}


def _outlines(seen: Seen) -> places.Areas:
    codes = {place.code for place in seen.inside.values()}
    if seen.level == "departement":
        every = places.departement_outlines()
        return {code: rings for code, rings in every.items() if code in codes}
    if seen.here.level == "departement":
        return places.commune_outlines(seen.here.code)
    found: places.Areas = {}
    for departement in sorted({departement_of(code) for code in codes}):
        found |= places.commune_outlines(departement)
    return {code: rings for code, rings in found.items() if code in codes}


def _geometry(rings: list[list[tuple[float, float]]]) -> dict[str, Any]:
    return {
        "type": "MultiPolygon",
        "coordinates": [[_closed(ring)] for ring in rings if len(ring) > 2],
    }


def _closed(ring: Ring) -> list[list[float]]:
    points = [[round(lon, PLACES), round(lat, PLACES)] for lon, lat in ring]
    return points if points[0] == points[-1] else [*points, points[0]]


def points(seen: Seen) -> dict[str, Any]:
    """Return where projects are: by commune, or by département where those would be too many.

    `projects` lists the families of each project and a point names its projects by their number
    there, so that symbols that become one still count a project in two communes once.
    """
    lines = [
        line
        for line in lines_of(seen.survey, seen.ask.filters, seen.here.key)
        if line.is_project and (line.where.commune or line.where.departement)
    ]
    by_commune = len({key for line in lines for key in line.where.commune}) <= MOST_POINTS
    where: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        keys = line.where.departement if seen.level == "departement" else ()
        if line.where.commune and (by_commune or not keys):
            keys = line.where.commune
        for key in keys:
            where.setdefault(key, []).append(number)
    outlines = _outlines(seen)
    families = sorted({code for line in lines for code in line.families})
    return {
        "type": "FeatureCollection",
        "features": list(_points(seen, where, outlines)),
        "projects": [line.families for line in lines],
        "symbols": {code: _symbol(code) for code in families},
    }


def _symbol(code: str) -> tuple[str, str, str]:
    drawn = symbol(code)
    return drawn.theme, SHAPES[drawn.shape], family(code)


def _points(
    seen: Seen, where: Mapping[str, list[int]], outlines: places.Areas
) -> Iterator[dict[str, Any]]:
    for key, numbers in sorted(where.items()):
        place = seen.inside.get(key) or seen.survey.places.get(key)
        at = _where(place, outlines) if place else None
        if place and at:
            yield {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": list(at)},
                "properties": {
                    "name": place.name,
                    "projects": numbers,
                    "url": place.url if place.level == "commune" else map_of(seen.ask, key),
                },
            }


def _where(place: Place, outlines: places.Areas) -> tuple[float, float] | None:
    if place.lon is not None and place.lat is not None:
        return round(place.lon, PLACES), round(place.lat, PLACES)
    centre = middle(outlines.get(place.code, []))
    return (round(centre[0], PLACES), round(centre[1], PLACES)) if centre else None
