from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from contrechamp.accounts import queries
from contrechamp.accounts.models import Act, Erasure, User

from .record import record


@transaction.atomic
def end_sessions(
    user: User, *, actor: User | None, now: datetime, but: str = "", is_recorded: bool = True
) -> int:
    """End the sessions of an account but one, and return how many."""
    keys = [each.key for each in queries.sessions_of(user, now) if each.key != but]
    Session.objects.filter(session_key__in=keys).delete()
    if keys and is_recorded:
        record(Act.Kind.SESSIONS_ENDED, user, actor=actor, now=now, detail=str(len(keys)))
    return len(keys)


@transaction.atomic
def end_session(user: User, handle: str, *, now: datetime) -> None:
    """End one of one's sessions. What is not there is ended already."""
    keys = [each.key for each in queries.sessions_of(user, now) if each.handle == handle]
    Session.objects.filter(session_key__in=keys).delete()
    if keys:
        record(Act.Kind.SESSIONS_ENDED, user, actor=user, now=now, detail="1")


def note_month(user: User, *, now: datetime) -> None:
    """Keep the month in which somebody last signed in; not the day, not the minute."""
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    if user.last_login != month:
        user.last_login = month
        user.save(update_fields=["last_login"])
        # Somebody came: the account is not forgotten (`services.idle`).
        Erasure.objects.filter(user=user, is_idle=True, done_at=None).delete()
