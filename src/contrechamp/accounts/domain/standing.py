"""How far a member is known here, and what holds a member back: nothing else does.

Two approved posts or an invitation make a confirmed member; never what somebody reads.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from contrechamp.kernel.errors import Refused, gettext_noop

POSTS_TO_CONFIRM = 2
SHORTEST_SILENCE, LONGEST_SILENCE = timedelta(hours=1), timedelta(days=30)
FOR_GOOD = datetime(9999, 1, 1, tzinfo=UTC)
"""When a silence ends that two people gave without an end."""


class Standing(StrEnum):
    """How an account came in, and whether the first posts were read."""

    ANSWERING = "ANSWERING"
    """Opened while too many were: waits until a moderator has read one free answer."""
    QUEUED = "QUEUED"
    """The first posts are read before they are published."""
    CONFIRMED = "CONFIRMED"
    """Vouched for, or two posts were approved."""


def is_silenced(until: datetime | None, now: datetime) -> bool:
    """Answer whether somebody may only read, export and leave at a moment."""
    return until is not None and now < until


def confirms(approved: int) -> bool:
    """Answer whether so many approved posts make a confirmed member."""
    return approved >= POSTS_TO_CONFIRM


def check_silence(until: datetime, now: datetime) -> None:
    """Raise `Refused` unless a silence lasts from an hour to thirty days (note, section 8)."""
    if not SHORTEST_SILENCE <= until - now <= LONGEST_SILENCE:
        raise Refused(gettext_noop("Un silence dure d'une heure à trente jours."))


def check_two(first: int, second: int | None) -> None:
    """Raise `Refused` unless two different people decide what has no end."""
    if second is None or first == second:
        raise Refused(gettext_noop("Un silence sans fin se décide à deux."))
