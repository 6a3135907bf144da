"""What a token may do, and for how long. Reading needs none: what is public is for all."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class Scope(StrEnum):
    """One right of a token. None lets it publish or review: that stays with people."""

    PROPOSE = "propose"
    """Write drafts of records and facts with their sources, propose corrections, hand in."""
    IMPORT = "import"
    """Add files to the documents, and hand them in for review."""
    WATCH_TAKE = "watch:take"
    """Put findings of a scan into the review room of the watch."""


LIFETIMES = (30, 90, 365)
"""For how many days a token may be made."""


def is_live(*, ends_at: datetime, revoked_at: datetime | None, now: datetime) -> bool:
    """Answer whether a token still opens the door."""
    return revoked_at is None and now < ends_at
