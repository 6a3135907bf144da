"""What is counted of one request, read from its facts alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from .facts import Fact, Kind, is_undelivered, last_of, of_kind, receipt, sending, standing
from .states import State
from .statistics import Asked, Court, Refusal, is_month_over

ANSWERING = (Kind.DOCUMENTS, Kind.PARTIAL, Kind.REFUSED)
REFUSING = (Kind.REFUSED, Kind.PARTIAL, Kind.CONFIRMED)
_WAITS = ((Kind.CLARIFICATION_ASKED, Kind.CLARIFIED), (Kind.COMPLETION_ASKED, Kind.COMPLETION_DONE))
_COURTS = {
    "annulled": Court.ANNULLED,
    "partly": Court.PARTLY,
    "dismissed": Court.DISMISSED,
    "no_object": Court.NO_NEED,
}
_CONFIRMED = frozenset(
    {State.REFUSAL_CONFIRMED, State.LITIGATION, State.ENFORCE, State.CLOSED_LOST}
)


def asked_of(body: str, facts: Iterable[Fact], *, state: State, today: date) -> Asked | None:
    """Return what is counted of a request on a day; None for one that never arrived.

    A silence that is not verified is not told in a number either: None while its month is over
    and nobody may say yet that no answer came.
    """
    known = standing(fact for fact in facts if fact.first <= today)
    sent = sending(known)
    if sent is None or is_undelivered(known):
        return None
    got = receipt(known)
    answer = next(iter(of_kind(known, *ANSWERING)), None)
    filed, registered = last_of(known, Kind.CADA_FILED), last_of(known, Kind.CADA_REGISTERED)
    opinion, gone = last_of(known, Kind.CADA_OPINION), last_of(known, Kind.WITHDRAWN)
    given = next(iter(of_kind(known, Kind.DOCUMENTS, Kind.PARTIAL)), None)
    found = Asked(
        body=body,
        sent_on=sent.first,
        received=(got.first, got.last) if got else None,
        answered_on=answer.first if answer else None,
        answer_kind=answer.kind if answer else "",
        documents_on=given.first if given else None,
        refusal=_refusal(known),
        waits=_waits(known),
        cada_filed_on=filed.first if filed else None,
        cada_registered_on=registered.first if registered else None,
        cada_sense=str(opinion.values.get("sense") or "").lower() if opinion else "",
        is_confirmed=state in _CONFIRMED or last_of(known, Kind.CONFIRMED) is not None,
        court=_court(known),
        withdrawn_on=gone.first if gone else None,
    )
    is_unverified = state in {State.UNVERIFIED, State.SENT}
    return None if is_unverified and not answer and is_month_over(found, today) else found


def _refusal(facts: Sequence[Fact]) -> Refusal:
    """Return how the body said no; all documents in the end are no refusal."""
    if of_kind(facts, Kind.DOCUMENTS):
        return Refusal.NONE
    if of_kind(facts, Kind.PARTIAL):
        return Refusal.PARTIAL
    return Refusal.EXPRESS if of_kind(facts, Kind.REFUSED) else Refusal.NONE


def _waits(facts: Sequence[Fact]) -> tuple[tuple[date, date | None], ...]:
    found: list[tuple[date, date | None]] = []
    for asking, answering in _WAITS:
        ends = [fact.first for fact in of_kind(facts, answering)]
        for fact in of_kind(facts, asking):
            end = next((day for day in ends if day >= fact.first), None)
            found.append((fact.first, end))
    return tuple(sorted(found, key=lambda wait: wait[0]))


def _court(facts: Sequence[Fact]) -> Court:
    judged = last_of(facts, Kind.JUDGED)
    if judged is not None:
        return _COURTS.get(str(judged.values.get("outcome")), Court.PENDING)
    return Court.PENDING if of_kind(facts, Kind.CLAIM_FILED) else Court.NONE


def reasons_of(facts: Iterable[Fact], today: date) -> tuple[str, ...]:
    """Return the codes of the reasons that a body gave for its refusals, each once, in order."""
    known = standing(fact for fact in facts if fact.first <= today)
    codes: set[str] = set()
    for fact in of_kind(known, *REFUSING):
        said = fact.values.get("reasons")
        if isinstance(said, Sequence) and not isinstance(said, str):
            codes |= {str(code) for code in said if code}
    return tuple(sorted(codes))
