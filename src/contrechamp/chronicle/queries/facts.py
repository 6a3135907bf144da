"""Dated facts: counted once per public edition, read by the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from contrechamp.census import published
from contrechamp.census.published import Chosen, Fact, Tally
from contrechamp.chronicle.domain import Period
from contrechamp.chronicle.models import Stamp
from contrechamp.foundation.kept import Kept

_TALLIES: Kept[list[Tally]] = Kept(most=32)
PART = 500


def stamp() -> str:
    """Return the word for what is public now; empty before the first change."""
    return Stamp.objects.values_list("word", flat=True).first() or ""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is dated in a choice of facts, and in one period of it."""

    all: list[Tally]
    within: list[Tally]

    @property
    def total(self) -> int:
        return sum(tally.count for tally in self.all)

    @property
    def count(self) -> int:
        return sum(tally.count for tally in self.within)

    @property
    def extent(self) -> Period:
        """Return the days between which all of it lies."""
        firsts = [day for t in self.all if (day := t.earliest or t.from_latest or t.latest)]
        lasts = [day for t in self.all if (day := t.latest or t.from_latest or t.earliest)]
        return Period(min(firsts, default=None), max(lasts, default=None))

    @property
    def years(self) -> dict[int, int]:
        """Return how many facts begin in each year."""
        found: dict[int, int] = {}
        for tally in self.all:
            if day := tally.earliest or tally.from_latest or tally.latest:
                found[day.year] = found.get(day.year, 0) + tally.count
        return dict(sorted(found.items()))


def counted(chosen: Chosen, period: Period, name: str) -> Counted:
    """Count dated facts. `name`: of the choice, for what is kept."""
    every = _TALLIES.get(
        f"{connection.settings_dict['NAME']} {name}", stamp(), lambda: published.tallies(chosen)
    )
    if period.is_all:
        return Counted(every, every)
    return Counted(every, [tally for tally in every if _touches(tally, period)])


def _touches(tally: Tally, period: Period) -> bool:
    """Answer whether its bounds reach into a period: the same rule as `published.dated_facts`."""
    if period.last and tally.earliest and tally.earliest > period.last:
        return False
    end = tally.latest or tally.from_latest
    return not (period.first and end and end < period.first)


def facts_between(chosen: Chosen) -> Iterator[Fact]:
    """Yield all dated facts of a choice in the order of time, part by part."""
    start = 0
    while part := published.dated_facts(chosen, start, start + PART):
        yield from part
        start += PART
