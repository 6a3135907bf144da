"""The cache of what follows from the facts, made anew after each of them and each midnight."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.foi.domain.facts import ANSWERS, Kind, of_kind, receipt, sending, standing
from contrechamp.foi.domain.states import ENDED, State, Status, status
from contrechamp.foi.models import Request
from contrechamp.foi.queries.facts import facts_of, silence_of
from contrechamp.foi.signals import refusal_confirmed

FIELDS = (
    "state",
    "rests_on_silence",
    "step",
    "sent_on",
    "act_from",
    "act_by",
    "last_day",
    "changes_on",
    "derived_on",
    "first_answer_on",
    "days_to_answer",
)


def derive(request: Request, *, now: datetime) -> Status:
    """Write where a request stands now, from its facts alone. Deriving twice changes nothing."""
    facts = facts_of(request)
    silence, _ = silence_of(request, facts, now=now)
    today = localdate(now)
    found = status(facts, today=today, silence=silence)
    item = found.dates.items.get(found.step)
    known = standing(facts)
    answers = of_kind(known, *ANSWERS)
    got, sent = receipt(known), sending(known)
    is_new = found.state is State.REFUSAL_CONFIRMED and request.state != found.state
    request.state = found.state
    request.rests_on_silence = found.rests_on_silence
    request.step = found.step
    request.sent_on = sent.first if sent else None
    request.act_from = item.not_before if item else None
    request.act_by = item.act_by_safe if item else None
    request.last_day = item.last_day if item else None
    request.changes_on = _changes_on(found, today)
    request.derived_on = today
    request.first_answer_on = answers[0].first if answers else None
    request.days_to_answer = (
        max(0, (answers[0].first - got.first).days) if answers and got else None
    )
    Request.objects.filter(pk=request.pk).update(
        **{name: getattr(request, name) for name in FIELDS}
    )
    if is_new:
        transaction.on_commit(lambda: refusal_confirmed.send(None, request=request))
    return found


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
