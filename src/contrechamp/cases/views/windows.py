"""The public list of windows of a territory, by month too, with its feeds, calendar and tables."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.cases.domain.months import Week, weeks_of
from contrechamp.cases.domain.openings import Openness
from contrechamp.cases.domain.windows import Sort
from contrechamp.cases.forms.windows import (
    MONTHS_AHEAD,
    MONTHS_BACK,
    query_of,
    read_filter,
    read_month,
)
from contrechamp.cases.queries import windows as queries
from contrechamp.cases.queries.windows import Filter
from contrechamp.cases.shown import windows as said
from contrechamp.census import published as census
from contrechamp.foundation.copying import localdate
from contrechamp.foundation.table import csv_lines
from contrechamp.foundation.vocabulary import label, terms
from contrechamp.kernel import syndication
from contrechamp.kernel.dates import add_months
from contrechamp.kernel.icalendar import calendar
from contrechamp.places import queries as places

PER_PAGE = 50
MOST = 5000
ATOM, JSON = "application/atom+xml", "application/feed+json"
COLUMNS = (
    *("id", "sort", "status", "title", "number", "dated_on", "published_on", "act_by_safe"),
    *("last_day", "why", "basis", "court", "authority", "technology", "departement", "places"),
    *("record", "shown_at", "changed_at", "url"),
)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    wanted, today = read_filter(request.GET), localdate()
    counts = queries.counts(wanted, today=today)
    rows = queries.listed(wanted, today=today)
    pages = queries.Pages(rows, PER_PAGE, count=counts.total(wanted.status))
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": said.shown(list(page.object_list), today),
        "departements_here": _departements(wanted, counts),
        "statuses": _statuses(wanted, counts),
    }
    return render(request, "cases/windows.html", context | _around(wanted, today))


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """Show a month as a table of its weeks, each day with how many windows end there."""
    wanted, today = read_filter(request.GET), localdate()
    first = read_month(request.GET.get("mois", ""), today=today)
    counts = queries.days_of_month(wanted, first, today=today)
    rows = queries.in_month(wanted, first, most=PER_PAGE, today=today)
    context = {
        "first": first,
        "weeks": _weeks(weeks_of(first), counts, wanted, first, today),
        "total": sum(counts.values()),
        "lines": said.shown(rows, today),
        "before": _month_url(wanted, first, -1, today),
        "after": _month_url(wanted, first, 1, today),
    }
    return render(request, "cases/windows_month.html", context | _around(wanted, today))


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    wanted, today = read_filter(request.GET), localdate()
    rows = list(queries.listed(wanted, today=today)[:MOST])
    lines = [said.as_data(one, _site(request)) for one in said.shown(rows, today)]
    return JsonResponse({"day": today.isoformat(), "windows": lines})


@require_safe
def as_csv(request: HttpRequest) -> HttpResponseBase:
    wanted, today = read_filter(request.GET), localdate()
    rows = list(queries.listed(wanted, today=today)[:MOST])
    found = (said.as_data(one, _site(request)) for one in said.shown(rows, today))
    lines = ([_cell(data[name]) for name in COLUMNS] for data in found)
    parts = csv_lines(COLUMNS, (tuple(line) for line in lines))
    answer = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="delais-ouverts.csv"'
    return answer


@require_safe
def as_atom(request: HttpRequest) -> HttpResponseBase:
    return _feed(request, read_filter(request.GET), ATOM)


@require_safe
def as_jsonfeed(request: HttpRequest) -> HttpResponseBase:
    return _feed(request, read_filter(request.GET), JSON)


@require_safe
def as_ics(request: HttpRequest) -> HttpResponseBase:
    return _calendar(request, read_filter(request.GET), "delais-ouverts.ics")


@require_safe
def project_atom(request: HttpRequest, entity: str) -> HttpResponseBase:
    return _feed(request, _of_record(entity), ATOM)


@require_safe
def project_ics(request: HttpRequest, entity: str) -> HttpResponseBase:
    return _calendar(request, _of_record(entity), f"{entity}.ics")


def _of_record(entity: str) -> Filter:
    """Return the filter of a public record; raise 404 for one that is not there for visitors."""
    if entity not in census.find_records([entity]):
        raise Http404
    return Filter(record=entity)


def _feed(request: HttpRequest, wanted: Filter, kind: str) -> HttpResponseBase:
    today, site, query = localdate(), _site(request), query_of(wanted)
    asked = f"?{request.META['QUERY_STRING']}" if request.GET else ""
    feed = syndication.Feed(
        title=_title(wanted),
        key=f"{request.path.lstrip('/')}{f'?{query}' if request.GET and query else ''}",
        address=f"{site}{request.path}{asked}",
        page=f"{site}{said.list_url(query)}",
        host=request.get_host(),
        items=said.items(queries.for_feed(wanted, most=60, today=today), today, site),
    )
    body = syndication.atom(feed) if kind == ATOM else syndication.json_feed(feed)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    response["ETag"] = etag
    return get_conditional_response(request, etag, None, response) or response


def _calendar(request: HttpRequest, wanted: Filter, name: str) -> HttpResponseBase:
    today = localdate()
    rows = queries.for_calendar(wanted, most=MOST, today=today)
    host = request.get_host().partition(":")[0]
    parts = calendar(said.entries(rows, today, _site(request)), host=host, name=_title(wanted))
    answer = StreamingHttpResponse(parts, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _title(wanted: Filter) -> str:
    parts = [gettext("Délais ouverts"), said.about(wanted), "Contrechamp"]
    return " — ".join(filter(None, parts))


def _around(wanted: Filter, today: date) -> dict[str, Any]:
    """Return what both pages have: what they are narrowed to, and the form that narrows them."""
    query = query_of(wanted)
    return {
        "today": today,
        "wanted": wanted,
        "about": said.about(wanted),
        "query": f"?{query}" if query else "",
        "raw_query": query,
        "clear_url": said.list_url(),
        "chips": _chips(wanted),
        "technologies": [(code, label("watched", code)) for code in terms("watched")],
        "departements": [(one.code, f"{one.code} {one.name}") for one in places.departements()],
        "sorts": [(str(sort), gettext(said.SORTS[sort])) for sort in Sort],
        "status_names": [(str(one), gettext(said.STATUSES[one])) for one in Openness],
    }


def _chips(wanted: Filter) -> list[dict[str, str]]:
    names = {name: words for name, words in said.words_of(wanted).items() if words}
    return [
        {"label": words, "url": said.list_url(query_of(_without(wanted, name)))}
        for name, words in names.items()
    ]


FIELDS = {
    **{"departement": "departement", "lieu": "territory", "technique": "technology"},
    **{"sorte": "sort", "statut": "status", "autorite": "authority"},
    **{"fiche": "record", "jour": "day"},
}


def _without(wanted: Filter, name: str) -> Filter:
    kept = {key: getattr(wanted, key) for key in FIELDS.values() if key != FIELDS[name]}
    return Filter(**kept)


def _with(wanted: Filter, **more: Any) -> str:
    kept = {key: getattr(wanted, key) for key in FIELDS.values()} | more
    return said.list_url(query_of(Filter(**kept)))


def _departements(wanted: Filter, counts: queries.Counts) -> list[tuple[str, str, int]]:
    """Return name, address and count of each département that has windows."""
    if wanted.departement or wanted.territory or wanted.record:
        return []
    known = places.territories(f"departement:{code}" for code, _ in counts.departements)
    names = {one.code: one.name for one in known.values()}
    return [
        (f"{names.get(code, '')} ({code})", _with(wanted, departement=code), count)
        for code, count in counts.departements
    ]


def _statuses(wanted: Filter, counts: queries.Counts) -> list[tuple[str, str, int, bool]]:
    """Return name, address and count of each status, and whether it is the one chosen."""
    return [
        (
            gettext(said.STATUSES[one]),
            _with(wanted, status="" if wanted.status == one else one),
            count,
            wanted.status == one,
        )
        for one, count in counts.statuses.items()
    ]


def _weeks(
    weeks: Sequence[Week], counts: Any, wanted: Filter, first: date, today: date
) -> list[list[dict[str, Any]]]:
    return [
        [
            {
                "day": day,
                "is_out": day.month != first.month,
                "is_today": day == today,
                "count": counts.get(day, 0) if day.month == first.month else 0,
                "url": _with(wanted, day=day),
            }
            for day in week
        ]
        for week in weeks
    ]


def _month_url(wanted: Filter, first: date, step: int, today: date) -> str:
    """Return the address of the month before or after, empty where the calendar ends."""
    other, this = add_months(first, step), today.replace(day=1)
    if not add_months(this, -MONTHS_BACK) <= other <= add_months(this, MONTHS_AHEAD):
        return ""
    query = urlencode({"mois": f"{other:%Y-%m}"})
    more = query_of(wanted)
    return f"{reverse('cases:windows-month')}?{query}" + (f"&{more}" if more else "")


def _cell(value: object) -> object:
    if isinstance(value, list):
        return " ; ".join(map(str, value))
    return "" if value is None else value


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
