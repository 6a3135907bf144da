"""When a day that comes near is said, and that each thing is said once.

A reminder that was missed while the machine stood still is caught up with, the nearest only: who
comes back three days before the end is told once, not three times.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar

ALARMS = (14, 7, 1)
"""Days before the safe day."""
STALE = 14
"""Days after which what was not sent about a day past is of no use."""


class Keyed(Protocol):
    """Something to say, under a key that is said once."""

    @property
    def key(self) -> str: ...


K = TypeVar("K", bound=Keyed)


def nearest(day: date, today: date, alarms: Sequence[int] = ALARMS) -> int | None:
    """Return the alarm of a coming day that is reached: at most one, None after the day."""
    left = (day - today).days
    reached = [days for days in alarms if left <= days]
    return min(reached) if left >= 0 and reached else None


def unsent(said: Iterable[K], sent: Iterable[str]) -> tuple[K, ...]:
    """Return those whose key was never sent."""
    known = frozenset(sent)
    return tuple(one for one in said if one.key not in known)
