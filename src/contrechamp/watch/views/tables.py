"""Acts as data, tables, calendars and points: the same as their pages say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.foundation.table import csv_lines, json_lines
from contrechamp.places import queries as places
from contrechamp.watch import published
from contrechamp.watch.forms import Ask, read_ask
from contrechamp.watch.shown import ShownAct, page_of, shown
from contrechamp.watch.shown.acts import deadline_words
from contrechamp.watch.shown.plots import LEAST, PLOTS, Plot, plots

from .files import COLUMNS, calendar_answer, csv_answer, entry_of, row_of
from .lists import acts_of_week

AT_ONCE = 400
PLOT_COLUMNS = ("figure", "titre", "ligne", "valeur", "unite", "methode", "manque")


def _lines(ask: Ask) -> Iterator[ShownAct]:
    """Yield the acts of the page of an address, part by part: of a filter all of them."""
    today = localdate()
    if not ask.query or ask.week is not None:
        yield from shown(acts_of_week(ask, today), today)
        return
    rows = published.filtered(ask.filter).iterator(AT_ONCE)
    while part := list(islice(rows, AT_ONCE)):
        yield from shown(published.acts_of(part), today)


def act_as_data(line: ShownAct, site: str) -> dict[str, Any]:
    """Return an act as plain values, by the names of the columns of its table."""
    said = dict(zip(COLUMNS, row_of(line, f"{site}{line.url}"), strict=True))
    return {name: value if value != "" else None for name, value in said.items()}


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


@require_safe
def week_json(request: HttpRequest) -> HttpResponseBase:
    site = _site(request)
    rows = (act_as_data(line, site) for line in _lines(read_ask(request.GET)))
    lines = json_lines("acts", rows)
    return StreamingHttpResponse(lines, content_type="application/json; charset=utf-8")


@require_safe
def week_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_answer(request, _lines(read_ask(request.GET)), "actes.csv")


@require_safe
def week_geojson(request: HttpRequest) -> HttpResponseBase:
    """Give the acts at the middle of each place that they name."""
    site = _site(request)

    def parts() -> Iterator[str]:
        yield '{"type": "FeatureCollection", "features": ['
        number = 0
        for line in _lines(read_ask(request.GET)):
            for feature in features(line, site):
                yield (",\n" if number else "\n") + feature
                number += 1
        yield "\n]}\n"

    response = StreamingHttpResponse(parts(), content_type="application/geo+json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="actes.geojson"'
    return response


def features(line: ShownAct, site: str) -> Iterator[str]:
    """Yield an act as a feature for each place; with no geometry where none is known."""
    said = act_as_data(line, site)
    known = places.territories(line.act.territories)
    points: list[tuple[str, list[float | None] | None]] = [
        (key, [known[key].lon, known[key].lat])
        for key in line.act.territories
        if key in known and known[key].lon is not None
    ]
    for key, point in points or [("", None)]:
        feature = {
            "type": "Feature",
            "id": f"{line.act.id}/{key}" if key else line.act.id,
            "geometry": {"type": "Point", "coordinates": point} if point else None,
            "properties": said | {"territory": key or None},
        }
        yield json.dumps(feature, ensure_ascii=False, default=str)


def _act(slug: str) -> ShownAct:
    """Return a public act; what was withdrawn tells nothing more in any form."""
    found = published.find_act(slug)
    if found is None or found.withdrawn_at:
        raise Http404
    return shown([found], localdate())[0]


@require_safe
def act_json(request: HttpRequest, slug: str) -> HttpResponse:
    line = _act(slug)
    page = page_of(line.act, published.same_decision(line.act), localdate())
    said = act_as_data(line, _site(request)) | {
        "values": [
            {
                "label": value.label,
                "text": value.text,
                "quote": value.quote or None,
                "page": value.page,
                "url": value.url or None,
            }
            for value in page.values
        ],
        "official_url": page.official_url or None,
        "document_url": page.document_url or None,
        "published_also": [twin.url for twin in page.twins],
    }
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def act_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    line = _act(slug)
    return csv_answer(request, [line], f"acte-{slug}.csv")


@require_safe
def act_geojson(request: HttpRequest, slug: str) -> HttpResponse:
    found = [json.loads(each) for each in features(_act(slug), _site(request))]
    return JsonResponse(
        {"type": "FeatureCollection", "features": found},
        content_type="application/geo+json; charset=utf-8",
        json_dumps_params={"ensure_ascii": False},
    )


@require_safe
def act_ics(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give the days of an act: until when it can be challenged, when it ends."""
    line = _act(slug)
    entries = []
    if line.window:
        said = deadline_words(line.window)
        entries.append(entry_of(request, line, "contester", line.window.safe, said))
    if line.act.expires_on:
        entries.append(entry_of(request, line, "fin", line.act.expires_on, gettext("Fin")))
    return calendar_answer(request, entries, line.title, f"acte-{slug}.ics")


def _plots() -> Sequence[Plot]:
    acts = published.counted()
    return plots(acts, whole=True) if len(acts) >= LEAST else []


@require_safe
def statistics_json(request: HttpRequest) -> HttpResponse:
    said = [
        {
            "figure": made.slug,
            "title": made.title,
            "column": made.column,
            "unit": made.unit,
            "method": made.method,
            "missing": made.missing,
            "rows": [{"name": bar.name, "value": bar.value} for bar in made.bars],
        }
        for made in _plots()
    ]
    options = {"ensure_ascii": False, "indent": 1, "default": str}
    return JsonResponse({"figures": said}, json_dumps_params=options)


@require_safe
def statistics_csv(request: HttpRequest) -> HttpResponseBase:
    rows = (
        (made.slug, made.title, bar.name, bar.value, made.unit, made.method, made.missing)
        for made in _plots()
        for bar in made.bars
    )
    parts = csv_lines(PLOT_COLUMNS, rows)
    response = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="actes-statistiques.csv"'
    return response


@require_safe
def one_plot(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to one chart on the page of all."""
    if slug not in PLOTS:
        raise Http404
    return redirect(f"{reverse('watch:statistics')}#{slug}")
