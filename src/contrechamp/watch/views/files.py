"""Acts as feeds, calendars and tables, to follow without an account."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.foundation.copying import localdate
from contrechamp.foundation.table import csv_lines
from contrechamp.kernel import syndication
from contrechamp.kernel.icalendar import Entry, calendar
from contrechamp.watch import published
from contrechamp.watch.forms import Ask, read_ask
from contrechamp.watch.shown import ShownAct, shown, summary
from contrechamp.watch.shown.acts import deadline_words
from contrechamp.watch.shown.mails import reason_words

from .lists import about, open_lines, renewal_lines

ATOM, JSON = "application/atom+xml", "application/feed+json"
COLUMNS = (
    *("id", "technique", "decision", "titre", "departement", "lieux", "acte", "arrete"),
    *("signe_le", "publie_le", "cameras", "contestable_surement_jusqu_au", "dernier_jour"),
    *("tribunal", "expire_le", "demande_de_renouvellement_avant", "adresse"),
)


@require_safe
def atom_feed(request: HttpRequest) -> HttpResponseBase:
    return _changes(request, ATOM)


@require_safe
def json_feed(request: HttpRequest) -> HttpResponseBase:
    return _changes(request, JSON)


def _changes(request: HttpRequest, kind: str) -> HttpResponseBase:
    ask = read_ask(request.GET)
    lines = shown(published.changed_acts(ask.filter), localdate())
    return _feed(request, ask, kind, lines, gettext("Actes de surveillance"), "watch:week")


@require_safe
def open_atom(request: HttpRequest) -> HttpResponseBase:
    return _open(request, ATOM)


@require_safe
def open_json(request: HttpRequest) -> HttpResponseBase:
    return _open(request, JSON)


def _open(request: HttpRequest, kind: str) -> HttpResponseBase:
    ask = read_ask(request.GET)
    lines = open_lines(ask, localdate())
    return _feed(request, ask, kind, lines, gettext("Actes à contester"), "watch:open")


@require_safe
def renewals_atom(request: HttpRequest) -> HttpResponseBase:
    return _renewals(request, ATOM)


@require_safe
def renewals_json(request: HttpRequest) -> HttpResponseBase:
    return _renewals(request, JSON)


def _renewals(request: HttpRequest, kind: str) -> HttpResponseBase:
    ask = read_ask(request.GET)
    lines = renewal_lines(ask, localdate())
    title = gettext("Autorisations qui arrivent à échéance")
    return _feed(request, ask, kind, lines, title, "watch:renewals")


@require_safe
def open_ics(request: HttpRequest) -> HttpResponseBase:
    ask = read_ask(request.GET)
    entries = [
        entry_of(request, line, "contester", line.window.safe, deadline_words(line.window))
        for line in open_lines(ask, localdate())
        if line.window
    ]
    return calendar_answer(request, entries, gettext("Actes à contester"), "a-contester.ics")


@require_safe
def renewals_ics(request: HttpRequest) -> HttpResponseBase:
    ask, entries = read_ask(request.GET), []
    asked = gettext("Une nouvelle demande est à faire quatre mois avant la fin.")
    for line in renewal_lines(ask, localdate()):
        if line.act.expires_on and line.notice:
            entries += [
                entry_of(request, line, "demande", line.notice, asked),
                entry_of(request, line, "fin", line.act.expires_on, gettext("Fin")),
            ]
    return calendar_answer(request, entries, gettext("Renouvellements"), "renouvellements.ics")


@require_safe
def open_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_answer(request, open_lines(read_ask(request.GET), localdate()), "a-contester.csv")


@require_safe
def renewals_csv(request: HttpRequest) -> HttpResponseBase:
    lines = renewal_lines(read_ask(request.GET), localdate())
    return csv_answer(request, lines, "renouvellements.csv")


def item_of(line: ShownAct, site: str) -> syndication.Item:
    """Return an act as an item of a feed; of a withdrawn one nothing but that it was."""
    act = line.act
    if act.withdrawn_at:
        title, said = gettext("Acte retiré"), gettext("Cet acte a été retiré de l'observatoire.")
        said = " ".join(filter(None, [said, reason_words(act.reason)]))
    else:
        title, said = line.title, summary(line)
    return syndication.Item(
        key=f"watch:act:{act.id}",
        title=title,
        url=f"{site}{act.url}",
        summary=said,
        published=act.shown_at,
        updated=act.changed_at,
    )


def _feed(
    request: HttpRequest, ask: Ask, kind: str, lines: Sequence[ShownAct], title: str, page: str
) -> HttpResponseBase:
    site = request.build_absolute_uri("/")[:-1]
    query = f"?{ask.query}" if ask.query else ""
    feed = syndication.Feed(
        title=" — ".join(filter(None, [title, about(ask), "Contrechamp"])),
        key=f"{request.path.lstrip('/')}{query}",
        address=f"{site}{request.path}{query}",
        page=f"{site}{reverse(page)}{query}",
        host=request.get_host(),
        items=[item_of(line, site) for line in lines],
    )
    body = syndication.atom(feed) if kind == ATOM else syndication.json_feed(feed)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    response["ETag"] = etag
    return get_conditional_response(request, etag, None, response) or response


def entry_of(request: HttpRequest, line: ShownAct, what: str, day: date, said: str) -> Entry:
    """Return a day of an act as an entry of a calendar."""
    act = line.act
    return Entry(
        key=f"{act.id}-{what}",
        title=line.title,
        first=day,
        last=day,
        at=act.changed_at,
        description=said,
        url=request.build_absolute_uri(act.url),
        category=line.technology,
    )


def calendar_answer(
    request: HttpRequest, entries: Iterable[Entry], title: str, name: str
) -> HttpResponseBase:
    """Stream a calendar."""
    host = request.get_host().partition(":")[0]
    parts = calendar(entries, host=host, name=f"{title} — Contrechamp")
    return _file(StreamingHttpResponse(parts, content_type="text/calendar; charset=utf-8"), name)


def csv_answer(request: HttpRequest, lines: Iterable[ShownAct], name: str) -> HttpResponseBase:
    """Stream acts as a table."""
    rows = (row_of(line, request.build_absolute_uri(line.url)) for line in lines)
    parts = csv_lines(COLUMNS, rows)
    return _file(StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8"), name)


def row_of(line: ShownAct, url: str) -> tuple[object, ...]:
    """Return an act as the cells of `COLUMNS`."""
    act, time = line.act, line.window
    return (
        *(act.id, line.technology, line.decision, line.title, act.departement),
        " ; ".join(name for name, _ in line.places),
        *(act.act_number, act.order_number, act.signed_on or "", act.published_on or ""),
        "" if act.cameras is None else act.cameras,
        *((time.safe, time.last) if time else ("", "")),
        act.data.get("court") or "",
        *(act.expires_on or "", line.notice or "", url),
    )


def _file(response: StreamingHttpResponse, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
