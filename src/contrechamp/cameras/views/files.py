"""Cameras to take away: tables, and the points of a commune for a map of one's own."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.views.decorators.http import require_safe

from contrechamp.cameras import published
from contrechamp.cameras.domain.camera import cone
from contrechamp.cameras.domain.comparing import Comparison
from contrechamp.cameras.published import Shown
from contrechamp.cameras.shown.communes import Line, lines
from contrechamp.foundation.table import csv_lines

from .communes import find

HEAD = ("insee", "commune", "departement", "authorised", "found", "listed", "indoor", "near_border")
POINTS = (
    *("id", "source", "key", "lon", "lat", "kind", "scope", "zone", "direction", "angle"),
    *("height", "checked_on", "site", "insee", "near_border", "licence"),
)


@require_safe
def index_csv(request: HttpRequest) -> HttpResponseBase:
    rows = csv_lines(HEAD, (_numbers(line).values() for line in lines()))
    return _csv(rows, "cameras.csv")


@require_safe
def index_json(request: HttpRequest) -> HttpResponse:
    data = {"datasets": _datasets(None), "communes": [_numbers(line) for line in lines()]}
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


@require_safe
def as_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    licences = published.licences()
    rows = (_point(each, licences).values() for each in _cameras(slug))
    return _csv(csv_lines(POINTS, rows), f"cameras-{slug}.csv")


@require_safe
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    cameras, licences = _cameras(slug), published.licences()
    town = find(slug)
    data = {
        "insee": town.code,
        "commune": town.name,
        "numbers": _compared(published.comparison(town.code)),
        "datasets": _datasets({each.dataset for each in cameras}),
        "cameras": [_point(each, licences) for each in cameras],
    }
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


@require_safe
def as_geojson(request: HttpRequest, slug: str) -> HttpResponse:
    cameras, licences = _cameras(slug), published.licences()
    data = {
        "type": "FeatureCollection",
        "attribution": _datasets({each.dataset for each in cameras}),
        "features": [_feature(each, licences) for each in cameras],
    }
    answer = HttpResponse(
        json.dumps(data, ensure_ascii=False), content_type="application/geo+json; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="cameras-{slug}.geojson"'
    return answer


def _cameras(slug: str) -> list[Shown]:
    found = list(published.cameras_in(find(slug).code))
    if not found:
        raise Http404
    return found


def _numbers(line: Line) -> dict[str, object]:
    return {
        "insee": line.commune.code,
        "commune": line.commune.name,
        "departement": line.commune.departement,
        **_compared(line.comparison),
    }


def _compared(one: Comparison) -> dict[str, object]:
    return {
        "authorised": one.authorised,
        "found": one.found,
        "listed": one.listed,
        "indoor": one.indoor,
        "near_border": one.near_border,
    }


def _point(each: Shown, licences: dict[str, str]) -> dict[str, object]:
    camera = each.camera
    return {
        "id": each.id,
        "source": each.dataset,
        "key": camera.key,
        **{name: getattr(camera, name) for name in ("lon", "lat", "kind", "scope", "zone")},
        **{name: getattr(camera, name) for name in ("direction", "angle", "height")},
        "checked_on": camera.checked_on.isoformat() if camera.checked_on else None,
        "site": camera.site,
        "insee": each.commune,
        "near_border": each.near_border,
        "licence": licences.get(each.dataset, ""),
    }


def _feature(each: Shown, licences: dict[str, str]) -> dict[str, object]:
    camera, seen = each.camera, cone(each.camera)
    point: dict[str, object] = {"type": "Point", "coordinates": [camera.lon, camera.lat]}
    values = {k: v for k, v in _point(each, licences).items() if k not in {"lon", "lat"}}
    if not seen:
        return {"type": "Feature", "geometry": point, "properties": values}
    area = {"type": "Polygon", "coordinates": [[list(place) for place in seen]]}
    both = {"type": "GeometryCollection", "geometries": [point, area]}
    return {"type": "Feature", "geometry": both, "properties": values}


def _datasets(only: set[str] | None) -> list[dict[str, object]]:
    return [
        {
            "source": one.pk,
            "title": one.title,
            "licence": one.licence,
            "notice": one.notice,
            "url": one.url,
            "as_of": one.as_of.isoformat() if one.as_of else None,
        }
        for one in published.datasets()
        if only is None or one.pk in only
    ]


def _csv(rows: Iterator[str], name: str) -> HttpResponseBase:
    answer = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
