"""What the mail does by itself: letters leave, the mailbox is read every ten minutes."""

from __future__ import annotations

import logging

from django.conf import settings
from django.utils import timezone

from contrechamp.foundation import jobs

from . import queries, services
from .queries.inbox import PERIOD


def look() -> None:
    """Let the mail move when something is due. A server may be slow: it is no job."""
    if queries.letters("QUEUED", "SENDING").exists():
        jobs.run_beside("mail out", send)
    if settings.CONTRECHAMP.mailbox and _is_due():
        jobs.run_beside("mail in", receive)
    else:
        services.read_waiting(timezone.now())
    services.take_answers(timezone.now())


def send() -> None:
    """Send what is due."""
    services.send_due()


def receive() -> None:
    """Read the mailbox, unless another process does."""
    try:
        check = services.poll()
    except services.Busy:
        return
    services.take_answers(timezone.now())
    if not check.ok:
        logging.getLogger(__name__).warning("The mailbox was not read whole: %s", check.error)


def _is_due() -> bool:
    last = queries.checks().first()
    return last is None or timezone.now() - last.from_at >= PERIOD
