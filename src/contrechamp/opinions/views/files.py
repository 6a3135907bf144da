"""Opinions to take away and to follow: tables, data, feeds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, time

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.foundation.table import csv_lines, json_lines
from contrechamp.kernel import syndication
from contrechamp.opinions import queries
from contrechamp.opinions.forms import read_ask
from contrechamp.opinions.models import Opinion
from contrechamp.opinions.shown import COLUMNS, Line, as_data, line_of, page_of, row_of

AT_ONCE, IN_FEED = 500, 30
ATOM, JSON = "application/atom+xml", "application/feed+json"


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _rows(request: HttpRequest) -> QuerySet[Opinion]:
    return queries.filtered(read_ask(request.GET).filter).prefetch_related("matches")


def _lines(rows: QuerySet[Opinion]) -> Iterator[Line]:
    return map(line_of, rows.iterator(AT_ONCE))


@require_safe
def list_csv(request: HttpRequest) -> HttpResponseBase:
    site, lines = _site(request), _lines(_rows(request))
    return _csv(csv_lines(COLUMNS, (row_of(line, site) for line in lines)), "avis-cada.csv")


@require_safe
def list_json(request: HttpRequest) -> HttpResponseBase:
    site, rows = _site(request), _rows(request)
    lines = json_lines("opinions", (as_data(line, site) for line in _lines(rows)))
    return StreamingHttpResponse(lines, content_type="application/json; charset=utf-8")


@require_safe
def list_atom(request: HttpRequest) -> HttpResponseBase:
    return _feed(request, ATOM)


@require_safe
def list_jsonfeed(request: HttpRequest) -> HttpResponseBase:
    return _feed(request, JSON)


@require_safe
def opinion_json(request: HttpRequest, number: str) -> HttpResponse:
    one = _opinion(number)
    page = page_of(one)
    said = as_data(page.line, _site(request)) | {
        "sens": [
            {"classe": label, "motif": motive, "publie": published}
            for label, motive, published in page.senses
        ],
        "mots_cles": page.keywords,
        "themes": page.themes,
        "resume": page.summary,
        "texte": "\n\n".join(page.paragraphs),
        "texte_sha256": one.text_sha256,
    }
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def opinion_csv(request: HttpRequest, number: str) -> HttpResponseBase:
    line = line_of(_opinion(number))
    return _csv(csv_lines(COLUMNS, [row_of(line, _site(request))]), f"avis-cada-{number}.csv")


def _opinion(number: str) -> Opinion:
    one = queries.find_opinion(number)
    if one is None:
        raise Http404
    return one


def _csv(parts: Iterator[str], name: str) -> HttpResponseBase:
    answer = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _feed(request: HttpRequest, kind: str) -> HttpResponseBase:
    site, ask = _site(request), read_ask(request.GET)
    query = f"?{ask.query}" if ask.query else ""
    rows = queries.filtered(ask.filter)[:IN_FEED]
    feed = syndication.Feed(
        title=f"{gettext('Avis de la CADA')} — Contrechamp",
        key=f"{request.path.lstrip('/')}{query}",
        address=f"{site}{request.path}{query}",
        page=f"{site}{reverse('opinions:list')}{query}",
        host=request.get_host(),
        items=[_item(line_of(one), site) for one in rows],
    )
    body = syndication.atom(feed) if kind == ATOM else syndication.json_feed(feed)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    answer["ETag"] = etag
    return get_conditional_response(request, etag, None, answer) or answer


def _item(line: Line, site: str) -> syndication.Item:
    one = line.opinion
    held = datetime.combine(one.session_on, time(), UTC) if one.session_on else one.first_at
    return syndication.Item(
        key=f"opinions:opinion:{one.pk}",
        title=f"{one.pk} — {line.administration} : {line.label}",
        url=f"{site}{line.url}",
        summary=line.subject,
        published=held,
        updated=one.changed_at,
    )
