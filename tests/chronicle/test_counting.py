"""Counting in time: every number has its day, and what is kept is kept from the start."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.census.published import Chosen, Tally, tallies
from contrechamp.chronicle.domain import UNITS, Period, pile
from contrechamp.chronicle.queries import Counted, counted, facts_between, numbered_facts
from tests.observatory import observatory
from tests.people import Person

FIRST = date(2020, 1, 1)
DAYS = st.integers(0, 9).map(lambda number: FIRST + timedelta(number))


@given(st.lists(st.tuples(DAYS, st.integers(1, 4)), min_size=1), st.data())
def test_the_days_of_a_page_hold_its_facts(
    rows: list[tuple[date, int]], data: st.DataObject
) -> None:
    within = [
        Tally(property="x", earliest=day, from_latest=day, latest=day, day=day, count=count)
        for day, count in sorted(rows)
    ]
    every = [tally.day for tally in within for _ in range(tally.count)]
    found = Counted(within, within, 0)
    start = data.draw(st.integers(0, len(every)))
    stop = data.draw(st.integers(start, len(every)))
    where = found.between(start, stop)
    if where is None:
        assert start == stop
        return
    (first, last), before = where
    near = [day for day in every if first <= day <= last]
    assert near[start - before : stop - before] == every[start:stop]


def test_too_many_piles_are_drawn_by_a_larger_unit() -> None:
    rows = [("budget", day, day, day, 1) for day in (date(2020, m, 1) for m in range(1, 13))]
    month, quarter = UNITS.index("month"), 4
    assert len(pile(rows, month, 12)) == 12
    assert len(pile(rows, month, 11)) == quarter
    assert sum(pile(rows, month, 1).values()) == 12


@pytest.mark.django_db
def test_counted_before_is_what_the_database_counts(marianne: Person, amina: Person) -> None:
    assert marianne.user
    assert amina.user
    observatory(author=marianne.user, editor=amina.user)
    statuses = ("ALLEGED", "DOCUMENTED", "VERIFIED", "CONTRADICTED")
    assert tallies(Chosen()) == tallies(Chosen(statuses=statuses))
    for period in (Period(), Period(date(2019, 1, 1), date(2023, 12, 31))):
        chosen = Chosen(first=period.first, last=period.last)
        found = counted(Chosen(), period, "a test")
        every = [fact.id for fact in facts_between(chosen)]
        assert len(every) == found.count > 0
        one_by_one = [numbered_facts(chosen, found, n, n + 1) for n in range(found.count)]
        assert [fact.id for (fact,) in one_by_one] == every
