"""Until when a public act can be challenged, when it ends, and when its renewal is asked for.

Every date is counted here from a date of publication; the day on which we saw an act first is
never one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contrechamp.kernel.dates import add_months
from contrechamp.kernel.periods import franc, safe

NOTICE_MONTHS = 4
"""A new request is made four months before an authorisation ends (so the orders themselves say)."""
AHEAD_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Window:
    """The time to challenge an act before the administrative court, seen from a day."""

    months: int
    starts: date
    safe: date
    last: date
    left: int
    """Days until the safe day, that day included in none: 0 is today, negative is past."""
    left_at_most: int

    @property
    def is_open(self) -> bool:
        """Answer whether a reading remains in which one is in time."""
        return self.left_at_most >= 0


def window(published_on: date | None, months: int | None, today: date) -> Window | None:
    """Return the window of an act; None without a proof of publication (CJA R421-1, R421-5)."""
    if published_on is None or not months:
        return None
    first, last = safe(published_on, months), franc(published_on, months)
    return Window(months, published_on, first, last, (first - today).days, (last - today).days)


def notice_day(expires_on: date) -> date:
    """Return the day by which a renewal is to be asked for."""
    return add_months(expires_on, -NOTICE_MONTHS)


def due_until(today: date) -> date:
    """Return the last day of the time in which an expiry is called near."""
    return add_months(today, AHEAD_MONTHS)
