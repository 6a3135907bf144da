"""What changed since a day, or between two: as a page, as data, as a feed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext
from django.views.decorators.http import conditional_page, require_safe

from contrechamp.census import published
from contrechamp.census.shown.histories import ShownChange
from contrechamp.chronicle.forms import morning, night, read_ask, read_day, read_last_day
from contrechamp.chronicle.queries import Scope, Unknown
from contrechamp.chronicle.selecting import select
from contrechamp.chronicle.shown.changes import Since, since
from contrechamp.foundation.copying import localdate
from contrechamp.foundation.words import written
from contrechamp.kernel.dates import add_months

FEED = 50
FILE = 1000
FILTERS = ("de", "lieu", "technologie")
FIRST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A time and what it is asked of."""

    first: date
    last: date | None
    scope: Scope
    name: str
    """Of what is chosen, for what is kept."""
    filters: str
    """The query that keeps the filters."""
    before: str

    @property
    def start(self) -> datetime:
        return morning(self.first)

    @property
    def end(self) -> datetime | None:
        return night(self.last) if self.last else None

    def url(self, name: str = "chronicle:since") -> str:
        return address(self.first, self.last, self.filters, name)


def address(
    first: date, last: date | None, filters: str = "", name: str = "chronicle:since"
) -> str:
    """Return where one reads what changed in a time."""
    path = (
        reverse(f"{name}-until", args=[f"{first}", f"{last}"])
        if last
        else reverse(name, args=[f"{first}"])
    )
    return f"{path}?{filters}" if filters else path


def _read(request: HttpRequest, first: str, last: str = "") -> Asked:
    start, end = read_day(first), read_last_day(last) if last else None
    if start is None or start < FIRST or (last and end is None):
        raise Http404
    if end and end < start:
        start, end = end, start
    ask = read_ask(_named(request))
    scope = select(ask)
    if isinstance(scope, Unknown):
        raise Http404
    filters = urlencode(
        [(n, v) for n in FILTERS if (v := _named(request).get(n, "").strip()[:200])]
    )
    return Asked(
        first=start,
        last=end,
        scope=scope,
        name=replace(ask, kinds=(), statuses=()).name,
        filters=filters,
        before=request.GET.get("avant", "")[:120],
    )


def _named(request: HttpRequest) -> Any:
    """Return the query, `fiche` and `de` being one thing."""
    query = request.GET.copy()
    if "fiche" in query and "de" not in query:
        query["de"] = query.get("fiche", "")
    return query


