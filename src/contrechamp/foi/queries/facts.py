"""The facts of a request as the rules read them, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from contrechamp.directory import queries as directory
from contrechamp.foi.domain.clock import dates_of
from contrechamp.foi.domain.facts import (
    AID,
    Fact,
    Kind,
    Proof,
    for_everybody,
    of_kind,
    sending,
    standing,
)
from contrechamp.foi.domain.silence import paper_blockers
from contrechamp.foi.domain.states import Silence, State, Status, status
from contrechamp.foi.models import FactRow, Request
from contrechamp.kernel.dates import PARIS
from contrechamp.law.domain.items import Reading
from contrechamp.mail import queries as mail

from .mailbox import has_mailbox

if TYPE_CHECKING:
    from contrechamp.mail.domain.silence import Blocker


def fact(row: FactRow) -> Fact:
    """Return a row as the rules see it."""
    return Fact(
        id=row.pk,
        kind=Kind(row.kind),
        first=row.first,
        last=row.last,
        proof=Proof(row.proof),
        values=row.values,
        corrects=row.corrects_id or "",
    )


def facts_of(request: Request) -> tuple[Fact, ...]:
    """Return every fact recorded of a request, corrected ones too."""
    return tuple(fact(row) for row in request.facts.all())


def silence_of(
    request: Request, facts: Iterable[Fact], *, now: datetime
) -> tuple[Silence, tuple[Blocker, ...]]:
    """Return whether one may say that nobody answered, and what hinders it.

    The period that matters is the month after receipt, or the two after the CADA's registration.
    """
    known = standing(facts)
    today = localdate(now)
    sent = sending(known)
    if sent is None:
        return Silence(is_verified=False), ()
    over = period_over(known, today)
    by_mail = has_mailbox(now)
    blockers: tuple[Blocker, ...] = paper_blockers(known, over=over, by_mail=by_mail)
    if by_mail or mail.outgoing_of(request.pk).exists():
        ways = directory.ways_of(request.body_id) if request.body_id else []
        addresses = {way.value.lower() for way in ways if "@" in way.value}
        addresses |= {request.address.lower()} if "@" in request.address else set()
        domains = {each.rpartition("@")[2] for each in addresses}
        telling = {each for each in domains if directory.bodies_of_domain(each)}
        blockers += mail.silence_blockers(
            request.pk,
            since=datetime.combine(sent.first, time.min, tzinfo=PARIS),
            until_end_of_day=over,
            now=now,
            body_addresses=addresses,
            body_domains=telling,
        )
    return Silence(
        is_verified=not blockers, blockers=tuple(each.code for each in blockers)
    ), blockers


def period_over(facts: tuple[Fact, ...], today: date) -> date:
    """Return the last day on which an answer was in time: of the court's period when it runs."""
    items = dates_of(facts, today=today).items
    step = "confirmed_refusal" if of_kind(facts, Kind.CADA_REGISTERED) else "implied_refusal"
    item = items.get(step)
    day = item.not_before if item else None
    return day or today


def status_of(
    request: Request, *, now: datetime, reading: Reading = Reading.USUAL
) -> tuple[Status, tuple[Blocker, ...]]:
    """Return where a request stands now, and what hinders a statement of silence."""
    facts = facts_of(request)
    silence, blockers = silence_of(request, facts, now=now)
    return (
        status(facts, today=localdate(now), silence=silence, reading=reading),
        blockers,
    )


def status_for_everybody(request: Request, *, now: datetime) -> Status:
    """Return where a request stands as visitors may read it: its days without legal aid.

    Its state is the true one.
    """
    facts, today = facts_of(request), localdate(now)
    silence, _ = silence_of(request, facts, now=now)
    true = status(facts, today=today, silence=silence)
    if not any(each.kind in AID for each in facts):
        return true
    told = status(for_everybody(facts), today=today, silence=silence)
    return replace(true, dates=told.dates, flags=told.flags)


def status_now(request: Request, facts: Sequence[Fact], *, now: datetime) -> Status:
    """Return where a request stands now, asking after the mail only where a silence matters.

    The same as `status_of` says, for lists of many.
    """
    today = localdate(now)
    found = status(facts, today=today, silence=Silence(is_verified=False))
    waits = found.state is State.UNVERIFIED or (
        found.state is State.CADA_PENDING and found.dates.is_confirmed
    )
    if not waits:
        return found
    silence, _ = silence_of(request, facts, now=now)
    return status(facts, today=today, silence=silence)
