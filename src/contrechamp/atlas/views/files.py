"""What is seen on the map, as files: the list as CSV and JSON, the areas as GeoJSON."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from contrechamp.atlas.forms import address, read_ask
from contrechamp.atlas.queries import survey
from contrechamp.atlas.shown import Seen, bars, key_of, rows, see
from contrechamp.atlas.shown.features import areas, points
from contrechamp.atlas.shown.rows import CSV_HEAD, as_values
from contrechamp.foundation.copying import localdate

GEOJSON = "application/geo+json"
UNSAFE = ("=", "+", "-", "@", "\t", "\r")


def _seen(request: HttpRequest) -> Seen:
    return see(read_ask(request.GET, survey()))


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    seen, out = _seen(request), io.StringIO()
    writer = csv.writer(out)
    writer.writerow(CSV_HEAD)
    for row in rows(seen):
        values = as_values(row, _site(request))
        values["technologies"] = " ".join(values["technologies"])
        writer.writerow(["" if values[name] is None else _plain(values[name]) for name in CSV_HEAD])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="carte.csv"'
    return response


def _plain(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(UNSAFE) else text


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    seen = _seen(request)
    filters = seen.ask.filters
    with override("fr"):
        years = {bar.year: bar.count for bar in bars(seen, now=localdate().year)}
        key = [
            {"tint": line.tint, "from": step.least, "below": step.below}
            for line, step in zip(key_of(seen), seen.steps, strict=True)
        ]
    content = {
        "place": seen.here.key,
        "level": seen.level,
        "measure": seen.ask.measure,
        "filters": {
            "technology": filters.technology or None,
            "type": filters.type or None,
            "status": filters.status or None,
            "actor": filters.actor or None,
            "project": filters.project or None,
            "year": filters.year,
            "with_undated": filters.with_undated,
        },
        "projects": seen.count.total.projects,
        "elsewhere": seen.count.elsewhere,
        "classes": key,
        "years": years,
        "rows": [as_values(row, _site(request)) for row in rows(seen)],
        "page": _site(request) + address(seen.ask),
    }
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


def _geojson(content: dict[str, Any], name: str = "") -> HttpResponse:
    response = JsonResponse(
        content,
        content_type=GEOJSON,
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
    )
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def as_geojson(request: HttpRequest) -> HttpResponse:
    """The rows of the list with their outlines: what a mapping program opens."""
    seen = _seen(request)
    listed = {row.place.key: as_values(row, _site(request)) for row in rows(seen)}
    return _geojson(areas(seen, listed), "carte.geojson")


@require_safe
def zones(request: HttpRequest) -> HttpResponse:
    """Every area of a view with its tint and its words: for the map that scripts draw."""
    return _geojson(areas(_seen(request)))


@require_safe
def spots(request: HttpRequest) -> HttpResponse:
    """Where the projects of a view are: for the map that scripts draw."""
    return _geojson(points(_seen(request)))
