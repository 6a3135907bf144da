"""Dates as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.kernel.errors import Refused
from contrechamp.kernel.uncertain import UncertainDate, overlaps, parse, span

DAYS = st.dates(date(1800, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2018-02", date(2018, 2, 1), date(2018, 2, 28)),
        ("2018-11-03", date(2018, 11, 3), date(2018, 11, 3)),
        ("03/11/2018", date(2018, 11, 3), date(2018, 11, 3)),
        ("3 novembre 2018", date(2018, 11, 3), date(2018, 11, 3)),
        ("1er août 2018", date(2018, 8, 1), date(2018, 8, 1)),
        ("Février 2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("avant 2019", None, date(2018, 12, 31)),
        ("<2019", None, date(2018, 12, 31)),
        ("après 2017", date(2018, 1, 1), None),
        (">2017-03", date(2017, 4, 1), None),
        ("depuis 2017", date(2017, 1, 1), None),
        ("vers 2018", date(2017, 1, 1), date(2019, 12, 31)),
        ("~2018-01", date(2017, 12, 1), date(2018, 2, 28)),
        ("~2018-01-15", date(2018, 1, 1), date(2018, 1, 29)),
        ("2017/2019", date(2017, 1, 1), date(2019, 12, 31)),
        ("2017-05 / 2017-06-02", date(2017, 5, 1), date(2017, 6, 2)),
    ],
)
def test_a_date_has_the_bounds_that_its_words_leave(
    text: str, earliest: date | None, latest: date | None
) -> None:
    assert (parse(text).earliest, parse(text).latest) == (earliest, latest)


def test_what_was_written_is_kept() -> None:
    assert str(parse("  vers   2018 ")) == "vers 2018"


def test_nothing_is_an_unknown_date() -> None:
    assert parse(" ") == UncertainDate()
    assert not parse("").is_known
    assert parse("avant 2019").is_known


@pytest.mark.parametrize(
    "text",
    [
        "0218-10-29",
        "2018-13",
        "2018-00",
        "2018-02-30",
        "31/02/2018",
        "3 brumaire 2018",
        "hier",
        "2019/2017",
        "avant hier",
        "après demain",
        "vers midi",
        "2017/",
        "2017-99/2018",
        "<script>",
    ],
)
def test_what_is_no_date_is_refused_with_the_name_of_the_field(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(text, field="date de début")
    assert "date de début" in str(refused.value)


@given(DAYS)
def test_a_day_is_read_as_itself(day: date) -> None:
    assert parse(day.isoformat()) == UncertainDate(day.isoformat(), day, day)


@given(DAYS, st.sampled_from(["{}", "avant {}", "après {}", "vers {}", "depuis {}"]))
def test_reading_what_is_shown_gives_the_same(day: date, pattern: str) -> None:
    for precision in (4, 7, 10):
        said = parse(pattern.format(day.isoformat()[:precision]))
        assert parse(str(said)) == said


@given(DAYS)
def test_a_month_lies_in_its_year_and_a_day_in_its_month(day: date) -> None:
    year, month = parse(day.isoformat()[:4]), parse(day.isoformat()[:7])
    bounds = (year.earliest, month.earliest, day, month.latest, year.latest)
    known = [each for each in bounds if each is not None]
    assert len(known) == 5
    assert known == sorted(known)


@given(DAYS, DAYS)
def test_overlap_is_the_same_from_both_sides(one: date, other: date) -> None:
    a, b = parse(one.isoformat()), parse(other.isoformat())
    assert overlaps(a, b) == overlaps(b, a) == (one == other)
    assert overlaps(a, UncertainDate())


def test_a_time_is_as_long_as_its_ends_allow() -> None:
    assert overlaps(span(parse("2018"), parse("")), parse("2025"))
    assert not overlaps(span(parse("2018"), parse("2019")), parse("2020"))
    assert overlaps(span(parse(""), parse("avant 2019")), parse("2010"))
