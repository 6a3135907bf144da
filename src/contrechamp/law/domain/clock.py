"""The clock: facts in, dated steps out. Pure; the same answer in each zone, language and year.

What a room calls:

    derive([Event("received", date(2026, 1, 15))])          the items of the calculator
    derive(events, in_full=True, today=today)               those of a file too: acknowledgement
                                                            due, authority's answer to the
                                                            commission, cassation, enforcement
    derive([Event("received", first, last)])                a receipt known to within some days
    receipt.received_on(Proof.RELAYED, day).event()         the event that a proof gives
    series.gather({key: items}, on=today)                   one window for like requests

Items come in the order of their first day, each step at most once. Where a fact is an interval,
or may count or not, every combination is derived and the envelope kept: `not_before` from the
latest, `act_by_safe` and `last_day` from the earliest, a duty's end from the latest.

Steps of the calculator: implied_refusal, cada, cada_cap, cada_opinion, confirmed_refusal, ta,
ta_cap, motives, gracieux, gracieux_rejection, complaint_rejection, ce, ce_cap, cctv_expiry,
prefect_rejection, destruction. In full also: receipt_due, acknowledgement_due,
authority_position, cassation, appeal, enforcement, prefect, prefect_referral, confirmation,
urgent_cassation, liberty_order, liberty_appeal, contract, repeal_rejection,
ta_repeal, progress_due, right_answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from contrechamp.kernel.errors import gettext_noop

from .access import access
from .counting import Question
from .court import court, is_access
from .envelope import combinations, joined, with_code
from .facts import Event, ImpossibleOrder, one_of_each
from .french import french
from .items import Item, Reading, Remedies, state_of
from .other import alone, complaint, contract, repeal
from .pack import STEPS, Pack

ANSWERS = (
    ("received", "refusal_notified"),
    ("received", "partial_answer"),
    ("received", "cada_registered"),
    ("received", "notified"),
    ("cada_registered", "notified"),
    ("cada_registered", "opinion_received"),
    ("implied_decision", "motives_asked"),
    ("motives_asked", "motives_given"),
    ("published", "gracieux_received"),
    ("notified", "gracieux_received"),
    ("completion_asked", "completion_done"),
    ("legal_aid_asked", "legal_aid_decided"),
    ("complaint_received", "complaint_progress"),
    ("complaint_received", "closing_notified"),
    ("liberty_filed", "liberty_ruled"),
)
"""A question and its answer: the second cannot come before the first."""


def derive(
    events: Iterable[Event],
    *,
    reading: Reading = Reading.USUAL,
    remedies: Remedies = Remedies.UNKNOWN,
    remedies_at_court: Remedies | None = None,
    distance_months: int = 0,
    today: date | None = None,
    in_full: bool = False,
    pack: Pack | None = None,
) -> tuple[Item, ...]:
    """Return the steps that the law draws from facts, in the order of their first day.

    `remedies`: whether the letters named the remedies; `remedies_at_court` where it differs for
    `ta_cap` and `ce_cap`. `distance_months` (0, 1, 2) lengthens the periods of courts (CJA
    R421-7). `today` gives each item a state. `in_full` adds the steps of a file. `pack`: other
    rules than those of France. Raises UnknownEvent, GivenTwice, NothingGiven, ImpossibleOrder.
    """
    known = one_of_each(events)
    check_order(known)
    at_court = remedies_at_court or remedies
    ask = Question(
        pack=pack or french(),
        reading=reading,
        caps={"cada_cap": remedies, "ta_cap": at_court, "ce_cap": at_court},
        distance=distance_months,
        in_full=in_full,
    )
    found = joined(item for facts in combinations(known) for item in _ways(facts, ask))
    if "received_first" in known:
        found = (_asked_elsewhere(item) for item in found)
    items = sorted(found, key=lambda item: (item.first_day, STEPS.index(item.step)))
    if today is None:
        return tuple(items)
    return tuple(replace(item, state=state_of(item, today)) for item in items)


def _ways(facts: Mapping[str, date], ask: Question) -> Iterator[Item]:
    for way in (access, court, complaint, contract, repeal, alone):
        yield from way(facts, ask)


def _asked_elsewhere(item: Item) -> Item:
    """Return the item with the question which receipt counts, where it does."""
    return with_code(item, "U3") if item.step in ("implied_refusal", "cada", "cada_cap") else item


def check_order(events: Mapping[str, Event]) -> None:
    """Raise ImpossibleOrder where an answer comes before its question, whatever days they are."""
    for question, answer in ANSWERS:
        asked, given = events.get(question), events.get(answer)
        if answer == "gracieux_received" and is_access(events):
            continue  # It has no effect at all, whatever its day.
        if asked and given and given.last < asked.first:
            raise ImpossibleOrder(
                gettext_noop(
                    "« {answer} » ({given}) ne peut pas précéder « {question} » ({asked}) : "
                    "vérifiez les deux dates."
                ),
                answer=answer,
                given=given.last,
                question=question,
                asked=asked.first,
            )
    if "motives_given" in events and "motives_asked" not in events:
        raise ImpossibleOrder(
            gettext_noop(
                "Des motifs donnés (motives_given) répondent à une demande : ajoutez le jour où "
                "ils furent demandés (motives_asked)."
            )
        )
