"""What actions do by themselves: listen to refusals, follow the days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from contrechamp.foundation import jobs

from . import services

if TYPE_CHECKING:
    from contrechamp.foi.models import Request


def refusal_confirmed(sender: object, request: Request, **_: object) -> None:
    """The court is open on a refused request."""
    services.invite(request.pk, owner=request.author, now=timezone.now())


def look() -> None:
    """Look at the actions whose day has come, and once an hour at what is to be said."""
    now = timezone.now()
    services.derive_due(now=now)
    if now.minute == 0:
        jobs.run_beside("reminders of actions", remind)


def remind() -> None:
    """Keep and send the reminders of the day."""
    now = timezone.now()
    services.note_due(now=now)
    services.send_reminders(now=now)
