"""Sixty-two real days of publication, each with its last day reasoned by hand from a calendar.

The first thirty-seven are days of bulletins of the Var, the others of acts of the Paris police
prefecture. How each line was found, without our operators: the same day number two months later,
or the month's last day where it has none (the safe day); the day after it, whose weekday was read
in a calendar, since neither the first nor the last day of a franc period counts; then, while that
is a Saturday, a Sunday or a legal holiday, the next day. Before courts the strict reading is the
usual one: franc; the safe reading keeps the first day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from contrechamp.cases.domain.openings import Attackable, Openness, openings, window_of
from contrechamp.cases.domain.windows import act_window, status_of
from contrechamp.kernel.dates import add_days
from contrechamp.law.domain.items import Reading
from contrechamp.watch.domain.deadline import window as watch_window
from contrechamp.watch.domain.finding import Finding
from contrechamp.watch.scanning.run import scan
from tests.shared import shared

# Published, the safe day, the weekday of the day after it, what is passed over, the last day.
BY_HAND = """
2025-01-02 | 2025-03-02 | Mon | -                                     | 2025-03-03
2025-01-06 | 2025-03-06 | Fri | -                                     | 2025-03-07
2025-01-07 | 2025-03-07 | Sat | Sat Sun                               | 2025-03-10
2025-01-08 | 2025-03-08 | Sun | Sun                                   | 2025-03-10
2025-01-09 | 2025-03-09 | Mon | -                                     | 2025-03-10
2025-01-14 | 2025-03-14 | Sat | Sat Sun                               | 2025-03-17
2025-01-16 | 2025-03-16 | Mon | -                                     | 2025-03-17
2025-01-21 | 2025-03-21 | Sat | Sat Sun                               | 2025-03-24
2025-01-24 | 2025-03-24 | Tue | -                                     | 2025-03-25
2025-01-28 | 2025-03-28 | Sat | Sat Sun                               | 2025-03-31
2025-01-31 | 2025-03-31 | Tue | -                                     | 2025-04-01
2025-02-03 | 2025-04-03 | Fri | -                                     | 2025-04-04
2025-02-04 | 2025-04-04 | Sat | Sat Sun                               | 2025-04-07
2025-02-06 | 2025-04-06 | Mon | -                                     | 2025-04-07
2025-02-10 | 2025-04-10 | Fri | -                                     | 2025-04-11
2025-02-11 | 2025-04-11 | Sat | Sat Sun                               | 2025-04-14
2025-02-14 | 2025-04-14 | Tue | -                                     | 2025-04-15
2025-02-17 | 2025-04-17 | Fri | - (Good Friday is no legal holiday)   | 2025-04-18
2025-02-18 | 2025-04-18 | Sat | Sat Sun EasterMonday                  | 2025-04-22
2025-02-19 | 2025-04-19 | Sun | Sun EasterMonday                      | 2025-04-22
2025-02-20 | 2025-04-20 | Mon | EasterMonday                          | 2025-04-22
2025-02-21 | 2025-04-21 | Tue | - (ends on Easter Monday, plus a day) | 2025-04-22
2025-02-27 | 2025-04-27 | Mon | -                                     | 2025-04-28
2025-02-28 | 2025-04-28 | Tue | - (a month's end that is no month's end later) | 2025-04-29
2025-03-03 | 2025-05-03 | Sun | Sun                                   | 2025-05-05
2025-03-06 | 2025-05-06 | Wed | -                                     | 2025-05-07
2025-03-07 | 2025-05-07 | Thu | 8May                                  | 2025-05-09
2025-03-11 | 2025-05-11 | Mon | -                                     | 2025-05-12
2025-03-19 | 2025-05-19 | Tue | -                                     | 2025-05-20
2025-03-27 | 2025-05-27 | Wed | -                                     | 2025-05-28
2025-03-28 | 2025-05-28 | Thu | Ascension                             | 2025-05-30
2025-03-31 | 2025-05-31 | Sun | Sun                                   | 2025-06-02
2025-04-07 | 2025-06-07 | Sun | Sun WhitMonday                        | 2025-06-10
2025-04-08 | 2025-06-08 | Mon | WhitMonday                            | 2025-06-10
2025-04-09 | 2025-06-09 | Tue | - (ends on Whit Monday, plus a day)   | 2025-06-10
2025-04-18 | 2025-06-18 | Thu | -                                     | 2025-06-19
2025-04-30 | 2025-06-30 | Tue | -                                     | 2025-07-01
2023-02-28 | 2023-04-28 | Sat | Sat Sun 1May                          | 2023-05-02
2024-02-29 | 2024-04-29 | Tue | -                                     | 2024-04-30
2023-03-07 | 2023-05-07 | Mon | 8May                                  | 2023-05-09
2024-03-07 | 2024-05-07 | Wed | 8May Ascension                        | 2024-05-10
2024-03-08 | 2024-05-08 | Thu | Ascension                             | 2024-05-10
2024-05-13 | 2024-07-13 | Sun | Sun                                   | 2024-07-15
2025-05-13 | 2025-07-13 | Mon | 14Jul                                 | 2025-07-15
2025-05-14 | 2025-07-14 | Tue | - (ends on 14 July, plus a day)       | 2025-07-15
2025-06-13 | 2025-08-13 | Thu | -                                     | 2025-08-14
2025-06-14 | 2025-08-14 | Fri | 15Aug Sat Sun                         | 2025-08-18
2024-06-14 | 2024-08-14 | Thu | 15Aug                                 | 2024-08-16
2023-08-31 | 2023-10-31 | Wed | 1Nov                                  | 2023-11-02
2024-08-31 | 2024-10-31 | Fri | 1Nov Sat Sun                          | 2024-11-04
2025-08-31 | 2025-10-31 | Sat | 1Nov Sun                              | 2025-11-03
2024-09-10 | 2024-11-10 | Mon | 11Nov                                 | 2024-11-12
2025-09-10 | 2025-11-10 | Tue | 11Nov                                 | 2025-11-12
2023-10-24 | 2023-12-24 | Mon | 25Dec                                 | 2023-12-26
2024-10-24 | 2024-12-24 | Wed | 25Dec                                 | 2024-12-26
2025-10-24 | 2025-12-24 | Thu | 25Dec                                 | 2025-12-26
2023-10-31 | 2023-12-31 | Mon | 1Jan                                  | 2024-01-02
2024-10-31 | 2024-12-31 | Wed | 1Jan                                  | 2025-01-02
2023-12-29 | 2024-02-29 | Fri | -                                     | 2024-03-01
2023-12-31 | 2024-02-29 | Fri | - (no 31 February: its last day)      | 2024-03-01
2024-12-30 | 2025-02-28 | Sat | Sat Sun                               | 2025-03-03
2025-12-31 | 2026-02-28 | Sun | Sun                                   | 2026-03-02
"""
HOLIDAYS = {
    "1Jan": ("2024-01-01", "2025-01-01"),
    "EasterMonday": ("2025-04-21",),
    "1May": ("2023-05-01",),
    "8May": ("2023-05-08", "2024-05-08", "2025-05-08"),
    "Ascension": ("2024-05-09", "2025-05-29"),
    "WhitMonday": ("2025-06-09",),
    "14Jul": ("2025-07-14",),
    "15Aug": ("2024-08-15", "2025-08-15"),
    "1Nov": ("2023-11-01", "2024-11-01", "2025-11-01"),
    "11Nov": ("2024-11-11", "2025-11-11"),
    "25Dec": ("2023-12-25", "2024-12-25", "2025-12-25"),
}
"""As printed calendars of these years have them."""


@dataclass(frozen=True, slots=True)
class ByHand:
    """One line of the table."""

    published: date
    safe: date
    weekday: str
    passed: tuple[str, ...]
    last: date


def read(line: str) -> ByHand:
    published, safe, weekday, passed, last = (part.strip() for part in line.split("|"))
    words = () if passed.startswith("-") else tuple(passed.split())
    return ByHand(
        date.fromisoformat(published),
        date.fromisoformat(safe),
        weekday,
        words,
        date.fromisoformat(last),
    )


ROWS = [read(line) for line in BY_HAND.strip().splitlines()]
IDS = [row.published.isoformat() for row in ROWS]


def test_the_table_is_sound_in_itself() -> None:
    """Each reason is true of its day, so that no line is right by chance."""
    assert len({row.published for row in ROWS}) == len(ROWS) >= 50
    for row in ROWS:
        day = add_days(row.safe, 1)
        assert f"{day:%a}" == row.weekday, row
        for reason in row.passed:
            is_true = f"{day:%a}" == reason or day.isoformat() in HOLIDAYS.get(reason, ())
            assert is_true, (row, reason)
            day = add_days(day, 1)
        assert day == row.last, row
    named = {reason for row in ROWS for reason in row.passed}
    assert set(HOLIDAYS) < named


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_the_last_day_is_the_one_reasoned_by_hand(row: ByHand) -> None:
    for reading, last in (
        (Reading.USUAL, row.last),
        (Reading.STRICT, row.last),
        (Reading.SAFE, row.safe),
    ):
        item = window_of(row.published, today=row.published, reading=reading)
        assert (item.not_before, item.act_by_safe) == (row.published, row.safe)
        assert item.last_day == last
    kept = act_window(row.published)
    assert (kept.act_by_safe, kept.last_day) == (row.safe, row.last)
    seen = watch_window(row.published, 2, row.published)
    assert seen is not None
    assert (seen.safe, seen.last) == (row.safe, row.last)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_the_status_turns_on_the_days_reasoned_by_hand(row: ByHand) -> None:
    def said(day: date) -> Openness:
        return status_of(row.safe, row.last, "", today=day)

    assert said(add_days(row.safe, -8)) is Openness.OPEN
    assert said(add_days(row.safe, -7)) is said(row.safe) is Openness.LAST_DAYS
    assert said(row.last) is Openness.USUAL_ONLY
    assert said(add_days(row.last, 1)) is Openness.CLOSED


# The shared bulletins


@cache
def _findings(folder: Path) -> tuple[Finding, ...]:
    return tuple(each for each in scan([folder], jobs=1).findings if each.source == "raa")


def test_every_authorisation_in_the_bulletins_carries_its_own_window() -> None:
    """Each of them, from the day on which its own bulletin was published, and from no other."""
    found = [each for each in _findings(shared("raa_var")) if each.decision == "authorisation"]
    assert len(found) >= 250
    by_hand = {row.published: row for row in ROWS}
    checked = 0
    for each in found:
        published, appeal = each.document.published_on, each.appeal
        assert published is not None, each.id
        assert appeal is not None, each.id
        assert (appeal.from_, appeal.months) == (published, 2), each.id
        ways = openings(Attackable(published_on=published), today=published)
        item = ways[0].item
        assert item is not None
        assert (appeal.act_by_safe, appeal.last_day) == (item.act_by_safe, item.last_day), each.id
        if row := by_hand.get(published):
            assert (appeal.act_by_safe, appeal.last_day) == (row.safe, row.last), each.id
            checked += 1
    assert checked >= 250


def test_the_days_of_the_bulletins_are_in_the_table() -> None:
    """Thirty-seven days of the table are days on which the Var published a bulletin."""
    lines = (shared("raa_var") / "index.csv").read_text("utf-8").splitlines()[1:]
    days = {date.fromisoformat(line[:10]) for line in lines}
    assert {row.published for row in ROWS[:37]} <= days
