"""When a message that could not be read is read again."""

from __future__ import annotations

from datetime import datetime, timedelta

DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=6),
)


def retry_at(tries: int, now: datetime) -> datetime | None:
    """Return when to read again after so many failures; None: it is left to a person."""
    return now + DELAYS[tries - 1] if 1 <= tries <= len(DELAYS) else None
