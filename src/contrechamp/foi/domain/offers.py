"""What rooms above add to a person's own calendar of requests: other days that are theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from contrechamp.kernel.icalendar import Entry

from .calendar import Say

Owner = int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDates:
    """Days of another kind that belong in somebody's calendar."""

    entries: Callable[[Owner, str, date, Say], Iterable[Entry]]
    """Of the key of an account, the site's address, a day and a way to say things, the events."""
