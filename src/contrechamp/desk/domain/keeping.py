"""How long the door keeps a sealed file: unread, or after it was collected (`intake.md`, 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

WARN_UNREAD, WARN_COLLECTED = 14, 2
"""Days before the end on which readers are told."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Days in full: the door deletes in the night after them."""

    unread: int
    collected: int


@dataclass(frozen=True, slots=True)
class Leaving:
    """The last day on which a file can be fetched, and how many are left; less than 0: overdue."""

    last: date
    days: int
    is_collected: bool

    @property
    def is_soon(self) -> bool:
        """Whether readers should be told."""
        return self.days <= (WARN_COLLECTED if self.is_collected else WARN_UNREAD)


def leaving(kept: Keeping, day: date, collected: date | None, today: date) -> Leaving:
    """Return when a file that came on `day` leaves, as `intake.tidying` counts."""
    start, days = (day, kept.unread) if collected is None else (collected, kept.collected)
    last = start + timedelta(days=days)
    return Leaving(last, (last - today).days, is_collected=collected is not None)
