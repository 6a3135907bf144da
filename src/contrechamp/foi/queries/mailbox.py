"""Whether a mailbox of ours is read, so that a silence may be stated."""

from __future__ import annotations

from datetime import datetime

from contrechamp.mail import queries as mail
from contrechamp.mail.domain.silence import FRESH


def has_mailbox(now: datetime) -> bool:
    """Answer whether this instance reads a mailbox."""
    return mail.health(now).is_set


def is_read(now: datetime) -> bool:
    """Answer whether the mailbox was read whole in the last two days; true where there is none."""
    health = mail.health(now)
    if not health.is_set:
        return True
    whole = health.last_whole
    return whole is not None and whole.to_at is not None and now - whole.to_at < FRESH
