"""What is known of an action: dated facts with their proof. State and dates are views of them.

A fact is never changed: a correction is a new one that names the old (design note `law.md`, 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.law.domain import record


class Kind(StrEnum):
    """What can be known of an action, in the order in which things of one day happen."""

    # The act, or what is attacked.
    PUBLISHED = "PUBLISHED"
    NEVER_PUBLISHED = "NEVER_PUBLISHED"
    NOTIFIED = "NOTIFIED"
    SILENTLY_REFUSED = "SILENTLY_REFUSED"
    ENFORCEABLE = "ENFORCEABLE"
    TRANSMITTED = "TRANSMITTED"
    CONTRACT_KNOWN = "CONTRACT_KNOWN"
    CONTRACT_PUBLICISED = "CONTRACT_PUBLICISED"
    # Sub-files: reconsideration, prefect, repeal, legal aid.
    GRACIEUX_RECEIVED = "GRACIEUX_RECEIVED"
    GRACIEUX_REJECTED = "GRACIEUX_REJECTED"
    HIERARCHICAL_RECEIVED = "HIERARCHICAL_RECEIVED"
    HIERARCHICAL_REJECTED = "HIERARCHICAL_REJECTED"
    ACT_WITHDRAWN = "ACT_WITHDRAWN"
    PREFECT_ASKED = "PREFECT_ASKED"
    PREFECT_ANSWERED = "PREFECT_ANSWERED"
    PREFECT_REFERRED = "PREFECT_REFERRED"
    REPEAL_ASKED = "REPEAL_ASKED"
    REPEAL_REFUSED = "REPEAL_REFUSED"
    LEGAL_AID_ASKED = "LEGAL_AID_ASKED"
    LEGAL_AID_DECIDED = "LEGAL_AID_DECIDED"
    # The CNIL.
    RIGHT_EXERCISED = "RIGHT_EXERCISED"
    COMPLAINT_FILED = "COMPLAINT_FILED"
    COMPLAINT_REGISTERED = "COMPLAINT_REGISTERED"
    COMPLAINT_PROGRESS = "COMPLAINT_PROGRESS"
    NOTHING_CAME = "NOTHING_CAME"
    COMPLAINT_PURSUED = "COMPLAINT_PURSUED"
    COMPLAINT_CLOSED = "COMPLAINT_CLOSED"
    COMPLAINT_OUTCOME = "COMPLAINT_OUTCOME"
    # The commission.
    REPORT_SENT = "REPORT_SENT"
    REPORT_REGISTERED = "REPORT_REGISTERED"
    REPORT_INSPECTED = "REPORT_INSPECTED"
    REPORT_ANSWERED = "REPORT_ANSWERED"
    REPORT_PREFECT = "REPORT_PREFECT"
    # The court.
    CLAIM_FILED = "CLAIM_FILED"
    SUSPENSION_ASKED = "SUSPENSION_ASKED"
    SUSPENSION_GRANTED = "SUSPENSION_GRANTED"
    SUSPENSION_REFUSED = "SUSPENSION_REFUSED"
    CLAIM_CONFIRMED = "CLAIM_CONFIRMED"
    URGENT_CASSATION = "URGENT_CASSATION"
    LIBERTY_FILED = "LIBERTY_FILED"
    LIBERTY_RULED = "LIBERTY_RULED"
    LIBERTY_APPEALED = "LIBERTY_APPEALED"
    MEASURES_FILED = "MEASURES_FILED"
    MEASURES_RULED = "MEASURES_RULED"
    COMPLETION_ASKED = "COMPLETION_ASKED"
    COMPLETION_DONE = "COMPLETION_DONE"
    MEMORANDUM = "MEMORANDUM"
    MEMORANDUM_SENT = "MEMORANDUM_SENT"
    INQUIRY_CLOSES = "INQUIRY_CLOSES"
    HEARING = "HEARING"
    JUDGED = "JUDGED"
    APPEALED = "APPEALED"
    ENFORCEMENT_ASKED = "ENFORCEMENT_ASKED"
    CARRIED_OUT = "CARRIED_OUT"
    SETTLED = "SETTLED"
    WITHDRAWN = "WITHDRAWN"
    NOTE = "NOTE"


ORDER: Mapping[str, int] = {kind: number for number, kind in enumerate(Kind)}
PRIVATE = frozenset(
    {
        Kind.NOTE,
        Kind.LEGAL_AID_ASKED,
        Kind.LEGAL_AID_DECIDED,
        Kind.NOTHING_CAME,
        Kind.RIGHT_EXERCISED,
    }
)
"""What the public page of an action never shows: who needs legal aid, what its people note."""


class Proof(StrEnum):
    """How a day is proved."""

    COLLECTION = "COLLECTION"
    """The collection's own date and number."""
    SITE = "SITE"
    """The stamp of the authority's site."""
    CERTIFICATE = "CERTIFICATE"
    """A certificate of display."""
    RECEIPT = "RECEIPT"
    """The receipt of a court's application, of the CNIL's service, of an authority."""
    REGISTERED_LETTER = "REGISTERED_LETTER"
    STAMP = "STAMP"
    LETTER = "LETTER"
    JUDGMENT = "JUDGMENT"
    SAID = "SAID"
    """Told by the team; no paper shows it."""
    PUBLIC_SOURCE = "PUBLIC_SOURCE"
    """A text that a public body or an association published."""


