"""The forum as the interface answers it: what its public pages say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from .census import moment

if TYPE_CHECKING:
    from datetime import datetime

    from contrechamp.forum.models import Board
    from contrechamp.forum.published import PublicPost, PublicThread


def board(row: Board) -> dict[str, Any]:
    """Return a board."""
    return {
        "slug": row.slug,
        "title": row.title,
        "title_en": row.title_en or None,
        "about": row.about,
        "place": row.place or None,
        "read_only": row.read_only,
        "url": reverse("forum:board", args=[row.slug]),
    }


def thread(one: PublicThread) -> dict[str, Any]:
    """Return a thread without its posts."""
    row = one.row
    return {
        "id": row.pk,
        "url": row.address,
        "title": row.title,
        "board": one.board,
        "subject": row.subject or None,
        "author": one.author or None,
        "territories": list(one.places),
        "technologies": list(one.technologies),
        "posts": row.published_count,
        "pinned": row.pinned,
        "locked": row.locked,
        "created_at": moment(row.created_at),
        "last_post_at": _moment(row.last_post_at),
    }


def post(one: PublicPost) -> dict[str, Any]:
    """Return a post."""
    row = one.row
    return {
        "n": one.n,
        "url": row.address,
        "kind": row.kind,
        "author": one.author or None,
        "reply_to": row.reply_to,
        "source": row.source if row.format == "MARKDOWN" and row.kind == "MEMBER" else None,
        "html": one.html,
        "text": one.text,
        "files": [
            {
                "url": address,
                "name": file.name,
                "media_type": file.media_type,
                "size": file.size,
                "description": file.description or None,
            }
            for address, file in one.files
        ],
        "published_at": _moment(row.published_at),
        "edited_at": _moment(row.edited_at),
        "changed_at": moment(row.changed_at),
    }


def _moment(at: datetime | None) -> str | None:
    return moment(at) if at else None
