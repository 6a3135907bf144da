"""What somebody writes is kept on the server until it is sent, or for 180 days."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from contrechamp.forum.models import Draft

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

MOST = 100
"""Drafts of one account; beyond, the oldest makes room."""


def keep_draft(
    user: User,
    key: str,
    *,
    source: str,
    now: datetime,
    title: str = "",
    reply_to: int | None = None,
) -> Draft | None:
    """Keep what somebody was writing at a place; an empty text keeps its files alone."""
    if not source.strip() and not title.strip():
        Draft.objects.filter(user=user, key=key, files=None).delete()
        Draft.objects.filter(user=user, key=key).update(source="", title="", saved_at=now)
        return None
    draft, is_new = Draft.objects.update_or_create(
        user=user,
        key=key[:160],
        defaults={
            "source": source,
            "title": title[:200],
            "reply_to": reply_to,
            "saved_at": now,
        },
    )
    if is_new:
        old = Draft.objects.filter(user=user).order_by("-saved_at").values_list("pk", flat=True)
        Draft.objects.filter(pk__in=list(old[MOST : MOST + 50])).delete()
    return draft


def forget_draft(user: User, pk: int) -> None:
    """Throw a draft of one's own away."""
    Draft.objects.filter(user=user, pk=pk).delete()
