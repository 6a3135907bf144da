"""What is known of a request: dated facts with their proof. State and dates are views of them.

A fact is never changed: a correction is a new fact that names the old. Days are civil days of
Europe/Paris. A day that a proof leaves open is an interval (design note `law.md`, 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.law.domain import receipt as law
from contrechamp.law.domain import record


class Kind(StrEnum):
    """What can be known. Those of `SILENT` change no date and no state."""

    READY = "READY"
    REOPENED = "REOPENED"
    SENT = "SENT"
    ACCEPTED = "ACCEPTED"
    BOUNCED = "BOUNCED"
    RECEIPT = "RECEIPT"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    TRANSMITTED = "TRANSMITTED"
    COMPLETION_ASKED = "COMPLETION_ASKED"
    COMPLETION_DONE = "COMPLETION_DONE"
    CLARIFICATION_ASKED = "CLARIFICATION_ASKED"
    CLARIFIED = "CLARIFIED"
    FEE_ASKED = "FEE_ASKED"
    FOLLOWED_UP = "FOLLOWED_UP"
    NOTHING_CAME = "NOTHING_CAME"
    AUTOMATIC_REPLY = "AUTOMATIC_REPLY"
    NOTE = "NOTE"
    DOCUMENTS = "DOCUMENTS"
    PARTIAL = "PARTIAL"
    REFUSED = "REFUSED"
    CADA_FILED = "CADA_FILED"
    CADA_ASKED_TO_COMPLETE = "CADA_ASKED_TO_COMPLETE"
    CADA_REGISTERED = "CADA_REGISTERED"
    CADA_OPINION = "CADA_OPINION"
    ADMIN_POSITION = "ADMIN_POSITION"
    CONFIRMED = "CONFIRMED"
    MOTIVES_ASKED = "MOTIVES_ASKED"
    MOTIVES_GIVEN = "MOTIVES_GIVEN"
    LEGAL_AID_ASKED = "LEGAL_AID_ASKED"
    LEGAL_AID_DECIDED = "LEGAL_AID_DECIDED"
    CLAIM_FILED = "CLAIM_FILED"
    JUDGED = "JUDGED"
    WITHDRAWN = "WITHDRAWN"


SILENT = frozenset(
    {Kind.FOLLOWED_UP, Kind.AUTOMATIC_REPLY, Kind.NOTE, Kind.FEE_ASKED, Kind.ADMIN_POSITION}
)
"""A follow-up moves no date (CRPA L412-4); nor does an out-of-office reply or a fee asked."""

AID = frozenset({Kind.LEGAL_AID_ASKED, Kind.LEGAL_AID_DECIDED})
"""Who has little money asks for it: it moves days of the court, and is nobody else's business."""


class Proof(StrEnum):
    """How a day is proved, the strongest first."""

    ACKNOWLEDGEMENT = "ACKNOWLEDGEMENT"
    RECEIPT = "RECEIPT"
    REGISTERED_LETTER = "REGISTERED_LETTER"
    STAMP = "STAMP"
    LETTER = "LETTER"
    READ_RECEIPT = "READ_RECEIPT"
    SMTP_OF_BODY = "SMTP_OF_BODY"
    SMTP_OF_RELAY = "SMTP_OF_RELAY"
    POST = "POST"
    SAID = "SAID"


