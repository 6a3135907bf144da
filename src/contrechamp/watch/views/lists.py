"""Lists of acts: of a week, of a filter, those still open to challenge, those that end soon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.census import published as census
from contrechamp.foundation.copying import localdate
from contrechamp.foundation.vocabulary import label, terms
from contrechamp.places import queries as places
from contrechamp.watch import published
from contrechamp.watch.domain.deadline import due_until
from contrechamp.watch.forms import Ask, monday, read_ask, week_of
from contrechamp.watch.shown import ShownAct, shown

PER_PAGE = 40
WEEKS = 8
MOST = 120
"""Lines of one page: more would weigh over 150 kB."""
MOST_OF_WEEK = 2_000
SHOWN_OF_GROUP = 15
"""Acts of one département that a week shows; the rest is a page away."""


@dataclass(frozen=True, slots=True)
class Group:
    """The acts of one département."""

    name: str
    url: str
    lines: list[ShownAct]
    count: int
    left: int
    """How many are not shown; none when it is below 1."""


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another week or another filter."""

    label: str
    url: str
    is_current: bool = False
    count: int = 0


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """Show the acts of a week by département; narrowed without a week, all of them by pages."""
    ask, today = read_ask(request.GET), localdate()
    if ask.query and ask.week is None:
        return _all(request, ask, today)
    first = ask.week or monday(today)
    end = _morning(first + timedelta(7))
    found = acts_of_week(ask, today)
    groups = _grouped(found, today, most=MOST if ask.filter.departement else SHOWN_OF_GROUP)
    lines = [line for group in groups for line in group.lines]
    context = {
        "first": first,
        "last": first + timedelta(6),
        "is_this_week": first == monday(today),
        "groups": groups,
        "lines": lines,
        "weeks": _weeks(first, end, ask),
        "next_week": _week_url(first + timedelta(7), ask) if first < monday(today) else "",
        "twins": _twins(lines),
    }
    context = around(ask, "watch:week") | context
    if ask.week:
        context["data_query"] = _week_url(first, ask).removeprefix(reverse("watch:week"))
    return render(request, "watch/week.html", context)


def acts_of_week(ask: Ask, today: date) -> list[published.Act]:
    """Return the acts that became public in the week of an address, else in this one."""
    first = ask.week or monday(today)
    start, end = _morning(first), _morning(first + timedelta(7))
    return published.acts_between(start, end, ask.filter, MOST_OF_WEEK)


def _all(request: HttpRequest, ask: Ask, today: date) -> HttpResponse:
    page = Paginator(published.filtered(ask.filter), PER_PAGE).get_page(request.GET.get("page"))
    lines = shown(published.acts_of(page.object_list), today)
    context = {"page": page, "lines": lines, "twins": _twins(lines)}
    return render(request, "watch/list.html", context | around(ask, "watch:week"))


@require_safe
def still_open(request: HttpRequest) -> HttpResponse:
    ask, today = read_ask(request.GET), localdate()
    lines = open_lines(ask, today)
    context = {"lines": lines[:MOST], "total": len(lines), "today": today}
    return render(request, "watch/open.html", context | around(ask, "watch:open"))


@require_safe
def renewals(request: HttpRequest) -> HttpResponse:
    ask, today = read_ask(request.GET), localdate()
    lines = renewal_lines(ask, today)
    later = None if lines else published.next_due(today, ask.filter)
    context = {"lines": lines[:MOST], "total": len(lines), "today": today, "later": later}
    return render(request, "watch/renewals.html", context | around(ask, "watch:renewals"))


def open_lines(ask: Ask, today: date) -> list[ShownAct]:
    """Return the acts that can be challenged on a day, the soonest first."""
    lines = shown(published.open_acts(today, ask.filter), today)
    return [line for line in lines if line.window and line.window.is_open]


def renewal_lines(ask: Ask, today: date) -> list[ShownAct]:
    """Return the authorisations that end within a year of a day, the soonest first."""
    return shown(published.due_acts(today, due_until(today), ask.filter), today)


def around(ask: Ask, name: str) -> dict[str, Any]:
    """Return what every list has: what it is narrowed to, and the form that narrows it."""
    query = f"?{ask.query}" if ask.query else ""
    return {
        "ask": ask,
        "about": about(ask),
        "query": query,
        "data_query": query,
        "here_url": reverse(name),
        "chips": _chips(ask, name),
        "technologies": [
            (code, label("watched", code), code == ask.filter.technology)
            for code in terms("watched")
        ],
        "departements": [
            (one.code, f"{one.code} {one.name}", one.code == ask.filter.departement)
            for one in places.departements()
        ],
    }


def about(ask: Ask) -> str:
    """Say what a list is narrowed to, in a few words."""
    return " · ".join(words for words in _words(ask).values() if words)


def _words(ask: Ask) -> dict[str, str]:
    one = ask.filter
    known = places.territories(
        key for key in (one.territory, one.departement and f"departement:{one.departement}") if key
    )
    names = {key: territory.name for key, territory in known.items()}
    sorts = {"technology": gettext("techniques"), "measure": gettext("mesures")}
    return {
        "technique": label("watched", one.technology) if one.technology else "",
        "sorte": sorts.get(one.sort, ""),
        "departement": names.get(f"departement:{one.departement}", one.departement),
        "lieu": names.get(one.territory, one.territory),
        "entreprise": gettext("SIREN {number}").format(number=one.company) if one.company else "",
        "fiche": "".join(
            ref.name for ref in census.find_records(filter(None, [one.record])).values()
        ),
        "du": gettext("depuis le {day}").format(day=one.since) if one.since else "",
        "au": gettext("jusqu'au {day}").format(day=one.until) if one.until else "",
    }


def _chips(ask: Ask, name: str) -> list[Way]:
    base, values = reverse(name), {k: v for k, v in ask.values.items() if v}
    words = _words(ask)
    chips = []
    for key in values:
        kept = urlencode({k: v for k, v in values.items() if k != key})
        chips.append(Way(words[key], f"{base}?{kept}" if kept else base))
    return chips


def _grouped(acts: Sequence[published.Act], today: date, *, most: int) -> list[Group]:
    """Return the acts of each département: the first of them, and how many there are."""
    acts = sorted(acts, key=lambda act: (not act.filed_under, act.filed_under))
    known = places.territories({f"departement:{act.filed_under}" for act in acts})
    groups = []
    for code, some in groupby(acts, key=lambda act: act.filed_under):
        rows = list(some)
        found = known.get(f"departement:{code}")
        name = f"{found.name} ({code})" if found else gettext("Sans département")
        url = f"/actes?departement={code}" if found else ""
        groups.append(Group(name, url, shown(rows[:most], today), len(rows), len(rows) - most))
    return groups


def _twins(lines: Sequence[ShownAct]) -> dict[str, int]:
    return published.twin_counts([line.act.id for line in lines])


def _weeks(first: date, end: datetime, ask: Ask) -> list[Way]:
    """Return the weeks before that have something, each as a link."""
    found: dict[date, int] = {}
    for moment in published.moments_before(end, ask.filter):
        day = monday(localtime(moment).date())
        found[day] = found.get(day, 0) + 1
        if len(found) > WEEKS:
            break
    weeks = list(found.items())[: WEEKS if len(found) > WEEKS else None]
    return [Way(week_of(day), _week_url(day, ask), day == first, count) for day, count in weeks]


def _week_url(day: date, ask: Ask) -> str:
    query = urlencode({"semaine": week_of(day)})
    return f"{reverse('watch:week')}?{query}" + (f"&{ask.query}" if ask.query else "")


def _morning(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
