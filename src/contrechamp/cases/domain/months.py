"""A month as a table of weeks that begin on Monday."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Sequence
from datetime import date

Week = Sequence[date]
"""Seven days, those of the months around it too."""


def weeks_of(month: date) -> Sequence[Week]:
    """Return the weeks that hold the days of a month."""
    return Calendar(firstweekday=0).monthdatescalendar(month.year, month.month)
