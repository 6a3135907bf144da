"""How bodies answer: all together, one, and their table; the same as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from contrechamp.directory import queries as directory
from contrechamp.foi.domain.counting import to_plain
from contrechamp.foi.domain.statistics import LEAST, Rate
from contrechamp.foi.forms.asking import DEPARTEMENT
from contrechamp.foi.models import Tally
from contrechamp.foi.queries import tallies
from contrechamp.foi.queries.tallies import Line
from contrechamp.foi.shown.numbers import (
    COLUMNS,
    LEAGUE,
    Numbers,
    league_row,
    numbers_of,
    rows_of,
)
from contrechamp.foundation.table import csv_lines, json_lines
from contrechamp.places import queries as places

if TYPE_CHECKING:
    from contrechamp.directory.models import Body

PER_PAGE = 100


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _all() -> Numbers:
    return numbers_of(tallies.of_all(timezone.now()))


def _body(key: str) -> tuple[Body, Numbers]:
    """Return a body and its numbers; nothing where no request to it is public."""
    bodies = directory.by_keys([key])
    if not bodies:
        raise Http404
    found = tallies.of_body(key, timezone.now())
    if not found.public:
        raise Http404
    return bodies[0], numbers_of(found)


@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    return render(request, "foi/numbers.html", {"shown": _all(), "least": LEAST})


@require_safe
def numbers_json(request: HttpRequest) -> HttpResponse:
    return _json(to_plain(_all().known))


@require_safe
def numbers_csv(request: HttpRequest) -> HttpResponseBase:
    return _csv(COLUMNS, rows_of(_all()), "demandes-chiffres.csv")


@require_safe
def of_body(request: HttpRequest, key: str) -> HttpResponse:
    body, shown = _body(key)
    context = {
        "body": body,
        "shown": shown,
        "least": LEAST,
        "line": tallies.find_line(key, timezone.now()),
    }
    return render(request, "foi/numbers_body.html", context)


@require_safe
def of_body_json(request: HttpRequest, key: str) -> HttpResponse:
    body, shown = _body(key)
    said = {"body": body.pk, "name": body.name, "siren": body.siren or None}
    return _json(said | to_plain(shown.known))


@require_safe
def of_body_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    _, shown = _body(key)
    return _csv(COLUMNS, rows_of(shown), f"demandes-chiffres-{key}.csv")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A line of the table with its rate."""

    line: Line
    rate: Rate


def _lines(request: HttpRequest) -> tuple[str, Sequence[Line] | QuerySet[Tally]]:
    code = request.GET.get("departement", "").strip().upper()
    code = code if DEPARTEMENT.fullmatch(code) else ""
    found = tallies.lines(timezone.now(), code)
    return code, found


@require_safe
def league(request: HttpRequest) -> HttpResponse:
    code, found = _lines(request)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    lines = [tallies.line_of(row) for row in cast("Iterable[Line | Tally]", page.object_list)]
    context = {
        "page": page,
        "lines": [Ranked(line, Rate(line.in_month, line.month_over)) for line in lines],
        "departement": code,
        "departements": [(one.code, f"{one.code} {one.name}") for one in places.departements()],
        "data_query": f"?departement={code}" if code else "",
        "least": LEAST,
    }
    return render(request, "foi/league.html", context)


@require_safe
def league_csv(request: HttpRequest) -> HttpResponseBase:
    site = _site(request)
    rows = (league_row(line, site) for line in _every(request))
    return _csv(LEAGUE, rows, "demandes-classement.csv")


@require_safe
def league_json(request: HttpRequest) -> HttpResponseBase:
    site = _site(request)
    rows = (zip(LEAGUE, league_row(line, site), strict=True) for line in _every(request))
    said = ({name: None if value == "" else value for name, value in row} for row in rows)
    lines = json_lines("bodies", said)
    return StreamingHttpResponse(lines, content_type="application/json; charset=utf-8")


def _every(request: HttpRequest) -> Iterator[Line]:
    _, found = _lines(request)
    return (tallies.line_of(row) for row in found)


def _json(said: object) -> HttpResponse:
    options = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(said, json_dumps_params=options)


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> HttpResponseBase:
    answer = StreamingHttpResponse(csv_lines(head, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
