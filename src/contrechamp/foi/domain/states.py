"""Where a request stands: a view of its facts, of a day, and of whether the mailbox was read.

The table is the one of the design note `foi.md`, 3. A silence is stated only when it has been
verified; a follow-up, a receipt or an opinion of the CADA moves no date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contrechamp.law.domain.items import Reading

from .clock import Dates, dates_of
from .facts import Fact, Kind, is_undelivered, last_of, of_kind, remedies, standing


class State(StrEnum):
    """Where a request stands."""

    DRAFT = "DRAFT"
    READY = "READY"
    SENT = "SENT"
    UNDELIVERED = "UNDELIVERED"
    AWAITING = "AWAITING"
    UNVERIFIED = "UNVERIFIED"
    REFUSED_SILENT = "REFUSED_SILENT"
    REFUSED_EXPRESS = "REFUSED_EXPRESS"
    PARTIAL = "PARTIAL"
    TIME_BARRED = "TIME_BARRED"
    CADA_LATE_OPEN = "CADA_LATE_OPEN"
    CADA_FILED = "CADA_FILED"
    CADA_INCOMPLETE = "CADA_INCOMPLETE"
    CADA_PENDING = "CADA_PENDING"
    REFUSAL_CONFIRMED = "REFUSAL_CONFIRMED"
    LITIGATION = "LITIGATION"
    ENFORCE = "ENFORCE"
    SATISFIED = "SATISFIED"
    CLOSED_LOST = "CLOSED_LOST"
    WITHDRAWN = "WITHDRAWN"


ENDED = frozenset({State.SATISFIED, State.CLOSED_LOST, State.WITHDRAWN, State.TIME_BARRED})
REFUSED = frozenset({State.REFUSED_SILENT, State.REFUSED_EXPRESS, State.PARTIAL})


class Flag(StrEnum):
    """What is said beside the state."""

    PRESUMED_RECEIPT = "PRESUMED_RECEIPT"
    TRANSMITTED = "TRANSMITTED"
    CLARIFICATION_ASKED = "CLARIFICATION_ASKED"
    FEE_ASKED = "FEE_ASKED"
    NO_ACKNOWLEDGEMENT = "NO_ACKNOWLEDGEMENT"
    REMEDIES_UNREAD = "REMEDIES_UNREAD"
    FOLLOWED_UP = "FOLLOWED_UP"
    AFTER_SAFE = "AFTER_SAFE"
    CONFIRMATORY = "CONFIRMATORY"
    OPINION_MOVES_NOTHING = "OPINION_MOVES_NOTHING"
    MOTIVES_ASKED = "MOTIVES_ASKED"
    LEGAL_AID = "LEGAL_AID"
    COSTS_STILL_CLAIMED = "COSTS_STILL_CLAIMED"
    SILENCE_UNVERIFIED = "SILENCE_UNVERIFIED"


@dataclass(frozen=True, slots=True)
class Silence:
    """Whether one may say that nothing came, and what hinders it (codes of the mail room)."""

    is_verified: bool
    blockers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Where a request stands on a day, and until when the next step can be done."""

    state: State
    flags: frozenset[Flag]
    dates: Dates
    step: str = ""
    """The step of the clock that matters now: `cada`, `ta`, `implied_refusal`, …"""
    rests_on_silence: bool = False
    """The state says that nobody answered: without a mailbox read lately it may not be shown."""


def status(
    facts: Sequence[Fact],
    *,
    today: date,
    silence: Silence,
    reading: Reading = Reading.USUAL,
) -> Status:
    """Return where a request stands on a day.

    `silence` says whether the mailbox was read for the period that matters now. The state is
    that of the facts known, whatever the day on which they were entered.
    """
    known = standing(fact for fact in facts if fact.first <= today)
    dates = dates_of(known, today=today, reading=reading)
    state, step, rests = _state(known, dates, today, silence)
    return Status(
        state=state,
        flags=frozenset(_flags(known, dates, today, state, silence)),
        dates=dates,
        step=step,
        rests_on_silence=rests,
    )


Found = tuple[State, str, bool]


def _state(facts: Sequence[Fact], dates: Dates, today: date, silence: Silence) -> Found:
    if of_kind(facts, Kind.WITHDRAWN):
        return State.WITHDRAWN, "", False
    if not of_kind(facts, Kind.SENT):
        return _before(facts)
    for part in (_judged, _given, _at_court):
        if found := part(facts):
            return found
    if of_kind(facts, Kind.CADA_FILED):
        return _at_cada(facts, dates, today, silence)
    return _waiting(facts, dates, today, silence)


def _before(facts: Sequence[Fact]) -> Found:
    last = last_of(facts, Kind.READY, Kind.REOPENED)
    is_ready = last is not None and last.kind is Kind.READY
    return State.READY if is_ready else State.DRAFT, "", False


def _judged(facts: Sequence[Fact]) -> Found | None:
    """A judgment: won until carried out, or lost."""
    judged = last_of(facts, Kind.JUDGED)
    if judged is None:
        return None
    outcome = judged.values.get("outcome")
    if outcome == "dismissed":
        return State.CLOSED_LOST, "cassation", False
    if outcome == "no_object":
        return State.SATISFIED, "", False
    given = last_of(facts, Kind.DOCUMENTS)
    if given and given.first >= judged.first:
        return State.SATISFIED, "", False
    return State.ENFORCE, "enforcement", False


def _given(facts: Sequence[Fact]) -> Found | None:
    return (State.SATISFIED, "", False) if of_kind(facts, Kind.DOCUMENTS) else None


def _at_court(facts: Sequence[Fact]) -> Found | None:
    return (State.LITIGATION, "", False) if of_kind(facts, Kind.CLAIM_FILED) else None


