"""The prefect's authorisation of video protection: until when it holds.

Five years from the act (CSI L252-4), counted by the clock of `law`, or until the day that the act
itself names where that is sooner. The latest act is the one that counts: a renewal is an act.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contrechamp.law.domain.clock import derive
from contrechamp.law.domain.facts import Event

from .said import Said, What, of


@dataclass(frozen=True, slots=True)
class Held:
    """The latest authorisation known, and the last day that it holds."""

    act: Said
    until: date


def expiry(authorised_on: date) -> date:
    """Return the last day of an authorisation given on a day, by the clock of `law`."""
    items = derive([Event("cctv_authorised", authorised_on)])
    return next(item.last_day for item in items if item.step == "cctv_expiry" and item.last_day)


def state_of(facts: Sequence[Said]) -> Held | None:
    """Return the authorisation that holds longest; None where no act has a day."""
    found = [
        Held(one, min(ends))
        for one in of(facts, What.AUTHORISED)
        if (ends := [day for day in (one.first and expiry(one.first), one.last) if day])
    ]
    return max(found, key=lambda held: held.until, default=None)


def still_holds(held: Held, today: date) -> bool:
    """Answer whether an authorisation holds on a day, its last day included."""
    return today <= held.until
