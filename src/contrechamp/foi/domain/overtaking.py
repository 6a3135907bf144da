"""Which steps of the clock a fact has overtaken: they are cancelled in calendars, not left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from contrechamp.law.domain.items import Item

from .clock import dates_of
from .facts import Fact, Kind, of_kind, standing
from .states import ENDED, State

CLOSED_BY: Mapping[str, tuple[Kind, ...]] = {
    "cada": (Kind.CADA_FILED,),
    "ta": (Kind.CLAIM_FILED,),
    "motives": (Kind.MOTIVES_GIVEN, Kind.CLAIM_FILED),
    "enforcement": (Kind.DOCUMENTS,),
}


def overtaken(facts: Sequence[Fact], state: State) -> frozenset[str]:
    """Return the steps that nobody needs to take any more. `facts` are those that stand."""
    done = {step for step, kinds in CLOSED_BY.items() if of_kind(facts, *kinds)}
    if state in ENDED:
        done |= {"cada", "ta", "motives", "enforcement"}
    if state in {State.WITHDRAWN, State.SATISFIED}:
        done.add("cassation")
    return frozenset(done)


def vanished(facts: Sequence[Fact], today: date) -> tuple[Item, ...]:
    """Return the steps that facts taken back had given, and that no fact gives any more.

    `facts` in the order in which they were recorded, those corrected too. A calendar that was
    told of such a step is told that it no longer holds.
    """
    if not any(fact.corrects for fact in facts):
        return ()
    now = dates_of(standing(facts), today=today).items
    once: dict[str, Item] = {}
    for count in range(1, len(facts)):
        once |= dates_of(standing(facts[:count]), today=today).items
    return tuple(item for step, item in once.items() if step not in now)
