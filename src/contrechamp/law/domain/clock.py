"""The clock: facts in, dated steps out. Pure; the same answer in each zone, language and year.

What a room calls:

    derive([Event("received", date(2026, 1, 15))])          the items of the calculator
    derive(events, in_full=True, today=today)               those of a file too: acknowledgement
                                                            due, authority's answer to the
                                                            commission, cassation, enforcement
    derive([Event("received", first, last)])                a receipt known to within some days
    receipt.received_on(Proof.RELAYED, day)                 the event that a proof gives
    series.gather(windows)                                  one window for like requests

Items come in the order of their first day, each step at most once. Where a fact is an interval,
or may count or not, every combination is derived and the envelope kept: `not_before` from the
latest, `act_by_safe` and `last_day` from the earliest, a duty's end from the latest.

Steps of the calculator: implied_refusal, cada, cada_cap, cada_opinion, confirmed_refusal, ta,
ta_cap, motives, gracieux, gracieux_rejection, complaint_rejection, ce, ce_cap, cctv_expiry,
prefect_rejection, destruction. In full also: receipt_due, acknowledgement_due,
authority_position, cassation, enforcement.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .facts import Event
from .items import Item, Reading, Remedies


def derive(
    events: Iterable[Event],
    *,
    reading: Reading = Reading.USUAL,
    remedies: Remedies = Remedies.UNKNOWN,
    distance_months: int = 0,
    today: date | None = None,
    in_full: bool = False,
) -> tuple[Item, ...]:
    """Return the steps that the law draws from facts, in the order of their first day.

    `distance_months` (0, 1, 2) lengthens the periods of courts (CJA R421-7). `today` gives each
    item a state. Raises UnknownEvent, GivenTwice, NothingGiven, ImpossibleOrder (all Refused).
    """
    raise NotImplementedError
