"""Periods as courts count them: worked dates of the design note and of the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from contrechamp.kernel import periods
from contrechamp.kernel.dates import add_days, paris_day


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_is_where_calendars_have_it(year: int, day: date) -> None:
    assert periods.easter(year) == day


def test_a_year_has_eleven_holidays() -> None:
    assert len(periods.legal_holidays(2025)) == 11
    assert date(2025, 4, 21) in periods.legal_holidays(2025)
    assert date(2025, 5, 29) in periods.legal_holidays(2025)
    assert date(2025, 6, 9) in periods.legal_holidays(2025)


@pytest.mark.parametrize(
    ("published", "safe", "last"),
    [
        (date(2025, 2, 11), date(2025, 4, 11), date(2025, 4, 14)),  # The 12th is a Saturday.
        (date(2025, 2, 19), date(2025, 4, 19), date(2025, 4, 22)),  # Easter Sunday and Monday.
        (date(2024, 12, 31), date(2025, 2, 28), date(2025, 3, 3)),  # February has no 31st.
        (date(2025, 3, 7), date(2025, 5, 7), date(2025, 5, 9)),  # The 8th of May.
    ],
)
def test_two_franc_months_end_on_a_worked_day(published: date, safe: date, last: date) -> None:
    assert periods.safe(published, 2) == safe
    assert periods.franc(published, 2) == last


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 1, 15), 1, date(2026, 1, 16)),
        (date(2026, 1, 16), 1, date(2026, 1, 19)),  # Friday, then Monday.
        (date(2026, 4, 30), 1, date(2026, 5, 4)),  # The 1st of May, then a week-end.
        (date(2026, 1, 15), 10, date(2026, 1, 29)),
        (date(2026, 1, 17), 0, date(2026, 1, 17)),
    ],
)
def test_working_days_leave_out_week_ends_and_holidays(
    day: date, count: int, expected: date
) -> None:
    assert periods.add_worked(day, count) == expected


def test_a_mail_of_half_past_ten_at_night_utc_was_sent_the_next_day_in_paris() -> None:
    assert paris_day(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert paris_day(datetime(2026, 12, 31, 22, 30, tzinfo=UTC)) == date(2026, 12, 31)
    with pytest.raises(ValueError, match="2026"):
        paris_day(datetime(2026, 6, 30, 22, 30))  # noqa: DTZ001


def test_days_are_added_both_ways() -> None:
    assert add_days(date(2026, 3, 1), -1) == date(2026, 2, 28)
