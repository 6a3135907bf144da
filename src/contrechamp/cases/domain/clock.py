"""From the facts of an action to the days of the law: what room `law` is asked, and its answer.

Each sub-file is asked for by itself: the act with its reconsideration, the prefect, the repeal,
the urgent branches, the contract, the CNIL, the judgment. No date is counted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from contrechamp.kernel.dates import add_days
from contrechamp.law.domain.clock import derive
from contrechamp.law.domain.facts import Event
from contrechamp.law.domain.items import LAST_DAYS, Item, Reading, Remedies, state_of

from .facts import Fact, Kind, NoSuspension, first_of, last_of, of_kind

RECONSIDERATIONS = (
    (Kind.GRACIEUX_RECEIVED, Kind.GRACIEUX_REJECTED),
    (Kind.HIERARCHICAL_RECEIVED, Kind.HIERARCHICAL_REJECTED),
)
BORN = ("gracieux_rejection", "repeal_rejection", "complaint_rejection")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request to reconsider: whether it came in time, and when it is rejected."""

    fact: Fact
    in_time: bool
    limit: date
    """The last usual day on which it could have come."""
    rejected: Fact | None
    born_on: date | None
    """From when silence may have rejected it, in the earliest reading."""

    def is_waiting(self, today: date) -> bool:
        """Answer whether the author of the act may still answer, in every reading."""
        if not self.in_time or self.rejected:
            return False
        return self.born_on is not None and today <= self.born_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The dated steps of one action, seen from a day."""

    items: Mapping[str, Item]
    asked: tuple[Asked, ...] = ()
    """The first request of each kind to reconsider."""

    def changes_on(self, today: date) -> date | None:
        """Return the next day on which one of the steps opens, nears its end or ends."""
        days = (day for item in self.items.values() for day in _turns(item) if day > today)
        return min(days, default=None)


def _turns(item: Item) -> Iterator[date]:
    """Yield the days on which what is said of a step changes: it opens, nears its end, ends."""
    if item.not_before:
        yield item.not_before
        yield add_days(item.not_before, 1)
    if item.act_by_safe:
        yield add_days(item.act_by_safe, -LAST_DAYS)
        yield add_days(item.act_by_safe, 1)
    if item.last_day:
        yield add_days(item.last_day, 1)


def dates_of(
    facts: Sequence[Fact],
    *,
    today: date,
    is_access: bool = False,
    reading: Reading = Reading.USUAL,
    distance_months: int = 0,
) -> Dates:
    """Return the steps that standing facts give (in order, as `facts.standing` returns them)."""
    ask = _Ask(today, reading, distance_months)
    court, asked = _court(facts, ask, is_access=is_access)
    items = dict(court)
    for events in (
        _named(facts, (Kind.ENFORCEABLE, "act_enforceable"), (Kind.TRANSMITTED, "act_transmitted")),
        _named(facts, (Kind.REPEAL_ASKED, "repeal_asked")),
        _urgent(facts),
        _liberty(facts),
        _named(
            facts,
            (Kind.CONTRACT_KNOWN, "contract_known"),
            (Kind.CONTRACT_PUBLICISED, "contract_publicised"),
        ),
        _complaint(facts),
        _judged(facts, is_access=is_access),
    ):
        items |= ask(events)
    if refused := last_of(facts, Kind.REPEAL_REFUSED):
        again = ask([Event("notified", refused.first, refused.last)])
        items["ta_repeal"] = again["ta"]
    return Dates(items=items, asked=asked)


@dataclass(frozen=True, slots=True)
class _Ask:
    today: date
    reading: Reading
    distance: int

    def __call__(
        self, events: Iterable[Event], remedies: Remedies = Remedies.UNKNOWN
    ) -> dict[str, Item]:
        said = list(events)
        if not said:
            return {}
        found = derive(
            said,
            reading=self.reading,
            remedies=remedies,
            distance_months=self.distance,
            today=self.today,
            in_full=True,
        )
        return {item.step: item for item in found}


def _event(name: str, fact: Fact) -> Event:
    return Event(name, fact.first, fact.last)


def _named(facts: Sequence[Fact], *names: tuple[Kind, str]) -> list[Event]:
    """Return the first fact of each kind as an event."""
    found = [(name, first_of(facts, kind)) for kind, name in names]
    return [_event(name, fact) for name, fact in found if fact]


def attacked(facts: Sequence[Fact]) -> Event | None:
    """Return what opens the period of the court: publication, notification, silence."""
    for kind, name in (
        (Kind.NOTIFIED, "notified"),
        (Kind.SILENTLY_REFUSED, "implied_decision"),
        (Kind.PUBLISHED, "published"),
    ):
        if fact := first_of(facts, kind):
            return _event(name, fact)
    return None


def _court(
    facts: Sequence[Fact], ask: _Ask, *, is_access: bool
) -> tuple[dict[str, Item], tuple[Asked, ...]]:
    opening = attacked(facts)
    if opening is None:
        return {}, ()
    events = [opening, *_aid(facts)]
    if opening.name == "implied_decision" and (said := first_of(facts, Kind.NOTIFIED)):
        events.append(_event("notified", said))
    items = ask(events)
    asked = _asked(facts, items["ta"], ask) if not is_access else ()
    # After a decision born of silence a request to reconsider is not counted on.
    counted = [one for one in asked if one.in_time and opening.name != "implied_decision"]
    if is_access or asked:
        items.pop("gracieux", None)
    if counted:
        renewed = max((_renewed(one, opening, ask) for one in counted), key=_end_of)
        opens = items["ta"].not_before
        items |= {step: item for step, item in renewed.items() if step != "ta"}
        items["ta"] = _opened(renewed["ta"], opens, ask.today)
    return items, asked


def _aid(facts: Sequence[Fact]) -> list[Event]:
    asked = first_of(facts, Kind.LEGAL_AID_ASKED)
    if asked is None:
        return []
    decided = last_of(facts, Kind.LEGAL_AID_DECIDED)
    found = [_event("legal_aid_asked", asked)]
    return [*found, _event("legal_aid_decided", decided)] if decided else found


def _asked(facts: Sequence[Fact], window: Item, ask: _Ask) -> tuple[Asked, ...]:
    """Return the first request to reconsider of each kind: a second one never counts (T4)."""
    found = []
    for asking, rejecting in RECONSIDERATIONS:
        fact = first_of(facts, asking)
        if fact is None or window.last_day is None:
            continue
        birth = ask([_event("gracieux_received", fact)])["gracieux_rejection"]
        found.append(
            Asked(
                fact=fact,
                in_time=fact.last <= window.last_day,
                limit=window.last_day,
                rejected=first_of(facts, rejecting),
                born_on=birth.not_before,
            )
        )
    return tuple(found)


def _renewed(one: Asked, opening: Event, ask: _Ask) -> dict[str, Item]:
    """Return the fresh window after a request to reconsider: from its rejection."""
    silent = ask([_event("gracieux_received", one.fact)])
    if one.rejected is None:
        # From silence: counted by the rule of the reconsideration itself.
        both = ask([opening, _event("gracieux_received", one.fact)])
        return {"ta": both["ta"], **silent}
    birth = silent["gracieux_rejection"].not_before
    if birth is not None and one.rejected.first >= birth:
        events = [Event("implied_decision", birth), _event("notified", one.rejected)]
        return {"ta": ask(events)["ta"], **silent}
    return {"ta": ask([_event("notified", one.rejected)])["ta"]}


def _end_of(items: Mapping[str, Item]) -> date:
    return items["ta"].last_day or date.min


def _opened(item: Item, opens: date | None, today: date) -> Item:
    """Return a window as it is open from the start: one need not wait for the rejection."""
    lines = tuple(line for line in item.lines if line.field != "not_before")
    whole = replace(item, not_before=opens, lines=lines)
    return replace(whole, state=state_of(whole, today))


def _urgent(facts: Sequence[Fact]) -> list[Event]:
    """Return the order on a suspension: only want of a serious doubt calls for a confirmation."""
    refused = last_of(facts, Kind.SUSPENSION_REFUSED)
    if refused is None:
        return []
    is_unfounded = refused.values.get("why") == NoSuspension.NO_DOUBT
    name = "suspension_unfounded" if is_unfounded else "suspension_refused"
    return [_event(name, refused)]


def _liberty(facts: Sequence[Fact]) -> list[Event]:
    filed, ruled = last_of(facts, Kind.LIBERTY_FILED), last_of(facts, Kind.LIBERTY_RULED)
    found = [_event("liberty_filed", filed)] if filed else []
    if ruled and (filed is None or ruled.last >= filed.first):
        found.append(_event("liberty_ruled", ruled))
    return found


def _complaint(facts: Sequence[Fact]) -> list[Event]:
    """Return what the CNIL received and said; what it says at registration does not count (C3)."""
    found = _named(facts, (Kind.RIGHT_EXERCISED, "right_exercised"))
    received = first_of(facts, Kind.COMPLAINT_REGISTERED) or first_of(facts, Kind.COMPLAINT_FILED)
    closed = last_of(facts, Kind.COMPLAINT_CLOSED)
    if received:
        found.append(_event("complaint_received", received))
        told = [f for f in of_kind(facts, Kind.COMPLAINT_PROGRESS) if f.first >= received.first]
        if told:
            found.append(_event("complaint_progress", told[0]))
    if closed:
        found.append(_event("closing_notified", closed))
    return found


def _judged(facts: Sequence[Fact], *, is_access: bool) -> list[Event]:
    """Return the judgment: open to appeal, or in access cases and on appeal to cassation alone."""
    judged = last_of(facts, Kind.JUDGED)
    if judged is None:
        return []
    before = facts[: facts.index(judged)]
    is_last = is_access or bool(of_kind(before, Kind.APPEALED))
    return [_event("judgment_notified" if is_last else "appealable_notified", judged)]
