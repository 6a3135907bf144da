"""Which errand somebody gets next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

LEASE = timedelta(minutes=30)
"""How long an errand waits for whoever took it, before somebody else may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An open errand: how many have answered it, who has, and until when others hold it."""

    key: int
    kind: str
    answers: int
    people: Collection[int]
    """Accounts that answered it, left it or hold it."""
    held_until: datetime | None
    made_at: datetime


def choose(
    candidates: Iterable[Candidate], account: int, now: datetime, *, kind: str = ""
) -> Candidate | None:
    """Return the errand to hand: what was begun first, then the oldest; None when none is left.

    Nobody gets one twice, nor one that somebody else is at.
    """
    free = (
        one
        for one in candidates
        if account not in one.people
        and (one.held_until is None or one.held_until <= now)
        and (not kind or one.kind == kind)
    )
    return min(free, key=lambda one: (-one.answers, one.made_at, one.key), default=None)
