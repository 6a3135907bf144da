"""What the observatory itself tells in threads: offers of the rooms above in their `plug.py`.

An event says what visitors can read already. It is told once (`key`), its sentence is made when
it is read, in the reader's language, and names no member. What happened long ago is told by the
timeline of the dossier; a thread is told what is new.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

RECENT = timedelta(days=90)
"""What is older when it is first heard of is not news: a bulk import must not fill threads."""
MOST = 5
"""Posts about one thing at a time: a thread is talk. What goes beyond is kept beside it."""
WARNINGS = (30, 7)
"""Days before the end of a period on which it is told, once each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """One kind of event that the observatory itself tells in threads."""

    kind: str
    text: Callable[[Mapping[str, Any]], str]
    """From its parameters the sentence, in the language of who reads; no member's name."""
    is_clock: bool = False
    """It tells of a day to come: it was true when it was told, and stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something to tell where one talks of a thing."""

    subject: str
    """`project:prj-…`, `request:req-…`."""
    kind: str
    key: str
    """The same key is the same event, however often it is told."""
    day: date
    params: Mapping[str, Any] = field(default_factory=dict)
    source_url: str = ""
    until: date | None = None
    """After this day it is not told any more, if it was not before."""

    def is_news(self, today: date) -> bool:
        """Answer whether it may still be told for the first time."""
        return self.day >= today - RECENT and (self.until is None or today <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSource:
    """What a room above tells of its public things, asked again whenever they change.

    `find` gets refs and today, and returns the events of each that visitors may read; a ref that
    is missing is public no more, and what was told of it is taken back. `due` returns the refs of
    which a day to come is told today.
    """

    prefix: str
    """Of refs of `public_changed`: `watch:act:`."""
    find: Callable[[Sequence[str], date], Mapping[str, Sequence[Event]]]
    due: Callable[[date], Iterable[str]] = lambda today: ()


def warnings(
    last: date | None, today: date, make: Callable[[int, date, date], Event]
) -> list[Event]:
    """Return what is told of a period that ends on a day: once at 30 and once at 7 days.

    `make` gets the days, when they were left, and until when that is told.
    """
    if last is None:
        return []
    ends = [last - timedelta(days=days) for days in WARNINGS]
    told_until = [*(end - timedelta(days=1) for end in ends[1:]), last]
    return [
        make(days, begins, until)
        for days, begins, until in zip(WARNINGS, ends, told_until, strict=True)
        if begins <= today
    ]


def horizon(today: date) -> date:
    """Return until when a room looks for periods that end."""
    return today + timedelta(days=max(WARNINGS))


def newest(events: Collection[Event]) -> list[Event]:
    """Return those of the events of one thing that become posts, the oldest first."""
    return sorted(events, key=lambda event: (event.day, event.key))[-MOST:]
