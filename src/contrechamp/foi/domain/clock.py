"""From the facts of a request to the days of the law: what room `law` is asked, and its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from contrechamp.kernel.dates import add_days
from contrechamp.law.domain.clock import derive
from contrechamp.law.domain.facts import Event
from contrechamp.law.domain.items import Item, Reading, Remedies

from .facts import Fact, Kind, Receipt, last_of, of_kind, receipt, remedies, since_sending


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The dated steps of one request, seen from a day."""

    receipt: Receipt | None
    items: Mapping[str, Item]
    """By step: `implied_refusal`, `cada`, `cada_cap`, `cada_opinion`, `ta`, …"""
    is_silent: bool
    """The month is over, and no refusal in words came before its end."""
    is_confirmed: bool
    """Two months have passed since registration, and no express confirmation came before."""
    confirmed_expressly: bool
    is_confirmatory: bool
    """A refusal in words came after the window of the silent one: it opens nothing."""

    def acknowledgement_is_late(self, today: date) -> bool:
        """Answer whether the acknowledgement was due before this day (CRPA R112-11-2)."""
        due = self.items.get("acknowledgement_due")
        return due is not None and due.last_day is not None and today > due.last_day

    def changes_on(self, today: date) -> date | None:
        """Return the next day on which one of the steps opens, nears its end or ends."""
        days = [
            day
            for item in self.items.values()
            for day in (
                item.not_before,
                *(add_days(end, 1) for end in (item.act_by_safe, item.last_day) if end),
            )
            if day and day > today
        ]
        return min(days, default=None)


def dates_of(facts: Sequence[Fact], *, today: date, reading: Reading = Reading.USUAL) -> Dates:
    """Return the steps that standing facts give (in order, as `facts.standing` returns them)."""
    got = receipt(facts)
    asked = _before_cada(facts, got)
    court = _before_court(facts)
    items = _derive(asked, reading, _said(_waiting_remedies(facts)), today)
    items |= _derive(court, reading, _said(_court_remedies(facts)), today)
    confirmed = of_kind(facts, Kind.CONFIRMED)
    return Dates(
        receipt=got,
        items=items,
        is_silent=_has_come("implied_refusal", "cada", items, today),
        is_confirmed=_has_come("confirmed_refusal", "ta", items, today),
        confirmed_expressly=bool(confirmed) and bool(of_kind(facts, Kind.CADA_REGISTERED)),
        is_confirmatory=_is_confirmatory(facts, asked, today),
    )


def _derive(
    events: Sequence[Event], reading: Reading, remedies: Remedies, today: date
) -> dict[str, Item]:
    return dict(_derived(tuple(events), reading, remedies, today)) if events else {}


@lru_cache(maxsize=8192)
def _derived(
    events: tuple[Event, ...], reading: Reading, remedies: Remedies, today: date
) -> tuple[tuple[str, Item], ...]:
    """Return the items of the law by step: kept, since calendars ask for the same each hour."""
    found = derive(events, reading=reading, remedies=remedies, today=today, in_full=True)
    return tuple((item.step, item) for item in found)


def _has_come(birth: str, window: str, items: Mapping[str, Item], today: date) -> bool:
    """Answer whether a silent decision is born in every reading: its window has opened."""
    if birth not in items or window not in items:
        return False
    opens = items[window].not_before
    return opens is not None and today >= opens


def _before_cada(facts: Sequence[Fact], got: Receipt | None) -> list[Event]:
    """Return the events of the request itself: receipt by each body, missing pieces, refusal."""
    after = since_sending(facts)
    events = []
    if got:
        competent = _receipt_by_competent(after)
        if competent:
            events.append(Event("received_first", got.first, got.last))
        events.append(Event("received", *(competent or (got.first, got.last))))
    refused = of_kind(after, Kind.REFUSED, Kind.PARTIAL)
    if refused:
        events.append(Event("refusal_notified", refused[0].first, refused[0].last))
    asked = [f for f in of_kind(after, Kind.COMPLETION_ASKED) if f.values.get("required_by_text")]
    if asked and got:
        events.append(Event("completion_asked", asked[0].first, asked[0].last))
        done = [f for f in of_kind(after, Kind.COMPLETION_DONE) if f.first >= asked[0].first]
        if done:
            events.append(Event("completion_done", done[0].first, done[0].last))
    return events


def _receipt_by_competent(after: Sequence[Fact]) -> tuple[date, date] | None:
    """Return when the body to which the request was passed on received it, where it is known."""
    passed = last_of(after, Kind.TRANSMITTED)
    day = passed.values.get("received") if passed else None
    if not passed or not isinstance(day, str) or not day:
        return None
    received = date.fromisoformat(day)
    return received, received


def _before_court(facts: Sequence[Fact]) -> list[Event]:
    registered = of_kind(facts, Kind.CADA_REGISTERED)
    if not registered:
        return []
    events = [Event("cada_registered", registered[0].first, registered[0].last)]
    for kind, name in (
        (Kind.CONFIRMED, "notified"),
        (Kind.MOTIVES_ASKED, "motives_asked"),
        (Kind.MOTIVES_GIVEN, "motives_given"),
        (Kind.LEGAL_AID_ASKED, "legal_aid_asked"),
        (Kind.LEGAL_AID_DECIDED, "legal_aid_decided"),
        (Kind.CADA_OPINION, "opinion_received"),
        (Kind.JUDGED, "judgment_notified"),
    ):
        if found := of_kind(facts, kind):
            events.append(Event(name, found[0].first, found[0].last))
    return events


def _is_confirmatory(facts: Sequence[Fact], events: Sequence[Event], today: date) -> bool:
    refused = [event for event in events if event.name == "refusal_notified"]
    silent = [event for event in events if event.name == "received"]
    if not refused or not silent:
        return False
    window = _derive(silent, Reading.USUAL, Remedies.UNKNOWN, today)["cada"].last_day
    return window is not None and refused[0].first > window


def _waiting_remedies(facts: Sequence[Fact]) -> bool | None:
    refused = of_kind(facts, Kind.REFUSED, Kind.PARTIAL)
    if refused:
        return remedies(refused[-1])
    acknowledged = of_kind(facts, Kind.ACKNOWLEDGED)
    return remedies(acknowledged[-1]) if acknowledged else None


def _court_remedies(facts: Sequence[Fact]) -> bool | None:
    said = of_kind(facts, Kind.CONFIRMED, Kind.CADA_REGISTERED)
    return remedies(said[-1]) if said else None


def _said(stated: bool | None) -> Remedies:
    if stated is None:
        return Remedies.UNKNOWN
    return Remedies.STATED if stated else Remedies.MISSING
