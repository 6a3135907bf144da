"""Public requests to take away and to follow: tables, data, feeds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.foi.forms.asking import query_of, read_filter
from contrechamp.foi.models import FactRow
from contrechamp.foi.queries import published
from contrechamp.foi.queries.page import papers
from contrechamp.foi.queries.published import Told
from contrechamp.foi.shown.data import (
    COLUMNS,
    FACTS,
    LABELS,
    as_data,
    fact_row,
    fact_title,
    row_of,
    whole,
)
from contrechamp.foundation.table import csv_lines, json_lines
from contrechamp.kernel import syndication

IN_FEED, AT_ONCE = 30, 400
ATOM, JSON = "application/atom+xml", "application/feed+json"


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _told(request: HttpRequest) -> Iterator[Told]:
    rows = published.rows(read_filter(request.GET)).iterator(AT_ONCE)
    return published.told(rows, now=timezone.now())


@require_safe
def index_csv(request: HttpRequest) -> HttpResponseBase:
    site = _site(request)
    return _csv(COLUMNS, (row_of(one, site) for one in _told(request)), "demandes.csv")


@require_safe
def index_json(request: HttpRequest) -> HttpResponseBase:
    site = _site(request)
    lines = json_lines("requests", (as_data(one, site) for one in _told(request)))
    return StreamingHttpResponse(lines, content_type="application/json; charset=utf-8")


@require_safe
def index_atom(request: HttpRequest) -> HttpResponseBase:
    return _index_feed(request, ATOM)


@require_safe
def index_jsonfeed(request: HttpRequest) -> HttpResponseBase:
    return _index_feed(request, JSON)


def _index_feed(request: HttpRequest, kind: str) -> HttpResponseBase:
    wanted = read_filter(request.GET)
    found = published.newest(wanted, IN_FEED)
    site = _site(request)
    items = [_item(one, site) for one in published.told(found, now=timezone.now())]
    query = query_of(wanted)
    title = gettext("Demandes de documents")
    return _feed(request, kind, title, reverse("foi:index"), items, f"?{query}" if query else "")


def _item(one: Told, site: str) -> syndication.Item:
    asked = one.request
    return syndication.Item(
        key=f"foi:request:{asked.pk}",
        title=" — ".join(filter(None, [asked.title, one.body_name])),
        url=f"{site}{one.url}",
        summary=f"{LABELS[one.state]}. " + " ".join(item.wording for item in one.items)[:500],
        published=asked.published_at or asked.made_at,
        updated=one.changed_at,
    )


def _one(key: str) -> Told:
    """Return a public request, or raise Http404."""
    found = published.find(key)
    if found is None:
        raise Http404
    return next(published.told([found], now=timezone.now()))


@require_safe
def request_json(request: HttpRequest, key: str) -> HttpResponse:
    one = _one(key)
    there = [(paper.title, paper.url) for paper in papers(one.request, AnonymousUser())]
    said = whole(one, _site(request), there)
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def request_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    return _csv(FACTS, (fact_row(row) for row in _one(key).facts), f"demande-{key}.csv")


@require_safe
def request_atom(request: HttpRequest, key: str) -> HttpResponseBase:
    return _request_feed(request, key, ATOM)


@require_safe
def request_jsonfeed(request: HttpRequest, key: str) -> HttpResponseBase:
    return _request_feed(request, key, JSON)


def _request_feed(request: HttpRequest, key: str, kind: str) -> HttpResponseBase:
    one, site = _one(key), _site(request)
    shown = one.request.published_at or one.request.made_at
    newest = sorted(one.facts, key=lambda row: (row.made_at, row.pk), reverse=True)[:IN_FEED]
    items = [_fact_item(row, one, site, shown) for row in newest]
    return _feed(request, kind, one.request.title, one.url, items, "")


def _fact_item(row: FactRow, one: Told, site: str, shown: datetime) -> syndication.Item:
    at = max(row.made_at, shown)
    return syndication.Item(
        key=f"foi:fact:{row.pk}",
        title=fact_title(row),
        url=f"{site}{one.url}#{row.pk}",
        summary=f"{row.first.isoformat()} : {fact_title(row)}. {one.request.title}",
        published=at,
        updated=at,
    )


def _feed(
    request: HttpRequest,
    kind: str,
    title: str,
    page: str,
    items: Sequence[syndication.Item],
    query: str,
) -> HttpResponseBase:
    site = _site(request)
    feed = syndication.Feed(
        title=f"{title} — Contrechamp",
        key=f"{request.path.lstrip('/')}{query}",
        address=f"{site}{request.path}{query}",
        page=f"{site}{page}{query}",
        host=request.get_host(),
        items=items,
    )
    body = syndication.atom(feed) if kind == ATOM else syndication.json_feed(feed)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    answer["ETag"] = etag
    return get_conditional_response(request, etag, None, answer) or answer


def _csv(head: Sequence[str], rows: Iterator[Sequence[object]], name: str) -> HttpResponseBase:
    answer = StreamingHttpResponse(csv_lines(head, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
