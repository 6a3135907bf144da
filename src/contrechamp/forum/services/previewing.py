"""What a form shows before anything is sent."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.cache import cache

from contrechamp.forum.domain import limits
from contrechamp.forum.models import Post, Thread
from contrechamp.forum.services import gate

from .rendering import html_of

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

DAY_S = 24 * 3600


def preview(actor: User, source: str, *, now: datetime) -> str:
    """Return the HTML of what somebody typed. It costs what posting costs, and is counted."""
    key = f"forum-previews-{actor.pk}-{now:%Y%m%d}"
    count = cache.get_or_set(key, 0, DAY_S) or 0
    limits.check_previews(gate.limits_of(actor), count)
    cache.set(key, count + 1, DAY_S)
    return html_of(source, "")


def wakes(thread: Thread, now: datetime) -> bool:
    """Answer whether a reply wakes a thread that slept for half a year."""
    return limits.wakes(thread.last_post_at, now)


def leaves_revision(post: Post, now: datetime) -> bool:
    """Answer whether an edit will be shown as one."""
    return limits.leaves_revision(published_at=post.published_at, now=now)


def place_of(key: str) -> str:
    """Return where one goes on with a draft."""
    kind, _, rest = key.partition(":")
    if kind == "thread":
        return f"/forum/repondre/{rest}"
    if kind == "edit":
        return f"/forum/changer/{rest}"
    if kind == "new" and rest.startswith("board:"):
        return f"/forum/nouveau?salon={rest.removeprefix('board:')}"
    if kind == "new":
        return f"/forum/nouveau?sujet={rest}" if rest else "/forum/nouveau"
    return ""
