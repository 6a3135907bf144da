"""Telling people what was decided about what they wrote or reported, and what waits too long.

A notice holds no text: what it says is read when it is shown (`shown.notices`).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from contrechamp.accounts.services import notices
from contrechamp.forum.models import Action, Flag

DECISION, FLAG, QUEUE = "forum-decision", "forum-flag", "forum-queue"
ABOUT = "forum:moderation:"


def tell_author(action: Action, now: datetime) -> None:
    """Tell whom an act concerns: what, why, which rule, who decides an appeal, until when."""
    if action.user_id is not None:
        key = str(action.number)
        notices.tell(
            [action.user_id], DECISION, "forum-action", key, about=f"{ABOUT}{key}", now=now
        )


def tell_flagger(flag: Flag, now: datetime) -> None:
    """Tell who flagged a post what came of it; without account, the receipt tells."""
    if flag.by_id is not None:
        key = str(flag.pk)
        notices.tell([flag.by_id], FLAG, "forum-flag", key, about=f"{ABOUT}flag-{key}", now=now)


def tell_moderators(users: Collection[int], stage: str, key: str, now: datetime) -> None:
    """Tell moderators that something waits too long: once for each wait and stage."""
    notices.tell(users, QUEUE, "forum-wait", f"{stage}-{key}", about=f"{ABOUT}queue", now=now)
