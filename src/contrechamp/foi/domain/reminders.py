"""Which reminders are due on a day, each under a key that is sent once.

Never from a rescue line (`*_cap`). A reminder that was missed while the machine stood still is
caught up with, the nearest only: who comes back three days before the end is told once, not
three times. The day is part of the key, so that a date which moves is said again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contrechamp.kernel.dates import add_days
from contrechamp.law.domain.reminding import ALARMS, STALE, nearest

from .calendar import Item

LINK_ALARMS = (7, 3, 1, 0)
"""Days before a download link ends."""


class Kind(StrEnum):
    """What a reminder says."""

    ACT_BY = "ACT_BY"
    """The safe day of a step comes near."""
    SILENCE = "SILENCE"
    """The silence is verified and can be acted on."""
    CHECK_SILENCE = "CHECK_SILENCE"
    """The month is over but the silence is not verified: what came must be looked at first."""
    ANSWER_DUE = "ANSWER_DUE"
    """Today is the last day of the body's month."""
    NO_ACKNOWLEDGEMENT = "NO_ACKNOWLEDGEMENT"
    """The ten working days of the acknowledgement are over (CRPA R112-11-2)."""
    SERIES = "SERIES"
    """The earliest safe day of a series' members comes near."""
    LINK_ENDS = "LINK_ENDS"
    """A download link ends: a person must take the files before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A download link that a reply gave, not followed yet."""

    key: str
    """The message's identifier, never the address itself."""
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What reminders need of one request. A day is None once a fact has made it void."""

    request: str
    items: tuple[Item, ...] = ()
    overtaken: frozenset[str] = frozenset()
    """Steps that a fact has closed."""
    acknowledgement_due_on: date | None = None
    """The last working day of R112-11-2, None when it came."""
    answer_due_on: date | None = None
    """b0, None when an answer came."""
    silence_from: date | None = None
    """b1, None when an answer came."""
    is_silence_verified: bool = False
    links: tuple[Link, ...] = ()
    series: str = ""
    series_act_by: date | None = None
    """The earliest safe day among the members, None once the CADA was seized for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One thing to say, once. `day` is what it is about, `days_left` may be 0."""

    key: str
    kind: Kind
    request: str
    day: date
    days_left: int
    step: str = ""
    series: str = ""


def due(watched: Iterable[Watched], today: date) -> tuple[Reminder, ...]:
    """Return what is due on this day, by day and key, each key once."""
    found = {one.key: one for each in watched for one in _of(each, today)}
    return tuple(sorted(found.values(), key=lambda one: (one.day, one.key)))


def _of(one: Watched, today: date) -> Iterator[Reminder]:
    for item in one.items:
        if item.step.endswith("_cap") or item.step in one.overtaken or item.act_by_safe is None:
            continue
        yield from _before(one, Kind.ACT_BY, item.act_by_safe, today, step=item.step)
    if one.series and one.series_act_by is not None:
        yield from _before(one, Kind.SERIES, one.series_act_by, today)
    for link in one.links:
        yield from _before(one, Kind.LINK_ENDS, link.ends_on, today, step=link.key)
    silence = Kind.SILENCE if one.is_silence_verified else Kind.CHECK_SILENCE
    yield from _from(one, silence, one.silence_from, today)
    if one.answer_due_on == today:
        yield from _from(one, Kind.ANSWER_DUE, one.answer_due_on, today)
    if one.acknowledgement_due_on is not None:
        yield from _from(
            one, Kind.NO_ACKNOWLEDGEMENT, add_days(one.acknowledgement_due_on, 1), today
        )


def _before(
    one: Watched, kind: Kind, day: date, today: date, *, step: str = ""
) -> Iterator[Reminder]:
    """Yield the nearest reminder of a coming day: at most one, none after it."""
    reached = nearest(day, today, LINK_ALARMS if kind is Kind.LINK_ENDS else ALARMS)
    if reached is None:
        return
    series = one.series if kind is Kind.SERIES else ""
    name = series or one.request
    yield Reminder(
        key=":".join(part for part in (name, kind, step, day.isoformat(), str(reached)) if part),
        kind=kind,
        request=one.request,
        day=day,
        days_left=(day - today).days,
        step=step,
        series=series,
    )


def _from(one: Watched, kind: Kind, day: date | None, today: date) -> Iterator[Reminder]:
    """Yield what is said once from a day on, while it is of use."""
    if day is None or not 0 <= (today - day).days <= STALE:
        return
    yield Reminder(
        key=f"{one.request}:{kind}:{day.isoformat()}",
        kind=kind,
        request=one.request,
        day=day,
        days_left=0,
    )
