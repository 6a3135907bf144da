"""How long an account is kept that nobody uses and with which nobody ever did anything.

A year after the last month in which somebody signed in: the day is not known, and nobody loses
what the month leaves open.
"""

from __future__ import annotations

from datetime import date, timedelta

WARNED_BEFORE = timedelta(days=30)
"""How long before its end its person is written to, where there is a mailbox."""


def idle_until(last: date) -> date:
    """Return the first day on which an account is forgotten, from the month of its last use."""
    years, month = divmod(last.month, 12)
    return date(last.year + 1 + years, month + 1, 1)


def is_over(last: date, today: date) -> bool:
    """Answer whether an account is to be forgotten by now."""
    return today >= idle_until(last)
