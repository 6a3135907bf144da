"""What the clock answers: steps with their days, each day with its article and how it was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Reading(StrEnum):
    """Which reading of the law fills `last_day`; `act_by_safe` depends on none."""

    USUAL = "usual"
    STRICT = "strict"
    SAFE = "safe"


class Remedies(StrEnum):
    """Whether the letter named the remedies and their periods: it adds or removes the caps."""

    UNKNOWN = "unknown"
    STATED = "stated"
    MISSING = "missing"


class State(StrEnum):
    """Where a day stands in an item."""

    UPCOMING = "upcoming"
    OPEN = "open"
    LAST_DAYS = "last_days"
    """Seven days or fewer to `act_by_safe`."""
    UNSAFE = "unsafe"
    """After `act_by_safe`: in time in one reading only."""
    CLOSED = "closed"


LAST_DAYS = 7


@dataclass(frozen=True, slots=True)
class Line:
    """One step of a count, so that a person can replay it.

    `op`: START (the event itself), M (add n months), DAYS, WD (working days), R (roll forward), F
    (franc period of n months). `field`: `anchor` for a day on the way, or the field it ends in.
    """

    field: str
    op: str
    start: date
    n: int
    result: date
    basis: str

    def as_json(self) -> dict[str, Any]:
        """Return the line as the command writes it."""
        return {
            "field": self.field,
            "op": self.op,
            "from": self.start.isoformat(),
            "n": self.n,
            "result": self.result.isoformat(),
            "basis": self.basis,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One step: when it may be done, until when it is in time, and why.

    `not_before`: the first day on which it can be done or, for a birth, may exist. `act_by_safe`:
    the last day that is in time in every reading, the only one for reminders and calendars.
    `last_day`: the last in the reading named; for a duty of somebody else, the end of their time.
    """

    step: str
    rule: str
    """The rule's identifier in the pack."""
    not_before: date | None = None
    act_by_safe: date | None = None
    last_day: date | None = None
    basis: tuple[str, ...]
    reading: Reading
    uncertain: tuple[str, ...] = ()
    """Codes U1 … U12 of the questions that it touches."""
    lines: tuple[Line, ...]
    older_texts: str = ""
    """The facts are older than the rule: texts that set the same period then, to be verified."""
    state: State | None = None
    """None unless `today` was given."""

    @property
    def is_cap(self) -> bool:
        """Answer whether it is a rescue line: never a deadline, never in a reminder."""
        return self.step.endswith("_cap")

    @property
    def is_duty(self) -> bool:
        """Answer whether its last day is the end of somebody else's time."""
        return self.not_before is None and self.act_by_safe is None and not self.is_cap

    @property
    def is_birth(self) -> bool:
        """Answer whether it tells from when an implied decision may exist."""
        return self.act_by_safe is None and self.last_day is None

    @property
    def first_day(self) -> date:
        """Return the first of its days, for an order."""
        return min(day for day in (self.not_before, self.act_by_safe, self.last_day) if day)

    def as_json(self) -> dict[str, Any]:
        """Return the item as the command writes it; days as `YYYY-MM-DD` or None."""
        days = {name: getattr(self, name) for name in ("not_before", "act_by_safe", "last_day")}
        return {
            "step": self.step,
            **{name: day.isoformat() if day else None for name, day in days.items()},
            "basis": list(self.basis),
            "reading": str(self.reading),
            **({"uncertain": list(self.uncertain)} if self.uncertain else {}),
            **({"state": str(self.state)} if self.state else {}),
            "derivation": [line.as_json() for line in self.lines],
        }


def state_of(item: Item, today: date) -> State:
    """Return where a day stands in an item."""
    if item.not_before and today < item.not_before:
        return State.UPCOMING
    if item.last_day and today > item.last_day:
        return State.CLOSED
    if item.act_by_safe:
        left = (item.act_by_safe - today).days
        if left < 0:
            return State.UNSAFE
        return State.LAST_DAYS if left <= LAST_DAYS else State.OPEN
    return State.OPEN
