"""Time as a door knows it: days and months, nothing finer."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

DAY_SECONDS = 86_400


def today() -> int:
    """Days since 1970-01-01, UTC."""
    return int(time.time() // DAY_SECONDS)


def day_number(day: date) -> int:
    """Days since 1970-01-01 of a date."""
    return (day - date(1970, 1, 1)).days


def as_date(day: int) -> date:
    """The date of a number of days since 1970-01-01."""
    return datetime.fromtimestamp(day * DAY_SECONDS, UTC).date()


def month_of(day: int) -> int:
    """Months since the year 0 of a number of days since 1970-01-01."""
    moment = as_date(day)
    return moment.year * 12 + moment.month - 1