STRONG = frozenset(
    {Proof.ACKNOWLEDGEMENT, Proof.RECEIPT, Proof.REGISTERED_LETTER, Proof.STAMP, Proof.LETTER}
)
STRENGTH = {
    **dict.fromkeys(STRONG, 3),
    Proof.READ_RECEIPT: 2,
    Proof.SMTP_OF_BODY: 1,
    Proof.SAID: 1,
    Proof.SMTP_OF_RELAY: 0,
    Proof.POST: 0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing known. `first` and `last` are equal when the day is sure."""

    id: str
    kind: Kind
    first: date
    last: date
    proof: Proof = Proof.SAID
    values: Mapping[str, object] = field(default_factory=dict)
    """By kind: ACKNOWLEDGED `received`, `implied_on`, `number`, `remedies`; REFUSED, PARTIAL,
    CONFIRMED `reasons`, `remedies`; CADA_REGISTERED `number`, `series`; CADA_OPINION `number`,
    `sense`; TRANSMITTED `body`; JUDGED `outcome`, `days`; DOCUMENTS, PARTIAL `items`."""
    corrects: str = ""

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise Refused(gettext_noop("Le premier jour possible est après le dernier."))


def standing(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts that no other corrects, in the order of their days."""
    return record.standing(facts, ORDER)


ORDER: Mapping[str, int] = {kind: number for number, kind in enumerate(Kind)}


_LAW = {Proof.SMTP_OF_RELAY: law.Proof.RELAYED, Proof.POST: law.Proof.POSTED}


def received_by(proof: Proof, day: date) -> tuple[date, date]:
    """Return the first and the last day on which a letter was received, by what proves it.

    Our relay's acceptance leaves a working day, ordinary post one to five; a receipt is its date.
    """
    if proof not in _LAW:
        return day, day
    found = law.received_on(_LAW[proof], day)
    return found.first, found.last


def of_kind(facts: Sequence[Fact], *kinds: Kind) -> tuple[Fact, ...]:
    """Return the facts of these kinds, in order."""
    return record.of_kind(facts, *kinds)


def last_of(facts: Sequence[Fact], *kinds: Kind) -> Fact | None:
    """Return the latest fact of these kinds, or None."""
    return record.last_of(facts, *kinds)


@dataclass(frozen=True, slots=True)
class Receipt:
    """When the body received the request, as far as it is known, and how."""

    first: date
    last: date
    proof: Proof

    @property
    def is_presumed(self) -> bool:
        """Answer whether no paper of the body proves it."""
        return self.proof not in STRONG


def sending(facts: Sequence[Fact]) -> Fact | None:
    """Return the sending that counts: the last one, since sending again is a new anchor."""
    return last_of(facts, Kind.SENT)


def since_sending(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts from the sending that counts on."""
    sent = sending(facts)
    if sent is None:
        return ()
    return tuple(facts[facts.index(sent) :])


def is_undelivered(facts: Sequence[Fact]) -> bool:
    """Answer whether the last sending came back and nothing shows that it arrived after all."""
    after = since_sending(facts)
    bounced = last_of(after, Kind.BOUNCED)
    return bounced is not None and not of_kind(
        after, Kind.ACKNOWLEDGED, Kind.RECEIPT, Kind.DOCUMENTS, Kind.PARTIAL, Kind.REFUSED
    )


def receipt(facts: Sequence[Fact]) -> Receipt | None:
    """Return when the request was received: by the strongest proofs, all days that they leave.

    Without a proof of its own, any answer of the body shows that it had the request: at the
    latest on the day of that answer, at the earliest on the day of sending.
    """
    after = since_sending(facts)
    if not after or is_undelivered(facts):
        return None
    proofs = [(_days_of(fact, after[0]), fact.proof) for fact in after if fact.kind in _PROVING]
    if not proofs:
        answers = of_kind(after, *ANSWERS)
        return Receipt(after[0].first, answers[0].last, Proof.SAID) if answers else None
    best = max(STRENGTH[proof] for _, proof in proofs)
    kept = [(days, proof) for days, proof in proofs if STRENGTH[proof] == best]
    first = min(days[0] for days, _ in kept)
    last = max(days[1] for days, _ in kept)
    answers = of_kind(after, *ANSWERS)
    if answers:
        # Whoever answers has the request: a proof that gives a later day is of something else.
        last = min(last, answers[0].first)
    return Receipt(min(first, last), last, kept[0][1])


_PROVING = frozenset({Kind.ACCEPTED, Kind.RECEIPT, Kind.ACKNOWLEDGED})
ANSWERS = (
    Kind.TRANSMITTED,
    Kind.CLARIFICATION_ASKED,
    Kind.FEE_ASKED,
    Kind.COMPLETION_ASKED,
    Kind.DOCUMENTS,
    Kind.PARTIAL,
    Kind.REFUSED,
)


def _days_of(fact: Fact, sent: Fact) -> tuple[date, date]:
    """Return the days of receipt that a fact proves.

    An acknowledgement that gives no day of receipt shows only that it was between the two.
    """
    given = fact.values.get("received")
    if fact.kind is Kind.ACKNOWLEDGED:
        if isinstance(given, str) and given:
            day = date.fromisoformat(given)
            return day, day
        return sent.first, fact.last
    first, _ = received_by(fact.proof, fact.first)
    _, last = received_by(fact.proof, fact.last)
    return first, last


def remedies(fact: Fact | None) -> bool | None:
    """Return whether a letter named the remedies and their periods; None when nobody has said."""
    said = fact.values.get("remedies") if fact else None
    return said if isinstance(said, bool) else None


def for_everybody(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts with legal aid as mere notes: what days follow from them tells nothing."""
    return tuple(replace(fact, kind=Kind.NOTE) if fact.kind in AID else fact for fact in facts)
