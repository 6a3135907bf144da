"""What holds for every day: operators from 1982 to 2100, windows for whatever facts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.kernel.dates import add_months
from contrechamp.kernel.periods import add_worked, franc, is_worked, next_worked
from contrechamp.law.domain.clock import derive
from contrechamp.law.domain.facts import CALCULATOR, FILED, Event, ImpossibleOrder
from contrechamp.law.domain.formulas import OPERATORS
from contrechamp.law.domain.items import Item, Reading

DAY = timedelta(1)
days = st.dates(date(1982, 1, 1), date(2100, 12, 31))
months = st.integers(1, 60)
spans = st.builds(lambda first, more: (first, first + timedelta(more)), days, st.integers(0, 200))
facts = st.dictionaries(st.sampled_from((*CALCULATOR, *FILED)), spans, min_size=1, max_size=4)


def every_day(first: int, last: int) -> list[date]:
    start, end = date(first, 1, 1), date(last, 12, 31)
    return [start + DAY * n for n in range((end - start).days + 1)]


def items_of(said: dict[str, tuple[date, date]], reading: Reading) -> tuple[Item, ...]:
    try:
        events = [Event(name, *span) for name, span in said.items()]
        return derive(events, reading=reading, in_full=True)
    except ImpossibleOrder:
        return ()


@given(days, days, months)
def test_months_keep_the_order_of_days(one: date, other: date, n: int) -> None:
    assert add_months(min(one, other), n) <= add_months(max(one, other), n)


@given(days, months, months)
def test_one_addition_is_never_earlier_than_two(day: date, a: int, b: int) -> None:
    assert add_months(day, a + b) >= add_months(add_months(day, a), b)


@given(days, months)
def test_a_franc_period_ends_on_a_worked_day_after_the_month(day: date, n: int) -> None:
    assert next_worked(next_worked(day)) == next_worked(day)
    assert is_worked(franc(day, n))
    assert franc(day, n) > add_months(day, n)


@given(days, st.integers(1, 15))
def test_working_days_are_worked_and_counted(day: date, n: int) -> None:
    end = add_worked(day, n)
    assert is_worked(end)
    assert sum(is_worked(day + DAY * k) for k in range(1, (end - day).days + 1)) == n


@given(facts)
def test_days_are_in_order_in_every_reading(said: dict[str, tuple[date, date]]) -> None:
    usual, strict = items_of(said, Reading.USUAL), items_of(said, Reading.STRICT)
    assert {item.step for item in usual} == {item.step for item in strict}
    by_step = {item.step: item for item in strict}
    for item in usual:
        other = by_step[item.step]
        assert (item.not_before, item.act_by_safe) == (other.not_before, other.act_by_safe)
        ordered = [item.not_before, item.act_by_safe, other.last_day, item.last_day]
        known = [day for day in ordered if day]
        assert known == sorted(known)


@given(facts, st.sampled_from(list(Reading)))
def test_a_derivation_is_replayed(said: dict[str, tuple[date, date]], reading: Reading) -> None:
    for item in items_of(said, reading):
        found: dict[str, date] = {}
        for line in item.lines:
            assert OPERATORS[line.op](line.start, line.n) == line.result
            found[line.field] = line.result
        for field in ("not_before", "act_by_safe", "last_day"):
            assert found.get(field) == getattr(item, field)


@given(days, st.integers(0, 200))
def test_a_later_receipt_moves_no_safe_day_earlier_than_the_first(day: date, more: int) -> None:
    sure = derive([Event("received", day)])[1]
    unsure = derive([Event("received", day, day + DAY * more)])
    window = next(item for item in unsure if item.step == "cada")
    assert window.act_by_safe == sure.act_by_safe


@pytest.mark.parametrize("name", ["received", "cada_registered", "notified", "complaint_received"])
def test_every_day_from_2023_to_2035_gives_windows_in_order(name: str) -> None:
    for day in every_day(2023, 2035):
        for item in derive([Event(name, day)]):
            known = [one for one in (item.not_before, item.act_by_safe, item.last_day) if one]
            assert known == sorted(known)


def test_opinion_and_three_months_is_later_than_the_law_on_every_day_of_2025() -> None:
    delay = 52  # Days that the commission took on average in 2023.
    late, after_safe = [], []
    for day in every_day(2025, 2025):
        court = next(i for i in derive([Event("cada_registered", day)]) if i.step == "ta")
        assert court.last_day
        assert court.act_by_safe
        told = add_months(add_months(day + DAY * delay, 1), 2)
        late.append((told - court.last_day).days)
        after_safe.append((told - court.act_by_safe).days)
    # The figures of `docs/explanation/law-clock.md`.
    assert (min(late), max(late), round(sum(late) / len(late))) == (15, 23, 20)
    assert (min(after_safe), max(after_safe)) == (18, 24)


def test_thirty_days_moved_past_week_ends_are_not_a_month() -> None:
    told = [
        ((next_worked(day + DAY * 30)) - add_months(day, 1)).days for day in every_day(2024, 2028)
    ]
    assert len(told) == 1827
    shares = [100 * sum(ok(n) for n in told) / len(told) for ok in (zero, early, late)]
    assert [round(share, 1) for share in shares] == [32.0, 40.0, 28.1]
    assert max(told) <= 5


def zero(n: int) -> bool:
    return n == 0


def early(n: int) -> bool:
    return n < 0


def late(n: int) -> bool:
    return n > 0
