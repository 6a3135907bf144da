"""When a letter or a mail was received, as far as its proof tells: a fact with its strength."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contrechamp.kernel.periods import add_worked

from .facts import Event

POST_LEAST, POST_MOST = 1, 5
"""Working days that ordinary post takes, at least and at most."""


class Strength(StrEnum):
    """How far a proof can be relied on."""

    STRONG = "strong"
    MIDDLING = "middling"
    PRESUMED = "presumed"
    WEAK = "weak"


class Proof(StrEnum):
    """What tells the day of receipt, the strongest first."""

    ACKNOWLEDGED = "acknowledged"
    """An acknowledgement that gives the date of receipt."""
    REGISTERED = "registered"
    """An automatic registration receipt."""
    SIGNED = "signed"
    """A registered letter, on paper or electronic: the day signed, or of first presentation."""
    HANDED = "handed"
    """Handed over against a stamp."""
    OPENED = "opened"
    """A read receipt: the day opened; `sent_on` is the earliest."""
    ACCEPTED = "accepted"
    """The authority's own server took the mail, or our relay says so."""
    RELAYED = "relayed"
    """Our relay took the mail, and said no more."""
    POSTED = "posted"
    """Ordinary post: the day of posting."""


STRENGTHS = {
    Proof.OPENED: Strength.MIDDLING,
    Proof.ACCEPTED: Strength.PRESUMED,
    Proof.RELAYED: Strength.WEAK,
    Proof.POSTED: Strength.WEAK,
}


@dataclass(frozen=True, slots=True)
class Received:
    """One proof of receipt: the days that it leaves possible, and how strong it is."""

    proof: Proof
    first: date
    last: date

    @property
    def strength(self) -> Strength:
        return STRENGTHS.get(self.proof, Strength.STRONG)

    def event(self, name: str = "received") -> Event:
        """Return the fact that the clock reads."""
        return Event(name, self.first, self.last)


def received_on(proof: Proof, day: date, sent_on: date | None = None) -> Received:
    """Return what a proof of a day tells; `sent_on` bounds a read receipt from below."""
    if proof is Proof.OPENED:
        return Received(proof, min(sent_on or day, day), day)
    if proof is Proof.RELAYED:
        return Received(proof, day, add_worked(day, 1))
    if proof is Proof.POSTED:
        return Received(proof, add_worked(day, POST_LEAST), add_worked(day, POST_MOST))
    return Received(proof, day, day)


def strongest(proofs: Iterable[Received]) -> Received | None:
    """Return the proof that governs: the strongest kind, the earliest of two alike."""
    order = list(Strength)
    return min(
        proofs, key=lambda one: (order.index(one.strength), one.first, one.last), default=None
    )
