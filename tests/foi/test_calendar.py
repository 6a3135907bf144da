"""Deadlines in calendars, read back by a library that is not ours; reminders, each sent once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.foi.domain.calendar import Deadline, derived, description, entries
from contrechamp.foi.domain.reminders import Kind, Link, Reminder, Watched, due
from contrechamp.kernel.icalendar import Entry, calendar
from contrechamp.law.domain.reminding import ALARMS, unsent


@dataclass(frozen=True)
class Line:
    field: str
    op: str
    n: int
    result: date
    basis: str


@dataclass(frozen=True)
class Step:
    step: str = "cada"
    not_before: date | None = date(2026, 2, 16)
    act_by_safe: date | None = date(2026, 4, 14)
    last_day: date | None = date(2026, 4, 15)
    basis: tuple[str, ...] = ("CRPA R343-1", "CRPA R311-15")
    reading: str = "usual"
    lines: tuple[Line, ...] = (
        Line("anchor", "START", 0, date(2026, 1, 15), "event received"),
        Line("anchor", "M", 2, date(2026, 4, 15), "CRPA R343-1"),
        Line("act_by_safe", "DAYS", -1, date(2026, 4, 14), "strict reading"),
        Line("last_day", "R", 0, date(2026, 4, 15), "CPC 642"),
    )


AT = datetime(2026, 2, 16, 8, tzinfo=UTC)
ONE = Deadline(
    request="req-7h3kq0w2xz",
    item=Step(),
    title="Contrat; caméras, Montfleury",
    url="https://ici.example/demandes/req-7h3kq0w2xz",
    at=AT,
    sequence=3,
)


def read(*deadlines: Deadline, is_private: bool = True) -> list[Any]:
    made = entries(deadlines, is_private=is_private)
    text = "".join(calendar(made, host="ici.example", name="Échéances"))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    known: Any = icalendar.Calendar.from_ical(text)
    assert known.errors == []
    events = list(known.walk("VEVENT"))
    assert all(event.errors == [] for event in events)
    return events


def test_the_safe_day_rings_and_the_usual_last_day_does_not() -> None:
    first, second = read(ONE)
    assert first["DTSTART"].dt == date(2026, 4, 14)
    assert first["SUMMARY"] == "Saisir la CADA – Contrat; caméras, Montfleury"
    assert first["TRANSP"] == "TRANSPARENT"
    assert first["SEQUENCE"] == 3
    rings = [alarm["TRIGGER"].dt for alarm in first.walk("VALARM")]
    assert [-ring // timedelta(days=1) + 1 for ring in rings] == list(ALARMS)
    assert second["DTSTART"].dt == date(2026, 4, 15)
    assert "dernier jour (lecture usuelle)" in second["SUMMARY"]
    assert list(second.walk("VALARM")) == []
    assert first["UID"] == "cada-req-7h3kq0w2xz@ici.example" != second["UID"]


def test_the_description_has_article_reading_derivation_and_link() -> None:
    words = description(ONE).split("\n")
    assert words[0] == "CRPA R343-1, CRPA R311-15"
    assert words[1] == "Date sûre : 14/04/2026."
    assert words[2] == "Dernier jour (lecture usuelle) : 15/04/2026."
    assert words[3:6] == [
        "plus 2 mois : 15/04/2026 (CRPA R343-1)",
        "-1 jour : 14/04/2026 (strict reading)",
        "reporté au premier jour ouvré : 15/04/2026 (CPC 642)",
    ]
    assert words[6] == ONE.url
    assert "conseil" in words[7]
    bare = replace(ONE, item=Step(act_by_safe=None, last_day=None))
    assert "Date sûre" not in description(bare)


def test_an_operation_that_is_not_known_is_still_said() -> None:
    assert derived(Line("x", "Z", 1, date(2026, 1, 2), "b")) == "02/01/2026 (b)"


def test_an_overtaken_step_is_cancelled_under_the_same_name() -> None:
    before, _ = read(ONE)
    after, _ = read(replace(ONE, is_overtaken=True, sequence=4))
    assert after["UID"] == before["UID"]
    assert after["STATUS"] == "CANCELLED"
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert list(after.walk("VALARM")) == []


def test_a_rescue_line_and_a_birth_are_in_no_calendar() -> None:
    cap = replace(ONE, item=Step(step="cada_cap"))
    birth = replace(ONE, item=Step(step="implied_refusal", act_by_safe=None, last_day=None))
    assert read(cap, birth) == []


@pytest.mark.parametrize("last", [None, date(2026, 4, 14)])
def test_one_day_makes_one_event(last: date | None) -> None:
    assert len(read(replace(ONE, item=Step(step="unheard", last_day=last)))) == 1


def test_a_request_linked_to_a_dossier_shows_no_title_and_is_in_no_public_feed() -> None:
    linked = replace(ONE, is_linked=True)
    for event in read(linked):
        assert event["SUMMARY"] == "Échéance"
        assert "DESCRIPTION" not in event
        assert event["URL"] == ONE.url
    assert read(linked, is_private=False) == []
    assert len(read(ONE, is_private=False)) == 2


def test_an_alarm_of_the_day_itself_rings_at_nine() -> None:
    entry = Entry(key="k", title="t", first=AT.date(), last=AT.date(), at=AT, alarms=(0,))
    known: Any = icalendar.Calendar.from_ical("".join(calendar([entry], host="h", name="n")))
    [event] = known.walk("VEVENT")
    [alarm] = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(hours=9)
    assert "SEQUENCE" not in event


# Reminders

DAY = date(2026, 4, 14)
CADA = Watched(request="req-a", items=(Step(),))


def told(watched: Watched, first: date, last: date) -> list[tuple[date, Reminder]]:
    """Return what is sent when one looks each day and sends each key once."""
    sent: list[tuple[date, Reminder]] = []
    day = first
    while day <= last:
        keys = [one.key for _, one in sent]
        sent += [(day, one) for one in unsent(due([watched], day), keys)]
        day += timedelta(days=1)
    return sent


def test_a_step_is_recalled_fourteen_seven_and_one_days_before() -> None:
    days = [day for day, _ in told(CADA, date(2026, 3, 1), date(2026, 5, 1))]
    assert [(DAY - day).days for day in days] == [14, 7, 1]


def test_who_was_away_is_told_once() -> None:
    [(_, one)] = told(CADA, date(2026, 4, 11), date(2026, 4, 12))
    assert one.days_left == 3
    assert one.step == "cada"


def test_nothing_comes_from_a_rescue_line_or_an_overtaken_step() -> None:
    cap = Watched(request="req-a", items=(Step(step="cada_cap"), Step(act_by_safe=None)))
    assert due([cap, replace(CADA, overtaken=frozenset({"cada"}))], DAY) == ()


def test_a_date_that_moves_is_said_again() -> None:
    [before] = due([CADA], DAY)
    [after] = due([replace(CADA, items=(Step(act_by_safe=DAY + timedelta(days=1)),))], DAY)
    assert before.key != after.key


def test_silence_is_told_only_when_it_is_verified() -> None:
    one = Watched(request="req-a", silence_from=date(2026, 2, 16))
    [(day, asked)] = told(one, date(2026, 2, 1), date(2026, 4, 1))
    assert (day, asked.kind) == (date(2026, 2, 16), Kind.CHECK_SILENCE)
    [(_, known)] = told(replace(one, is_silence_verified=True), date(2026, 2, 1), DAY)
    assert known.kind is Kind.SILENCE


def test_the_last_day_of_the_month_is_told_on_that_day_only() -> None:
    one = Watched(request="req-a", answer_due_on=date(2026, 2, 15))
    [(day, told_on)] = told(one, date(2026, 2, 1), date(2026, 3, 15))
    assert (day, told_on.kind) == (date(2026, 2, 15), Kind.ANSWER_DUE)


def test_a_missing_acknowledgement_is_told_the_day_after() -> None:
    one = Watched(request="req-a", acknowledgement_due_on=date(2026, 1, 29))
    [(day, told_on)] = told(one, date(2026, 1, 1), date(2026, 3, 15))
    assert (day, told_on.kind) == (date(2026, 1, 30), Kind.NO_ACKNOWLEDGEMENT)


def test_a_series_is_recalled_once_for_all_its_members() -> None:
    members = [
        Watched(request=name, series="ser-x", series_act_by=DAY) for name in ("req-a", "req-b")
    ]
    [one] = due(members, DAY - timedelta(days=7))
    assert one.series == "ser-x"
    assert one.kind is Kind.SERIES


def test_a_link_that_ends_is_recalled_to_its_last_day() -> None:
    one = Watched(request="req-a", links=(Link(key="msg-1", ends_on=DAY),))
    days = [(DAY - day).days for day, _ in told(one, DAY - timedelta(days=20), DAY)]
    assert days == [7, 3, 1, 0]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-40, 40))
def test_the_same_day_gives_the_same_keys_and_none_after_the_end(end: date, left: int) -> None:
    today = end - timedelta(days=left)
    one = Watched(request="req-a", items=(Step(act_by_safe=end),), series="s", series_act_by=end)
    found = due([one, one], today)
    assert found == due([one], today)
    assert bool(found) is (0 <= left <= 14)
