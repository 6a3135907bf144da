"""The page of a timeline: the drawing, the list that says the same, and the ways from there."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload
from urllib.parse import urlencode

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from contrechamp.census import published
from contrechamp.census.published import Chosen, Fact
from contrechamp.chronicle.domain import (
    FAMILIES,
    UNITS,
    Period,
    steps,
    unit_of,
)
from contrechamp.chronicle.forms import SHOWN_AT_FIRST, Ask, morning, night
from contrechamp.chronicle.queries import (
    Counted,
    Scope,
    counted,
    news_counts,
    numbered_facts,
    papers,
)
from contrechamp.foundation.copying import localdate
from contrechamp.foundation.words import written
from contrechamp.ui.domain.timeline import Drawing, Event, Heap, draw, draw_heaps

from .acts import clock_events, court_events, inside
from .rows import fact_events, paper_event

MOST_MARKS = 40
"""More than can be read one by one are drawn together."""
MOST_HEAPS = 90
"""More columns than these, and the unit is a larger one."""
PER_PAGE = 25
MOST_PAPERS = 15
MOST_YEARS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A link to another period."""

    label: str
    query: str
    count: int | None = None
    is_here: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One period of the table that says what a drawing of heaps shows."""

    label: str
    query: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(slots=True, kw_only=True)
class Page:
    """All of the page."""

    scope: Scope
    count: int
    total: int
    drawing: Drawing | None
    sentence: str
    events: tuple[Event, ...]
    pages: ListPage[Event] | None
    lines: tuple[Line, ...]
    columns: tuple[str, ...]
    undated: tuple[Event, ...]
    undated_count: int
    ways: tuple[Way, ...]
    years: tuple[Way, ...]
    months: tuple[Way, ...]
    period_text: str
    encoded: str

    @property
    def is_grouped(self) -> bool:
        return self.pages is not None


class _InOrder(Sequence[Event]):
    """Dated facts by their number, read as they are asked for."""

    def __init__(self, chosen: Chosen, found: Counted, scope: Scope) -> None:
        self._chosen, self._found, self._scope = chosen, found, scope

    def __len__(self) -> int:
        return self._found.count

    @overload
    def __getitem__(self, at: int) -> Event: ...

    @overload
    def __getitem__(self, at: slice) -> list[Event]: ...

    def __getitem__(self, at: int | slice) -> Event | list[Event]:
        if isinstance(at, int):
            return self[at : at + 1][0]
        stop = len(self) if at.stop is None else at.stop
        facts = numbered_facts(self._chosen, self._found, at.start or 0, stop)
        return fact_events(facts, self._scope)


def chronicle(ask: Ask, scope: Scope, today: date) -> Page:
    """Gather what an address shows. `today` is drawn when it lies in the period."""
    chosen = ask.chosen(scope)
    whole = Chosen(ids=chosen.ids, kinds=chosen.kinds, statuses=chosen.statuses)
    found = counted(whole, ask.period, ask.name)
    without = published.find_facts(found.undated_claims)
    undated = [without[key] for key in found.undated_claims if key in without]
    is_grouped = found.count > MOST_MARKS
    facts = [] if is_grouped else numbered_facts(chosen, found, 0, MOST_MARKS)
    events = [] if is_grouped else _events(ask, scope, facts, undated)
    pages: ListPage[Event] | None = None
    lines: tuple[Line, ...] = ()
    heaps = _heaps(ask, found) if is_grouped else []
    if is_grouped:
        pages = Paginator(_InOrder(chosen, found, scope), PER_PAGE).get_page(ask.page)
        drawing = draw_heaps(
            heaps,
            lanes=_lanes(heaps),
            first=ask.period.first,
            last=ask.period.last,
            today=today,
        )
        lines = _lines(heaps)
        shown = tuple(pages.object_list)
    else:
        drawing = _drawn(events, ask, today)
        shown = drawing.events if drawing else ()
    return Page(
        scope=scope,
        count=found.count,
        total=found.total,
        drawing=drawing,
        sentence=_sentence(found.count, drawing),
        events=shown,
        pages=pages,
        lines=lines,
        columns=tuple(label for _, label in _lanes(heaps)),
        undated=tuple(fact_events(undated, scope)),
        undated_count=found.undated,
        ways=_ways(ask, found),
        years=_years(ask, found),
        months=_months(ask),
        period_text=period_text(ask.period),
        encoded=query_of(ask),
    )


def _events(ask: Ask, scope: Scope, facts: Sequence[Fact], undated: Sequence[Fact]) -> list[Event]:
    """Return what is drawn one by one: facts, and the lanes that were asked for."""
    resting = [*facts, *undated]
    events = fact_events(facts, scope)
    if "document" in ask.layers:
        cited = {proof.document for fact in resting for proof in fact.evidence if proof.document}
        events += [paper_event(paper) for paper in papers(scope, cited, ask.period, MOST_PAPERS)]
    if "clock" in ask.layers:
        events += [event for event in clock_events(facts) if inside(event, ask.period)]
    events += [one for one, _ in court_events(ask, scope)]
    if "news" in ask.layers:
        events += list(_news(ask, scope))
    return events


def _news(ask: Ask, scope: Scope) -> Iterator[Event]:
    since = morning(ask.period.first or date(2000, 1, 1))
    until = night(ask.period.last) if ask.period.last else None
    days: dict[date, int] = {}
    for (day, _, _), count in news_counts(scope.ids, since, until, ask.name).items():
        days[day] = days.get(day, 0) + count
    about = f"?{urlencode({'de': scope.key})}" if scope.key else ""
    for day, count in sorted(days.items())[-MOST_MARKS:]:
        yield Event(
            key=f"news-{day}",
            text=ngettext("{count} changement publié", "{count} changements publiés", count).format(
                count=count
            ),
            when=written(day, "j F Y"),
            url=f"/depuis/{day}/jusqu/{day}{about}",
            lane="news",
            earliest=day,
            from_latest=day,
            latest=day,
        )


def _drawn(events: Sequence[Event], ask: Ask, today: date) -> Drawing | None:
    lanes = [(code, gettext(label)) for code, label in FAMILIES.items()]
    return draw(events, lanes=lanes, first=ask.period.first, last=ask.period.last, today=today)


def _heaps(ask: Ask, found: Counted) -> list[Heap]:
    """Put dated facts together by family and unit of time."""
    extent = found.extent
    first = ask.period.first or extent.first or localdate()
    last = ask.period.last or extent.last or first
    finest = UNITS.index(unit_of(first, last))
    counts = found.piles(finest, MOST_HEAPS)
    return [
        Heap(
            lane=lane,
            first=start,
            last=end,
            count=count,
            text=_heap_text(lane, start, end, count),
            url=f"?{query_of(ask, du=start.isoformat(), au=end.isoformat())}",
            is_loose=is_loose,
        )
        for (lane, start, end, is_loose), count in sorted(counts.items())
        if end >= first and start <= last
    ]


def _heap_text(lane: str, first: date, last: date, count: int) -> str:
    facts = ngettext("{count} fait", "{count} faits", count).format(count=count)
    return f"{span_text(first, last)}{gettext(' : ')}{facts} ({gettext(FAMILIES[lane])})"


def _lanes(heaps: Sequence[Heap]) -> list[tuple[str, str]]:
    counts: dict[str, int] = {}
    for heap in heaps:
        counts[heap.lane] = counts.get(heap.lane, 0) + heap.count
    return [
        (code, f"{gettext(label)} ({counts[code]})")
        for code, label in FAMILIES.items()
        if code in counts
    ]


def _lines(heaps: Sequence[Heap]) -> tuple[Line, ...]:
    """Return the table that says the same as the columns, one line for each period."""
    codes = [code for code, _ in _lanes(heaps)]
    found: dict[tuple[date, date], dict[str, int]] = {}
    queries: dict[tuple[date, date], str] = {}
    for heap in heaps:
        counts = found.setdefault((heap.first, heap.last), {})
        counts[heap.lane] = counts.get(heap.lane, 0) + heap.count
        queries[heap.first, heap.last] = heap.url
    return tuple(
        Line(
            label=span_text(*bounds),
            query=queries[bounds],
            counts=tuple(counts.get(code, 0) for code in codes),
        )
        for bounds, counts in sorted(found.items())
    )


def _sentence(count: int, drawing: Drawing | None) -> str:
    if drawing is None:
        return ""
    return ngettext(
        "Chronologie : {count} fait daté, de {first} à {last}.",
        "Chronologie : {count} faits datés, de {first} à {last}.",
        count,
    ).format(count=count, first=drawing.first.year, last=drawing.last.year)


def _ways(ask: Ask, found: Counted) -> tuple[Way, ...]:
    labels = {
        "earlier": gettext("Plus tôt"),
        "later": gettext("Plus tard"),
        "farther": gettext("Voir plus large"),
    }
    ways = [
        Way(
            label=labels[step.code],
            query=query_of(ask, du=step.first.isoformat(), au=step.last.isoformat()),
            code=step.code,
        )
        for step in steps(ask.period, found.extent)
    ]
    if not ask.period.is_all:
        ways.append(
            Way(label=gettext("Toute la période"), query=query_of(ask, du="", au=""), code="all")
        )
    return tuple(ways)


def _years(ask: Ask, found: Counted) -> tuple[Way, ...]:
    """Return a link for each year; for each decade when the years are too many."""
    counts: Mapping[int, int] = found.years
    size = 1 if len(counts) <= MOST_YEARS else 10
    grouped: dict[int, int] = {}
    for year, count in counts.items():
        grouped[year - year % size] = grouped.get(year - year % size, 0) + count
    here = ask.period
    return tuple(
        Way(
            label=str(year) if size == 1 else f"{year}–{year + size - 1}",
            query=query_of(ask, du=f"{year:04}", au=f"{year + size - 1:04}"),
            count=count,
            is_here=here == Period(date(year, 1, 1), date(year + size - 1, 12, 31)),
        )
        for year, count in grouped.items()
    )


def _months(ask: Ask) -> tuple[Way, ...]:
    """Return a link for each month of the year that is shown."""
    first, last = ask.period.first, ask.period.last
    if not first or not last or first.year != last.year:
        return ()
    return tuple(
        Way(
            label=date_format(date(first.year, month, 1), "F"),
            query=query_of(ask, du=f"{first.year:04}-{month:02}", au=f"{first.year:04}-{month:02}"),
            is_here=first.month == last.month == month,
        )
        for month in range(1, 13)
    )


def query_of(ask: Ask, **changes: str) -> str:
    """Return the query of an address, with some of its values changed."""
    values: list[tuple[str, str]] = [("de", ask.of), ("lieu", ask.place)]
    values += [("technologie", ask.technology)]
    values += [("type", kind) for kind in ask.kinds]
    values += [("statut", status) for status in ask.statuses]
    if ask.layers != SHOWN_AT_FIRST:
        values += [("couches", "1"), *(("couche", layer) for layer in ask.layers)]
    values += [("du", changes.get("du", ask.start)), ("au", changes.get("au", ask.end))]
    return urlencode([(name, value) for name, value in values if value])


def period_text(period: Period) -> str:
    """Say which period is shown; empty when it is all."""
    if period.first and period.last:
        return span_text(period.first, period.last)
    if period.first:
        return gettext("depuis le {day}").format(day=written(period.first, "j F Y"))
    if period.last:
        return gettext("jusqu'au {day}").format(day=written(period.last, "j F Y"))
    return ""


def span_text(first: date, last: date) -> str:
    """Say from when to when, as shortly as is exact."""
    if first == last:
        return written(first, "j F Y")
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if whole_years:
        return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
    is_month = first.day == 1 and unit_last(first) == last
    if is_month:
        return date_format(first, "F Y")
    return gettext("du {first} au {last}").format(
        first=written(first, "j F Y"), last=written(last, "j F Y")
    )


def unit_last(first: date) -> date:
    """Return the last day of the month of a day."""
    return first.replace(day=monthrange(first.year, first.month)[1])
