"""Time: the timeline of anything, as a page and as files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.chronicle.domain import calendar
from contrechamp.chronicle.forms import KINDS, LAYERS, STATUSES, Ask, read_ask
from contrechamp.chronicle.queries import Scope, Unknown, technologies
from contrechamp.chronicle.selecting import select
from contrechamp.chronicle.shown import Row, chronicle, rows
from contrechamp.chronicle.shown.rows import COLUMNS
from contrechamp.foundation.copying import localdate
from contrechamp.foundation.table import csv_lines
from contrechamp.kernel.errors import gettext_noop

KIND_LABELS = {
    "project": gettext_noop("Projets"),
    "actor": gettext_noop("Acteurs"),
    "technology": gettext_noop("Techniques"),
    "contract": gettext_noop("Marchés"),
    "place": gettext_noop("Lieux"),
}
LAYER_LABELS = {
    "document": gettext_noop("les documents datés"),
    "clock": gettext_noop("l'horloge du droit"),
    "court": gettext_noop("ce que les juges ont décidé"),
    "news": gettext_noop("ce que nous avons publié"),
}


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    ask = read_ask(request.GET)
    scope = select(ask)
    if isinstance(scope, Unknown):
        return _choose(request, scope, ask)
    page = chronicle(ask, scope, localdate())
    context: dict[str, Any] = {"ask": ask, "page": page, "encoded": page.encoded}
    return render(request, "chronicle/chronicle.html", context | _filters(ask))


def _choose(request: HttpRequest, unknown: Unknown, ask: Ask) -> HttpResponse:
    """Ask which of several is meant, or say that nothing is."""
    parameter = "lieu" if ask.place and unknown.text == ask.place != ask.of else "de"
    links = []
    for choice in unknown.choices:
        query = request.GET.copy()
        query[parameter] = choice.key
        links.append((choice, f"?{query.urlencode()}"))
    context = {"ask": ask, "unknown": unknown, "links": links, "data_query": None}
    return render(request, "chronicle/choose.html", context)


def _filters(ask: Ask) -> dict[str, Any]:
    return {
        "technologies": [
            (key, name, key == ask.technology) for key, name in technologies(ask.technology)
        ],
        "kinds": [(kind, gettext(KIND_LABELS[kind]), kind in ask.kinds) for kind in KINDS],
        "statuses": [(status, status in ask.statuses) for status in STATUSES],
        "layers": [(layer, gettext(LAYER_LABELS[layer]), layer in ask.layers) for layer in LAYERS],
    }


def _selected(request: HttpRequest) -> tuple[Ask, Scope]:
    """Return what a file is about, or answer that there is none."""
    ask = read_ask(request.GET)
    scope = select(ask)
    if isinstance(scope, Unknown):
        raise Http404
    return ask, scope


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _file(parts: Iterator[str], kind: str, name: str) -> HttpResponseBase:
    response = StreamingHttpResponse(parts, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def timeline_csv(request: HttpRequest) -> HttpResponseBase:
    ask, scope = _selected(request)
    site = _site(request)
    lines = csv_lines(COLUMNS, (row.cells(site) for row in rows(ask, scope)))
    return _file(lines, "text/csv", "chronologie.csv")


@require_safe
def timeline_json(request: HttpRequest) -> HttpResponseBase:
    ask, scope = _selected(request)
    parts = _json(rows(ask, scope), scope, _site(request))
    return StreamingHttpResponse(parts, content_type="application/json; charset=utf-8")


def _json(found: Iterator[Row], scope: Scope, site: str) -> Iterator[str]:
    about = {"id": scope.key or None, "name": scope.name or None, "url": scope.url or None}
    yield f'{{"about": {json.dumps(about, ensure_ascii=False)},\n"rows": ['
    for number, row in enumerate(found):
        values = dict(zip(COLUMNS, row.cells(site), strict=True))
        yield (",\n" if number else "\n") + json.dumps(values, ensure_ascii=False)
    yield "\n]}\n"


@require_safe
def timeline_ics(request: HttpRequest) -> HttpResponseBase:
    ask, scope = _selected(request)
    site = _site(request)
    name = " — ".join(filter(None, [gettext("Chronologie"), scope.name, "Contrechamp"]))
    host = request.get_host().partition(":")[0]
    entries = (row.entry(site) for row in rows(ask, scope))
    return _file(calendar(entries, host=host, name=name), "text/calendar", "chronologie.ics")
