"""Which facts can be recorded now, and what is asked of each. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from contrechamp.kernel.errors import Refused

from .clock import dates_of
from .facts import Fact, Kind, Proof, standing
from .recording import check_fact

STAGES: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (
        "body",
        (
            Kind.ACKNOWLEDGED,
            Kind.RECEIPT,
            Kind.REFUSED,
            Kind.PARTIAL,
            Kind.DOCUMENTS,
            Kind.NOTHING_CAME,
            Kind.TRANSMITTED,
            Kind.CLARIFICATION_ASKED,
            Kind.CLARIFIED,
            Kind.FEE_ASKED,
            Kind.COMPLETION_ASKED,
            Kind.COMPLETION_DONE,
            Kind.BOUNCED,
            Kind.AUTOMATIC_REPLY,
            Kind.FOLLOWED_UP,
        ),
    ),
    (
        "cada",
        (
            Kind.CADA_FILED,
            Kind.CADA_REGISTERED,
            Kind.CADA_ASKED_TO_COMPLETE,
            Kind.CADA_OPINION,
            Kind.ADMIN_POSITION,
            Kind.CONFIRMED,
        ),
    ),
    (
        "court",
        (
            Kind.MOTIVES_ASKED,
            Kind.MOTIVES_GIVEN,
            Kind.LEGAL_AID_ASKED,
            Kind.LEGAL_AID_DECIDED,
            Kind.CLAIM_FILED,
            Kind.JUDGED,
        ),
    ),
    ("other", (Kind.NOTE, Kind.WITHDRAWN)),
)
"""What people record by hand, by whose act it is. A sending is recorded where it is done."""
BY_HAND = frozenset(kind for _, kinds in STAGES for kind in kinds)

NUMBER, SENSE, REMEDIES, REASONS = "number", "sense", "remedies", "reasons"
RECEIVED, IMPLIED, BODY, REQUIRED = "received", "implied_on", "body", "required_by_text"
OUTCOME, DAYS = "outcome", "days"
ASKED_OF: dict[Kind, tuple[str, ...]] = {
    Kind.ACKNOWLEDGED: (RECEIVED, NUMBER, IMPLIED, REMEDIES),
    Kind.REFUSED: (REASONS, REMEDIES),
    Kind.PARTIAL: (REASONS, REMEDIES),
    Kind.CONFIRMED: (REASONS, REMEDIES),
    Kind.TRANSMITTED: (BODY, RECEIVED),
    Kind.COMPLETION_ASKED: (REQUIRED,),
    Kind.CADA_REGISTERED: (NUMBER,),
    Kind.CADA_OPINION: (NUMBER, SENSE),
    Kind.JUDGED: (OUTCOME, DAYS),
}
"""What is asked of a fact beside its day and proof: the keys of `Fact.values`."""

_PAPERS = (Proof.LETTER, Proof.SAID)
_SENT = (Proof.SAID, Proof.RECEIPT, Proof.REGISTERED_LETTER, Proof.STAMP)
PROOFS: dict[Kind, tuple[Proof, ...]] = {
    Kind.ACKNOWLEDGED: (Proof.ACKNOWLEDGEMENT,),
    Kind.RECEIPT: (Proof.REGISTERED_LETTER, Proof.RECEIPT, Proof.STAMP, Proof.READ_RECEIPT),
    Kind.NOTHING_CAME: (Proof.SAID,),
    Kind.NOTE: (Proof.SAID,),
    Kind.WITHDRAWN: (Proof.SAID,),
    Kind.AUTOMATIC_REPLY: (Proof.SAID,),
    Kind.BOUNCED: (Proof.SAID,),
    Kind.FOLLOWED_UP: _SENT,
    Kind.CLARIFIED: _SENT,
    Kind.COMPLETION_DONE: _SENT,
    Kind.CADA_FILED: _SENT,
    Kind.MOTIVES_ASKED: _SENT,
    Kind.LEGAL_AID_ASKED: _SENT,
    Kind.CLAIM_FILED: _SENT,
}


def proofs_of(kind: Kind) -> tuple[Proof, ...]:
    """Return how a fact of this kind can be proved, the likeliest first."""
    return PROOFS.get(kind, _PAPERS)


def possible(facts: Sequence[Fact], *, today: date) -> frozenset[Kind]:
    """Return the kinds that can follow what is known, on one day at least until today.

    The days that matter are today and those on which a period of the law ends.
    """
    known = standing(facts)
    ends = {
        day
        for item in dates_of(known, today=today).items.values()
        for day in (item.not_before, item.act_by_safe, item.last_day)
        if day and day < today
    }
    return frozenset(
        kind
        for kind in BY_HAND
        if any(_holds(facts, kind, day, today) for day in (today, *sorted(ends)))
    )


def _holds(facts: Sequence[Fact], kind: Kind, day: date, today: date) -> bool:
    try:
        check_fact(facts, Fact(id="", kind=kind, first=day, last=day), today=today)
    except Refused:
        return False
    return True
