"""The public journal, and the rules that it names."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.forum.domain.journal import KEYS, Line
from contrechamp.forum.domain.reasons import CLAUSES
from contrechamp.forum.queries import journal as queries
from contrechamp.forum.queries.moderation import emergency, wait
from contrechamp.forum.queries.threads import boards_called
from contrechamp.forum.shown.delays import lay_out
from contrechamp.forum.shown.moderation import row_of, span
from contrechamp.foundation.table import csv_lines, json_lines
from contrechamp.kernel import syndication

AT_ONCE, IN_FEED = 50, 50
ATOM, JSON = "application/atom+xml", "application/feed+json"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    found = Paginator(queries.public_actions(), AT_ONCE).get_page(request.GET.get("page"))
    months, measured = queries.by_month(now), wait(now)
    most = max((month.total for month in months), default=0) or 1
    names = boards_called(None)
    context = {
        "pages": found,
        "rows": [(row_of(line), names.get(line.board, "")) for line in queries.lines(found)],
        "delays": lay_out(months),
        "is_journal": True,
        "months": [(month, month.total * 100 // most, span(month.median)) for month in months],
        "wait": measured,
        "oldest": span(measured.oldest),
        "median": span(measured.median),
        "emergency": emergency(now),
    }
    return render(request, "forum/journal.html", context)


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    context = {"clauses": list(CLAUSES.values()), "wait": wait(timezone.now())}
    return render(request, "forum/rules.html", context)


@require_safe
def as_json(request: HttpRequest) -> HttpResponseBase:
    lines = json_lines("journal", (line.plain() for line in queries.all_lines()))
    return StreamingHttpResponse(lines, content_type="application/json; charset=utf-8")


@require_safe
def as_csv(request: HttpRequest) -> HttpResponseBase:
    rows = (["" if v is None else str(v) for v in _cells(line)] for line in queries.all_lines())
    answer = StreamingHttpResponse(csv_lines(KEYS, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="journal.csv"'
    return answer


def _cells(line: Line) -> list[object]:
    return [int(v) if isinstance(v, bool) else v for v in line.plain().values()]


@require_safe
def atom(request: HttpRequest) -> HttpResponseBase:
    return _feed(request, ATOM)


@require_safe
def jsonfeed(request: HttpRequest) -> HttpResponseBase:
    return _feed(request, JSON)


def _feed(request: HttpRequest, kind: str) -> HttpResponseBase:
    site = f"{request.scheme}://{request.get_host()}"
    rows = queries.lines(queries.public_actions()[:IN_FEED])
    home = f"{site}{reverse('forum:journal')}"
    feed = syndication.Feed(
        title=f"{gettext('Journal de la modération')} — Contrechamp",
        key=request.path.lstrip("/"),
        address=f"{site}{request.path}",
        page=home,
        host=request.get_host(),
        items=[_item(line, home) for line in rows],
    )
    body = syndication.atom(feed) if kind == ATOM else syndication.json_feed(feed)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    answer["ETag"] = etag
    return get_conditional_response(request, etag, None, answer) or answer


def _item(line: Line, home: str) -> syndication.Item:
    row = row_of(line)
    day = datetime.combine(line.on, time(), UTC)
    undone = gettext("annulé depuis") if line.is_undone else ""
    return syndication.Item(
        key=f"forum:action:{line.number}",
        title=f"{line.number} — {row.what}",
        url=f"{home}#a{line.number}",
        summary=" · ".join(filter(None, [row.why, line.board, undone])),
        published=day,
        updated=day,
    )
