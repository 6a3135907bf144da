"""What accounts do by themselves: mails of notices leave, people who asked to go, what is old."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from contrechamp.foundation import jobs

from . import services
from .services import mailing, notices

_days: list[date] = []


def look() -> None:
    """Let mails of notices leave when some are due (a server may be slow: it is no job); erase the
    accounts whose time has come; forget the wrong tries of another day; once a day look for
    accounts that nobody uses.
    """
    now = timezone.now()
    if _days[-1:] != [timezone.localdate(now)]:
        _days[:] = [timezone.localdate(now)]
        jobs.run_beside("idle accounts", retire)
    services.erase_due(now)
    notices.let_orphans_wait(now)
    if now.minute == 0:
        notices.tidy(now)
        services.forget_old_tries(now)
    if mailing.is_due(now):
        jobs.run_beside("notices", send)


def retire() -> None:
    """Write to who is soon forgotten, and forget whose time has come."""
    services.retire_idle(timezone.now())


def send() -> None:
    """Send what is due."""
    mailing.send_due()
