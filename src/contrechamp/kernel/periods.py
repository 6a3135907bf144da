"""Periods as French procedure counts them: months, franc periods, days that are not worked.

Months are months, never thirty days, and are not chained: a new period takes a new anchor. All
dates are civil dates of Europe/Paris. Local holidays (Alsace-Moselle, overseas) are left out:
a missing holiday only makes a date earlier.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from .dates import add_days, add_months


def easter(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar (anonymous algorithm, 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    k2 = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * k2) // 433
    month = (h + k2 - 7 * m + 90) // 25
    day = (h + k2 - 7 * m + 33 * month + 19) % 32
    return date(year, month, day)


@cache
def legal_holidays(year: int) -> frozenset[date]:
    """Return the eleven legal holidays of a year (code du travail, article L3133-1)."""
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    moving = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday.
    sunday = easter(year)
    return frozenset(
        [date(year, month, day) for month, day in fixed]
        + [sunday + timedelta(days=days) for days in moving]
    )


def is_worked(day: date) -> bool:
    """Answer whether a day is neither Saturday, Sunday nor a legal holiday."""
    return day.weekday() < 5 and day not in legal_holidays(day.year)


def next_worked(day: date) -> date:
    """Return the first day from this one on that is worked (CPC 642)."""
    while not is_worked(day):
        day = add_days(day, 1)
    return day


def add_worked(day: date, days: int) -> date:
    """Return the day on which the so manieth working day after this one falls (CRPA R112-11-2).

    Working days are Monday to Friday, holidays left out; the day itself never counts.
    """
    for _ in range(days):
        day = next_worked(add_days(day, 1))
    return day


def franc(day: date, months: int) -> date:
    """Return the last day of a franc period of months before a court (CJA R421-1).

    Neither the day that starts it nor the one on which it ends counts; when the last day is not
    worked, the next that is.
    """
    return next_worked(add_days(add_months(day, months), 1))


def safe(day: date, months: int) -> date:
    """Return the day until which one is in time in every reading: the same day, months later."""
    return add_months(day, months)