def _at_cada(facts: Sequence[Fact], dates: Dates, today: date, silence: Silence) -> Found:
    if not of_kind(facts, Kind.CADA_REGISTERED):
        asked = of_kind(facts, Kind.CADA_ASKED_TO_COMPLETE)
        return (State.CADA_INCOMPLETE if asked else State.CADA_FILED), "", False
    partial = last_of(facts, Kind.PARTIAL)
    registered = last_of(facts, Kind.CADA_REGISTERED)
    if partial and registered and partial.first >= registered.first and not dates.is_confirmed:
        # What is missing stays refused: the clock of the court goes on.
        return State.PARTIAL, "ta", False
    if dates.confirmed_expressly:
        return _confirmed(facts, dates, today), "ta", False
    if dates.is_confirmed:
        if silence.is_verified:
            return _confirmed(facts, dates, today), "ta", True
        return State.CADA_PENDING, "ta", False
    return State.CADA_PENDING, "confirmed_refusal", False


def _confirmed(facts: Sequence[Fact], dates: Dates, today: date) -> State:
    """The court is open; past its last day only where its period was named to the requester."""
    window = dates.items.get("ta")
    said = remedies(last_of(facts, Kind.CONFIRMED, Kind.CADA_REGISTERED))
    if window and window.last_day and today > window.last_day and said:
        return State.TIME_BARRED
    return State.REFUSAL_CONFIRMED


def _waiting(facts: Sequence[Fact], dates: Dates, today: date, silence: Silence) -> Found:
    """Before the CADA: waiting, refused in words, refused by silence, or too late."""
    if is_undelivered(facts):
        return State.UNDELIVERED, "", False
    express = of_kind(facts, Kind.REFUSED, Kind.PARTIAL)
    if express:
        is_partial = any(fact.kind is Kind.PARTIAL for fact in express)
        return _refused(facts, dates, today, State.PARTIAL if is_partial else None)
    if dates.receipt is None:
        return State.SENT, "", False
    if not dates.is_silent:
        return State.AWAITING, "implied_refusal", False
    if not silence.is_verified:
        return State.UNVERIFIED, "cada", False
    state, step, _ = _refused(facts, dates, today, State.REFUSED_SILENT)
    return state, step, True


def _refused(facts: Sequence[Fact], dates: Dates, today: date, state: State | None) -> Found:
    window = dates.items.get("cada")
    if window and window.last_day and today > window.last_day:
        late = State.TIME_BARRED if stated(facts) else State.CADA_LATE_OPEN
        return late, "cada_cap" if late is State.CADA_LATE_OPEN else "", False
    return state or State.REFUSED_EXPRESS, "cada", False


def stated(facts: Sequence[Fact]) -> bool | None:
    """Return whether the remedies before the CADA were stated to the requester (D17).

    By the refusal in words when there is one, else by the acknowledgement; None: nobody said.
    """
    refusal = last_of(facts, Kind.REFUSED, Kind.PARTIAL)
    if refusal is not None:
        return remedies(refusal)
    acknowledged = last_of(facts, Kind.ACKNOWLEDGED)
    return remedies(acknowledged) if acknowledged else False


def _flags(
    facts: Sequence[Fact], dates: Dates, today: date, state: State, silence: Silence
) -> list[Flag]:
    kinds = {fact.kind for fact in facts}
    open_refusal = state in REFUSED or state is State.UNVERIFIED
    window = dates.items.get("cada" if open_refusal else "ta")
    safe = window.act_by_safe if window else None
    acting = open_refusal or state is State.REFUSAL_CONFIRMED
    answered = kinds & {Kind.REFUSED, Kind.PARTIAL, Kind.DOCUMENTS}
    said = {
        Flag.PRESUMED_RECEIPT: dates.receipt is not None and dates.receipt.is_presumed,
        Flag.TRANSMITTED: Kind.TRANSMITTED in kinds,
        Flag.CLARIFICATION_ASKED: _is_open(facts, Kind.CLARIFICATION_ASKED, Kind.CLARIFIED),
        Flag.FEE_ASKED: Kind.FEE_ASKED in kinds and not answered,
        Flag.NO_ACKNOWLEDGEMENT: dates.acknowledgement_is_late(today)
        and Kind.ACKNOWLEDGED not in kinds
        and not answered,
        Flag.REMEDIES_UNREAD: open_refusal and bool(answered) and stated(facts) is None,
        Flag.FOLLOWED_UP: Kind.FOLLOWED_UP in kinds and open_refusal,
        Flag.AFTER_SAFE: acting and safe is not None and today > safe,
        Flag.CONFIRMATORY: dates.is_confirmatory,
        Flag.OPINION_MOVES_NOTHING: Kind.CADA_OPINION in kinds
        and state in {State.CADA_PENDING, State.REFUSAL_CONFIRMED, State.PARTIAL},
        Flag.MOTIVES_ASKED: _is_open(facts, Kind.MOTIVES_ASKED, Kind.MOTIVES_GIVEN),
        Flag.LEGAL_AID: _is_open(facts, Kind.LEGAL_AID_ASKED, Kind.LEGAL_AID_DECIDED),
        Flag.COSTS_STILL_CLAIMED: Kind.CLAIM_FILED in kinds and state is State.SATISFIED,
        Flag.SILENCE_UNVERIFIED: state is State.CADA_PENDING
        and dates.is_confirmed
        and not silence.is_verified,
    }
    return [flag for flag, holds in said.items() if holds]


def _is_open(facts: Sequence[Fact], asked: Kind, answered: Kind) -> bool:
    question, answer = last_of(facts, asked), last_of(facts, answered)
    return question is not None and (answer is None or answer.first < question.first)
