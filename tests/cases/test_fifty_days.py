"""Fifty-five days of publication and what they give, counted apart from our own operators.

Two months to the same number (or the month's last day), then one day more, then past week-ends
and the holidays of the calendars of 2025 to 2027: the last day by the usual count. The safe day
is the first of these.
"""

from __future__ import annotations

from datetime import date

import pytest

from contrechamp.cases.domain.openings import Attackable, Openness, openings, window_of
from contrechamp.kernel.dates import add_days

BY_HAND = """
2025-01-02 2025-03-02 2025-03-03
2025-01-31 2025-03-31 2025-04-01
2025-02-14 2025-04-14 2025-04-15
2025-02-20 2025-04-20 2025-04-22
2025-02-28 2025-04-28 2025-04-29
2025-03-07 2025-05-07 2025-05-09
2025-03-08 2025-05-08 2025-05-09
2025-03-28 2025-05-28 2025-05-30
2025-03-31 2025-05-31 2025-06-02
2025-04-09 2025-06-09 2025-06-10
2025-04-30 2025-06-30 2025-07-01
2025-05-13 2025-07-13 2025-07-15
2025-05-14 2025-07-14 2025-07-15
2025-06-14 2025-08-14 2025-08-18
2025-06-13 2025-08-13 2025-08-14
2025-06-27 2025-08-27 2025-08-28
2025-06-30 2025-08-30 2025-09-01
2025-07-11 2025-09-11 2025-09-12
2025-07-31 2025-09-30 2025-10-01
2025-08-29 2025-10-29 2025-10-30
2025-08-31 2025-10-31 2025-11-03
2025-09-01 2025-11-01 2025-11-03
2025-09-10 2025-11-10 2025-11-12
2025-09-12 2025-11-12 2025-11-13
2025-10-24 2025-12-24 2025-12-26
2025-10-31 2025-12-31 2026-01-02
2025-11-28 2026-01-28 2026-01-29
2025-12-15 2026-02-15 2026-02-16
2025-12-29 2026-02-28 2026-03-02
2025-12-30 2026-02-28 2026-03-02
2025-12-31 2026-02-28 2026-03-02
2026-01-09 2026-03-09 2026-03-10
2026-01-13 2026-03-13 2026-03-16
2026-01-30 2026-03-30 2026-03-31
2026-02-04 2026-04-04 2026-04-07
2026-02-05 2026-04-05 2026-04-07
2026-02-28 2026-04-28 2026-04-29
2026-03-06 2026-05-06 2026-05-07
2026-03-07 2026-05-07 2026-05-11
2026-03-13 2026-05-13 2026-05-15
2026-03-23 2026-05-23 2026-05-26
2026-03-24 2026-05-24 2026-05-26
2026-04-10 2026-06-10 2026-06-11
2026-05-13 2026-07-13 2026-07-15
2026-06-12 2026-08-12 2026-08-13
2026-06-13 2026-08-13 2026-08-14
2026-06-14 2026-08-14 2026-08-17
2026-07-31 2026-09-30 2026-10-01
2026-08-31 2026-10-31 2026-11-02
2026-09-09 2026-11-09 2026-11-10
2026-09-10 2026-11-10 2026-11-12
2026-10-23 2026-12-23 2026-12-24
2026-10-31 2026-12-31 2027-01-04
2026-12-29 2027-02-28 2027-03-01
2026-12-31 2027-02-28 2027-03-01
"""
ROWS = [tuple(map(date.fromisoformat, line.split())) for line in BY_HAND.split("\n") if line]


@pytest.mark.parametrize("days", ROWS)
def test_the_last_day_is_the_one_counted_by_hand(days: tuple[date, date, date]) -> None:
    published, safe, last = days
    item = window_of(published, today=published)
    assert (item.not_before, item.act_by_safe, item.last_day) == (published, safe, last)


@pytest.mark.parametrize("days", ROWS)
def test_what_is_said_of_an_act_changes_on_its_days(days: tuple[date, date, date]) -> None:
    published, safe, last = days
    act = Attackable(published_on=published, court="Tribunal administratif de Toulon")

    def said(on: date) -> Openness:
        return openings(act, today=on)[0].openness

    assert said(published) is Openness.OPEN
    assert said(add_days(safe, -8)) is Openness.OPEN
    assert said(add_days(safe, -7)) is said(safe) is Openness.LAST_DAYS
    assert said(add_days(safe, 1)) is said(last) is Openness.USUAL_ONLY
    assert said(add_days(last, 1)) is Openness.CLOSED


def test_there_are_fifty_of_them() -> None:
    assert len({published for published, _, _ in ROWS}) >= 50
