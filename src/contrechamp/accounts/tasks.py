"""What accounts do by themselves: mails of notices leave, what is old goes."""

from __future__ import annotations

from django.utils import timezone

from contrechamp.foundation import jobs

from .services import mailing, notices


def look() -> None:
    """Let mails of notices leave when some are due. A server may be slow: it is no job."""
    now = timezone.now()
    notices.let_orphans_wait(now)
    if now.minute == 0:
        notices.tidy(now)
    if mailing.is_due(now):
        jobs.run_beside("notices", send)


def send() -> None:
    """Send what is due."""
    mailing.send_due()
