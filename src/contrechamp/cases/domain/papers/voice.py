"""Who speaks in a letter: `nous` for an organisation, `je` for a person."""

from __future__ import annotations

from dataclasses import dataclass

from .material import Party


@dataclass(frozen=True, slots=True)
class Voice:
    """The verbs and words of who speaks."""

    asks: str
    will: str
    complains: str
    our: str
    regards: str


PERSON = Voice("je vous demande", "je pourrai", "je saisis", "mon", "ma considération")
BODY = Voice(
    "nous vous demandons", "nous pourrons", "nous saisissons", "notre", "notre considération"
)


def voice(party: Party) -> Voice:
    """Return how a party speaks."""
    return PERSON if party.is_person else BODY
