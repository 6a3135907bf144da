"""Dates and amounts as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.kernel.errors import Refused
from contrechamp.search.domain import Bounds, limits, parse
from contrechamp.search.domain.ranges import read_amounts, read_days


def days(first: date | None, last: date | None) -> Bounds:
    return Bounds("day", first.toordinal() if first else None, last.toordinal() if last else None)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("date:2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("date:2021..2024", date(2021, 1, 1), date(2024, 12, 31)),
        ("date:2021-2024", date(2021, 1, 1), date(2024, 12, 31)),
        ("date:2021-03..2021-05-02", date(2021, 3, 1), date(2021, 5, 2)),
        ("date:2021..", date(2021, 1, 1), None),
        ("date:..2021", None, date(2021, 12, 31)),
        ("date:<2021", None, date(2020, 12, 31)),
        ("date:~2021", date(2020, 1, 1), date(2022, 12, 31)),
        ("depuis:2024-03", date(2024, 3, 1), None),
        ("after:2022", date(2023, 1, 1), None),
        ("après:2022", date(2023, 1, 1), None),
        ("avant:2022", None, date(2021, 12, 31)),
        ("avant:03/11/2021", None, date(2021, 11, 2)),
        ('depuis:"mars 2021"', date(2021, 3, 1), None),
    ],
)
def test_a_period_is_read(typed: str, first: date | None, last: date | None) -> None:
    parsed = parse(typed)
    assert parsed.bounds == (days(first, last),)
    assert (parsed.clauses, parsed.problems) == ((), ())


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("montant:>50000", 50_000.01, None),
        ("montant:>=50000", 50_000, None),
        ("montant:<1000", None, 999.99),
        ("montant:10000..50000", 10_000, 50_000),
        ("montant:50000", 50_000, 50_000),
        ('montant:"2,5 M€.."', 2_500_000, None),
        ("montant:50k..", 50_000, None),
    ],
)
def test_an_amount_is_read(typed: str, low: float | None, high: float | None) -> None:
    assert parse(typed).bounds == (Bounds("amount", low, high),)


@pytest.mark.parametrize(
    "typed",
    [
        *("date:demain", "date:2024..2021", "date:..", "depuis:9999", "avant:<2020", "-date:2021"),
        *("montant:beaucoup", "montant:..", "montant:9..1", "date:0218-10-29", "montant:>"),
    ],
)
def test_what_cannot_be_applied_is_said_and_the_words_are_sought(typed: str) -> None:
    parsed = parse(f"caméras {typed}")
    assert parsed.bounds == ()
    (problem,) = parsed.problems
    assert problem.text == typed
    assert [clause.atoms[0].words for clause in parsed.clauses] == [("cameras",)]


@given(st.text(max_size=30), st.sampled_from(["date", "since", "after", "before", "until"]))
def test_a_period_is_read_or_refused(text: str, how: str) -> None:
    try:
        bounds = read_days(how, text)
    except Refused:
        return
    assert bounds.low is not None or bounds.high is not None
    assert bounds.low is None or bounds.high is None or bounds.low <= bounds.high


@given(st.text(alphabet="0123456789.,<>= €kM", max_size=15))
def test_an_amount_is_read_or_refused(text: str) -> None:
    try:
        bounds = read_amounts(text)
    except Refused:
        return
    assert bounds.low is None or bounds.high is None or bounds.low <= bounds.high


@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)))
def test_a_day_is_its_own_period(day: date) -> None:
    assert read_days("date", day.isoformat()) == days(day, day)
    assert limits(day.isoformat(), day.isoformat(), "", "")[1] == []


def test_the_fields_of_the_form_are_read_each_by_itself() -> None:
    bounds, problems = limits("2021", "jamais", "x", "50 000 €")
    assert bounds == [days(date(2021, 1, 1), None), Bounds("amount", None, 50_000)]
    assert [each.field for each in problems] == ["until", "least"]


def test_a_pair_that_ends_before_it_begins_is_not_applied() -> None:
    bounds, (problem,) = limits("2024", "2021", "", "")
    assert bounds == []
    assert problem.field == "until"
