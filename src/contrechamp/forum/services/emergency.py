"""The switch for bad days: at most 72 hours, shown to everybody, written in the journal."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.accounts import services as accounts
from contrechamp.forum.domain import ladder
from contrechamp.forum.domain.journal import Verb
from contrechamp.forum.models import Action, Emergency
from contrechamp.forum.queries.moderation import emergency
from contrechamp.kernel.errors import Refused, gettext_noop

from .acting import check_moderates, write

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@transaction.atomic
def switch_on(*, hours: int, everybody_waits: bool, actor: User, now: datetime) -> Emergency:
    """Let newcomers in by invitation or answer only, for some hours; the switch again prolongs."""
    check_moderates(actor, None)
    until = now + ladder.check_panic(timedelta(hours=hours))
    if known := emergency(now):
        if until - known.since > ladder.PANIC_MOST:
            raise Refused(
                gettext_noop(
                    "Le mode d'urgence dure 72 heures en tout : éteignez-le, et dites à tous "
                    "ce qui se passe avant de le rallumer."
                )
            )
        known.until, known.everybody_waits = until, everybody_waits
        known.save(update_fields=["until", "everybody_waits"])
    else:
        known = Emergency.objects.create(
            since=now, until=until, everybody_waits=everybody_waits, by=actor
        )
        write(Verb.PANIC, by=actor, now=now, until=until)
    accounts.take_by_invitation_only(until)
    return known


@transaction.atomic
def switch_off(*, actor: User, now: datetime) -> Action | None:
    """End the emergency before its time."""
    check_moderates(actor, None)
    known = emergency(now)
    if known is None:
        return None
    known.ended_at = now
    known.save(update_fields=["ended_at"])
    accounts.take_by_invitation_only(None)
    return write(Verb.CALM, by=actor, now=now)
