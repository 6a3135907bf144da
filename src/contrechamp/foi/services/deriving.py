"""The cache of what follows from the facts, made anew after each of them and each midnight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from contrechamp.foi.domain.facts import ANSWERS, Fact, Kind, of_kind, receipt, sending, standing
from contrechamp.foi.domain.states import ENDED, Silence, State, Status, status
from contrechamp.foi.models import Reminder, Request
from contrechamp.foi.queries.facts import facts_of, silence_of
from contrechamp.foi.signals import refusal_confirmed
from contrechamp.kernel.errors import gettext_noop

from .telling import tell

CONFIRMED = gettext_noop("le refus est confirmé : la fiche pour un avocat peut être préparée.")

OWN = frozenset({"derived_on", "changes_on", "act_from", "act_by", "last_day"})
"""Columns that are no news: when to look again, and days, which move with a fact alone.

A public fact is told by itself; one of legal aid moves the requester's days and nobody else's.
"""


def derive(request: Request, *, now: datetime) -> Status:
    """Write where a request stands now, from its facts alone. Deriving twice changes nothing."""
    facts = facts_of(request)
    silence, _ = silence_of(request, facts, now=now)
    today = localdate(now)
    found = status(facts, today=today, silence=silence)
    values = _values(facts, found, today)
    is_news = any(
        getattr(request, name) != value for name, value in values.items() if name not in OWN
    )
    for name, value in values.items():
        setattr(request, name, value)
    Request.objects.filter(pk=request.pk).update(**values)
    if found.state is State.REFUSAL_CONFIRMED:
        _tell_confirmed(request, today)
    if request.is_public and is_news:
        tell(request)
    return found


def _values(facts: Sequence[Fact], found: Status, today: date) -> dict[str, Any]:
    """Return the columns that follow from the facts, by name."""
    item = found.dates.items.get(found.step)
    known = standing(facts)
    answers = of_kind(known, *ANSWERS)
    got, sent = receipt(known), sending(known)
    return {
        "state": found.state,
        "rests_on_silence": found.rests_on_silence,
        "step": found.step,
        "sent_on": sent.first if sent else None,
        "act_from": item.not_before if item else None,
        "act_by": item.act_by_safe if item else None,
        "last_day": item.last_day if item else None,
        "changes_on": _changes_on(found, today),
        "derived_on": today,
        "first_answer_on": answers[0].first if answers else None,
        "days_to_answer": max(0, (answers[0].first - got.first).days) if answers and got else None,
    }


def differences(request: Request, *, now: datetime) -> dict[str, tuple[Any, Any]]:
    """Return the columns of a request that its facts do not give: what is kept, and what should be.

    The mailbox may have been read, or grown old, since they were written: what follows from the
    same facts with a silence verified, or not, is no difference. Nothing is written.
    """
    facts, today = facts_of(request), localdate(now)
    silence, _ = silence_of(request, facts, now=now)
    either = (silence, Silence(is_verified=True), Silence(is_verified=False))
    found = [
        {
            name: (getattr(request, name), value)
            for name, value in _values(
                facts, status(facts, today=today, silence=each), today
            ).items()
            if name not in {"derived_on", "changes_on"} and getattr(request, name) != value
        }
        for each in either
    ]
    return {} if any(not each for each in found) else found[0]


def _tell_confirmed(request: Request, today: date) -> None:
    """Tell the legal room once that the court is open, whatever the mailbox says afterwards.

    What is kept as a reminder says so to the author too, and is the mark that it was told.
    """
    with override("fr"):
        sentence = gettext(CONFIRMED)
    _, is_new = Reminder.objects.get_or_create(
        request=request, key="refusal_confirmed", defaults={"day": today, "sentence": sentence}
    )
    if is_new:
        transaction.on_commit(lambda: refusal_confirmed.send(None, request=request))


def _changes_on(found: Status, today: date) -> date | None:
    """Return the next day to look again; tomorrow while a silence waits to be verified."""
    return None if found.state in ENDED else found.dates.changes_on(today)


def derive_due(*, now: datetime, most: int = 2000) -> int:
    """Derive the requests whose day has come, and those whose silence waits for a reading.

    Return how many were derived. Called every minute and after each reading of the mailbox.
    """
    today = localdate(now)
    keys = list(
        Request.objects.filter(changes_on__lte=today)
        .exclude(derived_on=today)
        .values_list("pk", flat=True)[:most]
    )
    for key in keys:
        _derive_one(key, now)
    return len(keys)


def derive_silences(*, now: datetime) -> int:
    """Derive anew what rests on a silence, or waits to: the mailbox has been read."""
    waiting = Request.objects.filter(state=State.UNVERIFIED) | Request.objects.filter(
        rests_on_silence=True
    )
    pending = Request.objects.filter(state=State.CADA_PENDING, act_from__lte=localdate(now))
    keys = set(waiting.values_list("pk", flat=True)) | set(pending.values_list("pk", flat=True))
    for key in sorted(keys):
        _derive_one(key, now)
    return len(keys)


@transaction.atomic
def _derive_one(key: str, now: datetime) -> None:
    request = Request.objects.select_for_update().get(pk=key)
    derive(request, now=now)


def is_sent(request: Request) -> bool:
    """Answer whether a request has left."""
    return request.facts.filter(kind=Kind.SENT).exists()
