"""Rankings with their method: as pages, as data, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.compare.queries import Ranking, ranking, rankings
from contrechamp.foundation.table import csv_lines

MOST_ROWS, MOST_EXCLUDED = 50, 30


def _get(slug: str) -> Ranking:
    found = ranking(slug)
    if found is None:
        raise Http404
    return found


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "compare/rankings.html", {"rankings": rankings()})


INDEX = ("slug", "title", "lead", "url")


def _index(request: HttpRequest) -> list[tuple[str, ...]]:
    return [
        (slug, title, lead, request.build_absolute_uri(reverse("compare:ranking", args=[slug])))
        for slug, (title, lead) in rankings().items()
    ]


@require_safe
def index_json(request: HttpRequest) -> HttpResponse:
    rows = [dict(zip(INDEX, row, strict=True)) for row in _index(request)]
    options = {"ensure_ascii": False, "indent": 1}
    return JsonResponse({"rankings": rows}, json_dumps_params=options)


@require_safe
def index_csv(request: HttpRequest) -> HttpResponseBase:
    parts = csv_lines(INDEX, _index(request))
    response = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="classements.csv"'
    return response


@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    found = _get(slug)
    is_whole = "tout" in request.GET
    rows = found.rows if is_whole else found.rows[:MOST_ROWS]
    excluded = found.excluded if is_whole else found.excluded[:MOST_EXCLUDED]
    context: dict[str, Any] = {
        "ranking": found,
        "rows": rows,
        "rows_left": len(found.rows) - len(rows),
        "excluded": excluded,
        "excluded_left": len(found.excluded) - len(excluded),
        "unsure": sum(not (row.place.is_sure or row.is_tie) for row in found.rows),
        "others": {key: said for key, said in rankings().items() if key != slug},
    }
    return render(request, "compare/ranking.html", context)


@require_safe
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    found = _get(slug)
    data = {
        "ranking": found.slug,
        "title": found.title,
        "method": found.method,
        "formula": found.formula,
        "minimum": found.minimum,
        "certainty": found.certainty,
        "doubts": found.doubts,
        "unit": found.unit,
        "known": found.known,
        "of": found.universe or None,
        "data_of": found.at.isoformat() if found.at else None,
        "rows": [
            {
                "best_rank": row.place.best,
                "worst_rank": row.place.worst,
                "id": row.entry.key,
                "name": row.entry.name,
                "url": row.entry.url,
                "value": row.entry.value,
                "low": row.entry.bounds.low,
                "high": row.entry.bounds.high,
                "detail": row.entry.detail,
                "facts": list(row.entry.proofs),
            }
            for row in found.rows
        ],
        "excluded": [{"name": out.name, "url": out.url, "why": out.why} for out in found.excluded],
    }
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def as_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = _get(slug)
    header = [
        *(gettext("meilleur rang"), gettext("moins bon rang"), found.column, found.unit),
        *(gettext("borne basse"), gettext("borne haute"), gettext("détail"), gettext("page")),
        *(gettext("faits"), gettext("exclu car")),
    ]
    response = StreamingHttpResponse(
        csv_lines(header, _table(found)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.csv"'
    return response


def _table(found: Ranking) -> Iterator[list[object]]:
    for row in found.rows:
        entry = row.entry
        yield [
            *(row.place.best, row.place.worst, entry.name, entry.value),
            *(entry.bounds.low, entry.bounds.high, entry.detail, entry.url),
            *(" ".join(entry.proofs), ""),
        ]
    for out in found.excluded:
        yield ["", "", out.name, "", "", "", "", out.url, "", out.why]