OF_PUBLICATION = frozenset({Proof.COLLECTION, Proof.SITE, Proof.CERTIFICATE, Proof.LETTER})
"""What proves a publication: the day on which we saw an act first never does."""


class Outcome(StrEnum):
    """How an instance ended."""

    WON = "WON"
    PARTLY = "PARTLY"
    LOST = "LOST"
    INADMISSIBLE = "INADMISSIBLE"
    NO_OBJECT = "NO_OBJECT"
    SETTLED = "SETTLED"


class NoSuspension(StrEnum):
    """Why a suspension was refused: only the first calls for a confirmation (T7)."""

    NO_DOUBT = "NO_DOUBT"
    NO_URGENCY = "NO_URGENCY"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing known. `first` and `last` are equal when the day is sure."""

    id: str
    kind: Kind
    first: date
    last: date
    proof: Proof = Proof.SAID
    values: Mapping[str, object] = field(default_factory=dict)
    """By kind: CLAIM_FILED, COMPLAINT_REGISTERED `number`, `court`; SUSPENSION_REFUSED `why`;
    HEARING, COMPLETION_ASKED, INQUIRY_CLOSES, MEMORANDUM `day`; JUDGED `outcome`, `term`,
    `number`, `ecli`; COMPLAINT_FILED `has_standing`, `controller`, `processing`, `contact`;
    COMPLAINT_REGISTERED `number`; COMPLAINT_OUTCOME `what`; LIBERTY_RULED, MEASURES_RULED
    `outcome`; REPORT_SENT `system`, `difficulty`, `authority`; REPORT_ANSWERED,
    REPORT_PREFECT `what`; a collective COMPLAINT_FILED `statutes`."""
    corrects: str = ""

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise Refused(gettext_noop("Le premier jour possible est après le dernier."))


def standing(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts that no other corrects, in the order of their days."""
    return record.standing(facts, ORDER)


def of_kind(facts: Sequence[Fact], *kinds: Kind) -> tuple[Fact, ...]:
    """Return the facts of these kinds, in order."""
    return record.of_kind(facts, *kinds)


def last_of(facts: Sequence[Fact], *kinds: Kind) -> Fact | None:
    """Return the latest fact of these kinds, or None."""
    return record.last_of(facts, *kinds)


def first_of(facts: Sequence[Fact], *kinds: Kind) -> Fact | None:
    """Return the earliest fact of these kinds, or None."""
    found = of_kind(facts, *kinds)
    return found[0] if found else None


def after(facts: Sequence[Fact], fact: Fact) -> tuple[Fact, ...]:
    """Return the facts that stand after one, in their order."""
    return tuple(facts[facts.index(fact) + 1 :])


class Reply(StrEnum):
    """What the commission, then the prefect, make of a report (CSI L253-1, R253-2)."""

    NOTHING = "NOTHING"
    ADVICE = "ADVICE"
    SUSPEND = "SUSPEND"
    REMOVE = "REMOVE"
    NOT_COMPETENT = "NOT_COMPETENT"


def day_in(fact: Fact, name: str = "day") -> date | None:
    """Return a day that a fact tells of beside its own, None when it tells none."""
    said = fact.values.get(name)
    return date.fromisoformat(said) if isinstance(said, str) and said else None