@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Take the form with its dates to the address of the answer; without, offer the form."""
    text, until = request.GET.get("jour", "").strip(), request.GET.get("jusqu", "").strip()
    day, last = read_day(text), read_last_day(until) if until else None
    query = _named(request)
    scope = select(read_ask(query))
    wrong = [t for t, d in ((text, day), (until, last)) if t and d is None]
    if day and day < FIRST:
        day = FIRST
    if day and not wrong and not isinstance(scope, Unknown):
        filters = urlencode([(n, v) for n in FILTERS if (v := query.get(n, "").strip()[:200])])
        return redirect(address(day, last, filters))
    context = {
        "wrong": wrong,
        "unknown": scope if isinstance(scope, Unknown) else None,
        "scope": None if isinstance(scope, Unknown) else scope,
        "typed": text,
        "typed_until": until,
        "query": query,
        "quick": quick(localdate(), ""),
        "last": published.last_change(),
    }
    return render(request, "chronicle/since_door.html", context)


def quick(today: date, filters: str) -> list[tuple[str, str]]:
    """Return ready-made days."""
    days = (
        (gettext("depuis hier"), today - timedelta(1)),
        (gettext("depuis une semaine"), today - timedelta(7)),
        (gettext("depuis un mois"), add_months(today, -1)),
        (gettext("depuis un an"), add_months(today, -12)),
    )
    return [(label, address(day, None, filters)) for label, day in days]


@require_safe
def page(request: HttpRequest, first: str, last: str = "") -> HttpResponse:
    asked = _read(request, first, last)
    if request.path != asked.url().partition("?")[0]:
        return redirect(asked.url())
    found = since(asked.scope, asked.start, asked.end, name=asked.name, before=asked.before)
    more = "&".join(filter(None, [asked.filters, urlencode({"avant": found.after})]))
    context = {
        "asked": asked,
        "found": found,
        "title": title_of(asked),
        "quick": quick(localdate(), asked.filters),
        "more": f"{asked.url().partition('?')[0]}?{more}" if found.after else "",
        "json_url": asked.url("chronicle:since-json"),
        "atom_url": asked.url("chronicle:since-atom"),
        "encoded": asked.filters,
    }
    return render(request, "chronicle/since.html", context)


def title_of(asked: Asked) -> str:
    """Say what the page is about."""
    if asked.last and asked.last == asked.first:
        said = gettext("Ce qui a changé le {day}").format(day=written(asked.first, "j F Y"))
    elif asked.last:
        said = gettext("Ce qui a changé du {first} au {last}").format(
            first=written(asked.first, "j F Y"), last=written(asked.last, "j F Y")
        )
    else:
        said = gettext("Ce qui a changé depuis le {day}").format(day=written(asked.first, "j F Y"))
    return f"{said}{gettext(' : ')}{asked.scope.name}" if asked.scope.name else said


@require_safe
def as_json(request: HttpRequest, first: str, last: str = "") -> HttpResponse:
    asked = _read(request, first, last)
    found = since(
        asked.scope, asked.start, asked.end, name=asked.name, before=asked.before, limit=FILE
    )
    more = asked.url("chronicle:since-json")
    joint = "&" if "?" in more else "?"
    data = {
        "since": f"{asked.first}",
        "until": f"{asked.last}" if asked.last else None,
        "about": asked.scope.key or None,
        "counts": found.counts,
        "changes": [_line(found, number) for number in range(len(found.lines))],
        "documents": [
            {
                "title": paper.title,
                "url": paper.url,
                "dated": paper.dated,
                "at": paper.at.isoformat(),
            }
            for paper in found.papers
        ],
        "next": f"{more}{joint}{urlencode({'avant': found.after})}" if found.after else None,
    }
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _line(found: Since, number: int) -> dict[str, Any]:
    line, shown = found.lines[number], found.shown[number]
    return {
        "at": line.at.isoformat(),
        "what": line.what,
        "record": line.entity,
        "name": line.name or None,
        "fact": line.claim or None,
        "title": shown.title,
        "url": shown.url or None,
        "reason": line.reason,
        "differences": [
            {
                "field": diff.label,
                "before": _text(diff.parts, "ins"),
                "after": _text(diff.parts, "del"),
            }
            for diff in shown.diffs
        ],
    }


def _text(parts: Any, without: str) -> str:
    return "".join(part.text for part in parts if part.op != without)


class _Feed(Atom1Feed):
    """A feed that is the same whenever it is asked for: an empty one is as old as its first day."""

    def __init__(self, *args: Any, begins: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        self._begins = begins

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=self._begins)


@require_safe
@conditional_page
def feed(request: HttpRequest, first: str, last: str = "") -> HttpResponse:
    asked = _read(request, first, last)
    found = since(asked.scope, asked.start, asked.end, name=asked.name, limit=FEED)
    host = request.get_host().partition(":")[0]
    atom = _Feed(
        begins=asked.start,
        title=f"{title_of(asked)} — Contrechamp",
        link=request.build_absolute_uri(asked.url()),
        description="",
        language=get_language(),
        feed_url=request.build_absolute_uri(),
        feed_guid=f"tag:{host},2026:{request.get_full_path()}",
    )
    for line, shown in zip(found.lines, found.shown, strict=True):
        atom.add_item(
            title=shown.title,
            link=request.build_absolute_uri(shown.url or asked.url()),
            description=_described(shown),
            unique_id=f"tag:{host},2026:census/{line.cursor}",
            updateddate=line.at,
            pubdate=line.at,
            author_name=line.by,
        )
    body = atom.writeString("utf-8")
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def _described(shown: ShownChange) -> str:
    """Say what happened and, word for word, what was before and after."""
    said = [shown.what_label, shown.reason]
    for diff in shown.diffs:
        before, after = _text(diff.parts, "ins") or "—", _text(diff.parts, "del") or "—"
        said.append(f"{diff.label}{gettext(' : ')}{before} → {after}")
    return ". ".join(part for part in said if part)
