"""Telling people what was decided about what they wrote or reported, and moderators what waits.

Nothing of it can be muted: it concerns one's own texts and rights (`NoticeKind.is_always`).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from contrechamp.accounts.services import notices
from contrechamp.forum.models import Action, Flag, LabelClaim

DECISION, FLAG, QUEUE = "forum-decision", "forum-flag", "forum-queue"
NAME = "forum-name"


def tell_author(action: Action, now: datetime) -> None:
    """Tell whom an act concerns: what, why, which rule, who decides an appeal, until when."""
    if action.user_id:
        about = "forum:decisions:"
        notices.tell([action.user_id], DECISION, DECISION, str(action.number), about=about, now=now)


def tell_flagger(flag: Flag, now: datetime) -> None:
    """Tell who flagged a post what came of it."""
    if flag.by_id:
        notices.tell([flag.by_id], FLAG, FLAG, str(flag.pk), about="forum:flags:", now=now)


def tell_moderators(users: Collection[int], kind: str, key: str, now: datetime) -> None:
    """Tell moderators that something waits (`waits`), or for too long (`late`)."""
    notices.tell(users, QUEUE, QUEUE, f"{kind}:{key}", about="forum:queue:", now=now)


def tell_claimant(claim: LabelClaim, now: datetime) -> None:
    """Tell who asked for the posts of an old name what came of it."""
    about = "forum:names:"
    notices.tell([claim.user_id], NAME, NAME, str(claim.pk), about=about, now=now)
