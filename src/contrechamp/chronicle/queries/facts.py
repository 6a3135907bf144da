"""Dated facts: counted once per public edition, read by the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from itertools import accumulate, islice

from django.db import connection
from django.utils.timezone import localtime

from contrechamp.census import published
from contrechamp.census.published import Chosen, Fact, Tally
from contrechamp.chronicle.domain import Period, Pile, pile
from contrechamp.foundation.kept import Kept

NewsCounts = dict[tuple[date, str, bool], int]
"""Lines of the public history by day, what they say, and whether of a fact."""
_COUNTED: Kept[Counted] = Kept(most=32)
_PERIODS: Kept[Counted] = Kept(most=32)
_NEWS: Kept[NewsCounts] = Kept(most=32)
_TECHNOLOGIES: Kept[list[tuple[str, str]]] = Kept(most=2)
PART = 500
MOST_TECHNOLOGIES = 100
MOST_UNDATED = 15


@dataclass(frozen=True)
class Counted:
    """What is dated in a choice of facts, in one period of it, and what is not dated.

    Kept for an edition: what is counted on the way is counted once.
    """

    all: Sequence[Tally]
    within: Sequence[Tally]
    undated: int
    undated_claims: Sequence[str] = ()
    """Of the first that have no date."""

    @cached_property
    def total(self) -> int:
        return sum(tally.count for tally in self.all)

    @cached_property
    def count(self) -> int:
        return sum(tally.count for tally in self.within)

    @cached_property
    def extent(self) -> Period:
        """Return the days between which all of it lies."""
        firsts = [day for t in self.all if (day := t.earliest or t.from_latest or t.latest)]
        lasts = [day for t in self.all if (day := t.latest or t.from_latest or t.earliest)]
        return Period(min(firsts, default=None), max(lasts, default=None))

    @cached_property
    def years(self) -> dict[int, int]:
        """Return how many facts begin in each year."""
        found: dict[int, int] = {}
        for tally in self.all:
            if day := tally.earliest or tally.from_latest or tally.latest:
                found[day.year] = found.get(day.year, 0) + tally.count
        return dict(sorted(found.items()))

    def piles(self, finest: int, most: int) -> dict[Pile, int]:
        """Return how many facts lie together, by the finest unit of at most so many piles."""
        key = f"{finest} {most}"
        known: dict[str, dict[Pile, int]] = self.__dict__.setdefault("_piles", {})
        if key not in known:
            rows = ((t.property, t.earliest, t.from_latest, t.latest, t.count) for t in self.within)
            known[key] = pile(rows, finest, most)
        return known[key]

    def between(self, start: int, stop: int) -> tuple[tuple[date, date], int] | None:
        """Return the days that hold the facts of these numbers, and how many lie before them."""
        ends = self._ends
        first = bisect_right(ends, start)
        if first >= len(self.within) or stop <= start:
            return None
        last = min(bisect_right(ends, stop - 1), len(self.within) - 1)
        day = self.within[first].day
        while first and self.within[first - 1].day == day:
            first -= 1
        return (day, self.within[last].day), ends[first - 1] if first else 0

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(tally.count for tally in self.within))


def counted(chosen: Chosen, period: Period, name: str) -> Counted:
    """Count the facts of a choice, which has no period. `name`: of it, for what is kept."""
    word, base = published.edition(), f"{connection.settings_dict['NAME']} {name}"
    every = _COUNTED.get(base, word, lambda: _count(chosen))
    if period.is_all:
        return every
    name = f"{base} {period.first} {period.last}"
    return _PERIODS.get(name, word, lambda: _narrowed(every, period))


def _narrowed(every: Counted, period: Period) -> Counted:
    within = [tally for tally in every.all if _touches(tally, period)]
    return replace(every, within=within)


def _count(chosen: Chosen) -> Counted:
    found = published.tallies(chosen)
    undated = published.undated_claims(chosen, MOST_UNDATED + 1)
    is_more = len(undated) > MOST_UNDATED
    count = published.undated_count(chosen) if is_more else len(undated)
    return Counted(found, found, count, undated[:MOST_UNDATED])


def _touches(tally: Tally, period: Period) -> bool:
    """Answer whether its bounds reach into a period: the same rule as `published.dated_facts`."""
    if period.last and tally.earliest and tally.earliest > period.last:
        return False
    end = tally.latest or tally.from_latest
    return not (period.first and end and end < period.first)


def numbered_facts(chosen: Chosen, found: Counted, start: int, stop: int) -> list[Fact]:
    """Return dated facts of a choice by their numbers in the order of time."""
    where = found.between(start, min(stop, found.count))
    if where is None:
        return []
    days, before = where
    return published.dated_facts(chosen, start - before, stop - before, days)


def facts_between(chosen: Chosen) -> Iterator[Fact]:
    """Yield all dated facts of a choice in the order of time, part by part."""
    claims = published.dated_claims(chosen)
    while part := list(islice(claims, PART)):
        found = published.find_facts(part)
        yield from (found[key] for key in part if key in found)


def technologies(chosen: str) -> list[tuple[str, str]]:
    """Return identifier and name of the techniques of which most is said, and of the chosen one."""
    found = _TECHNOLOGIES.get(connection.settings_dict["NAME"], published.edition(), _technologies)
    if chosen and chosen not in dict(found) and (record := published.find_record(chosen)):
        return [(record.id, record.name), *found]
    return found


def _technologies() -> list[tuple[str, str]]:
    every = sorted(published.records("technology"), key=lambda r: (-r.counts.get("facts", 0), r.id))
    most = sorted(every[:MOST_TECHNOLOGIES], key=lambda r: r.name.casefold())
    return [(record.id, record.name) for record in most]


def news_counts(
    ids: frozenset[str] | None, since: datetime, until: datetime | None, name: str
) -> NewsCounts:
    """Count lines of the public history between two mornings. `name`: of the records."""
    every = _NEWS.get(
        f"{connection.settings_dict['NAME']} {name}",
        published.edition(),
        lambda: published.change_counts(ids=ids),
    )
    first, last = localtime(since).date(), localtime(until).date() if until else date.max
    return {key: count for key, count in every.items() if first <= key[0] < last}
