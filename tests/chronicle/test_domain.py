"""The rules of time, on plain values."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from contrechamp.chronicle.domain import (
    FAMILIES,
    Act,
    Entry,
    Period,
    calendar,
    family_of,
    heap_bounds,
    read_period,
    steps,
    terms_of,
    unit_of,
)
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.dates import add_months
from contrechamp.kernel.icalendar import escape, fold

DAYS = st.dates(date(1900, 1, 1), date(2150, 12, 31))
AT = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


def act(**known: object) -> Act:
    values: dict[str, object] = {
        "fact": "clm-a",
        "property": "authorising_act",
        "number": "83-2024-11-27-00010",
    }
    return Act(**{**values, **known})  # type: ignore[arg-type]


# Families


def test_every_property_has_a_lane_and_most_have_one_of_their_own() -> None:
    codes = [*terms("properties"), *terms("relations")]
    assert {family_of(code) for code in codes} <= set(FAMILIES)
    assert family_of("authorising_act") == "act"
    assert family_of("never_heard_of") == "other"


# The legal clock


def test_an_authorisation_of_video_protection_ends_after_five_years() -> None:
    day = date(2024, 11, 27)
    [term] = terms_of([act(decided_first=day, decided_last=day, is_video_protection=True)])
    assert (term.kind, term.ends_first, term.ends_last) == ("validity", *[date(2029, 11, 27)] * 2)
    assert term.basis == "CSI L252-4"
    assert term.to_check


def test_a_day_that_is_not_known_gives_no_known_end() -> None:
    [term] = terms_of(
        [
            act(
                decided_first=date(2024, 2, 1),
                decided_last=date(2024, 2, 29),
                is_video_protection=True,
            )
        ]
    )
    assert (term.ends_first, term.ends_last) == (date(2029, 2, 1), date(2029, 2, 28))


def test_nothing_is_derived_where_the_law_does_not_say_it() -> None:
    day = date(2024, 11, 27)
    signed = {"decided_first": day, "decided_last": day}
    assert terms_of([act(**signed)]) == [], "a flight of drones has no five years"
    assert terms_of([act(**signed, is_video_protection=True, ends_on=date(2025, 1, 1))]) == []
    assert terms_of([act(is_video_protection=True)]) == []
    changed = act(property="modifying_act", **signed, is_video_protection=True)
    assert terms_of([changed]) == [], "a change keeps the old end, which is not known"


def test_two_months_run_from_the_publication_and_from_nothing_else() -> None:
    [term] = terms_of([act(published_on=date(2024, 12, 31))])
    assert (term.kind, term.starts_on, term.ends_last) == (
        "challenge",
        date(2024, 12, 31),
        date(2025, 2, 28),
    )
    day = date(2024, 12, 20)
    assert terms_of([act(decided_first=day, decided_last=day)]) == []
    assert terms_of([act(property="refusing_act", published_on=day)]) == []


@given(st.lists(st.tuples(DAYS, DAYS), max_size=8))
def test_a_later_act_never_ends_earlier(days: list[tuple[date, date]]) -> None:
    acts = [
        act(fact=f"clm-{n}", decided_first=min(d), decided_last=max(d), is_video_protection=True)
        for n, d in enumerate(days)
    ]
    found = {term.fact: term for term in terms_of(acts)}
    for one in acts:
        term = found[one.fact]
        assert term.ends_first <= term.ends_last
        assert term.ends_first == add_months(one.decided_first or date.min, 60)
    by_start = sorted(found.values(), key=lambda term: term.starts_on)
    assert [t.ends_last for t in by_start] == sorted(t.ends_last for t in by_start)


# Periods


def test_a_period_is_written_as_people_write_dates() -> None:
    assert read_period("2023", "") == (Period(date(2023, 1, 1)), ())
    assert read_period("2023-02", "2024")[0] == Period(date(2023, 2, 1), date(2024, 12, 31))
    assert read_period("mars 2023", "mars 2023")[0] == Period(date(2023, 3, 1), date(2023, 3, 31))
    assert read_period("2024", "2020")[0] == Period(date(2020, 1, 1), date(2024, 12, 31))
    assert read_period("", "")[0].is_all


def test_what_is_no_date_is_told_and_left_out() -> None:
    assert read_period("hier", "2024") == (Period(None, date(2024, 12, 31)), ("hier",))
    assert read_period("2024-02-31", "9999999")[1] == ("2024-02-31", "9999999")


def test_from_a_year_one_goes_to_the_year_before_and_after() -> None:
    extent = Period(date(2010, 5, 1), date(2026, 1, 1))
    found = {
        step.code: (step.first, step.last)
        for step in steps(Period(date(2023, 1, 1), date(2023, 12, 31)), extent)
    }
    assert found["earlier"] == (date(2022, 1, 1), date(2022, 12, 31))
    assert found["later"] == (date(2024, 1, 1), date(2024, 12, 31))
    assert found["farther"] == (date(2022, 1, 1), date(2024, 12, 31))
    assert steps(Period(), extent) == []


@given(DAYS, st.integers(0, 90_000))
def test_the_ways_from_a_period_touch_it_and_do_not_overlap_it(first: date, days: int) -> None:
    last = min(first + timedelta(days), date(2400, 1, 1))
    for step in steps(Period(first, last), Period(date(1, 1, 3), date(9998, 1, 1))):
        assert step.first <= step.last
        if step.code == "earlier":
            assert step.last == first - timedelta(1)
        if step.code == "later":
            assert step.first == last + timedelta(1)


def test_the_shorter_the_period_the_smaller_what_is_drawn_together() -> None:
    assert unit_of(date(2024, 1, 1), date(2024, 2, 28)) == "day"
    assert unit_of(date(2024, 1, 1), date(2024, 12, 31)) == "month"
    assert unit_of(date(2000, 1, 1), date(2024, 12, 31)) == "quarter"
    assert unit_of(date(1900, 1, 1), date(2024, 12, 31)) == "year"


def test_a_year_is_no_day_of_january() -> None:
    year = (date(2020, 1, 1), date(2020, 12, 31))
    assert heap_bounds(*year, None, "month") == (*year, True)
    assert heap_bounds(*year, None, "year") == (*year, False)
    day = date(2020, 2, 14)
    assert heap_bounds(day, day, None, "month") == (date(2020, 2, 1), date(2020, 2, 29), False)
    assert heap_bounds(None, None, day, "month") == (*year, True), "before a day: no month"
    assert heap_bounds(None, None, day, "day") == (date(2020, 2, 1), date(2020, 2, 29), True)
    assert heap_bounds(None, None, None, "month") is None


@given(DAYS, DAYS, st.sampled_from(["day", "month", "quarter", "year"]))
def test_a_heap_covers_the_days_that_a_date_may_mean(one: date, other: date, unit: str) -> None:
    first, last = min(one, other), max(one, other)
    bounds = heap_bounds(first, last, None, unit)
    assert bounds
    assert bounds[0] <= first
    assert bounds[1] >= last


# Calendars


def entry(**known: object) -> Entry:
    values: dict[str, object] = {
        "key": "clm-a",
        "title": "Décidé",
        "first": date(2021, 3, 14),
        "last": date(2021, 3, 14),
        "at": AT,
    }
    return Entry(**{**values, **known})  # type: ignore[arg-type]


def written(*entries: Entry) -> list[str]:
    text = "".join(calendar(entries, host="exemple.fr", name="Nice"))
    return text.replace("\r\n ", "").split("\r\n")


def test_a_day_is_an_event_of_that_whole_day() -> None:
    lines = written(entry())
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "VERSION:2.0" in lines
    assert "UID:clm-a@exemple.fr" in lines
    assert "DTSTART;VALUE=DATE:20210314" in lines
    assert "DTEND;VALUE=DATE:20210315" in lines, "the end is the day after (RFC 5545, 3.6.1)"
    assert "DTSTAMP:20260302T103000Z" in lines
    assert "STATUS:CONFIRMED" in lines
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_a_date_that_is_not_sure_covers_all_its_days_and_says_so() -> None:
    month = entry(
        last=date(2021, 3, 31), first=date(2021, 3, 1), is_sure=False, description="mars 2021"
    )
    lines = written(month)
    assert "DTSTART;VALUE=DATE:20210301" in lines
    assert "DTEND;VALUE=DATE:20210401" in lines
    assert "STATUS:TENTATIVE" in lines
    assert "DESCRIPTION:mars 2021" in lines


def test_signs_of_the_format_are_escaped() -> None:
    assert escape("a;b,c\\d\r\ne\nf") == "a\\;b\\,c\\\\d\\ne\\nf"
    assert escape("a\x00\x1bb\tc") == "abc"


def test_the_last_day_of_all_does_not_crash() -> None:
    assert "DTEND;VALUE=DATE:99991231" in written(entry(last=date.max))


@given(st.text(max_size=400))
def test_no_line_is_longer_than_75_octets_and_none_is_lost(text: str) -> None:
    whole = f"SUMMARY:{escape(text)}"
    lines = fold(whole).split("\r\n")
    assert all(len(line.encode("utf-8", "surrogatepass")) <= 75 for line in lines)
    assert lines[0] + "".join(line[1:] for line in lines[1:]) == whole


@tries(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=80), DAYS, DAYS), max_size=5))
def test_a_calendar_reads_back_what_was_written(found: list[tuple[str, date, date]]) -> None:
    entries = [
        entry(key=f"k{n}", title=text, first=min(a, b), last=max(a, b))
        for n, (text, a, b) in enumerate(found)
    ]
    lines = written(*entries)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(found)
    starts = [line[-8:] for line in lines if line.startswith("DTSTART")]
    assert starts == [f"{min(a, b):%Y%m%d}" for _, a, b in found]
