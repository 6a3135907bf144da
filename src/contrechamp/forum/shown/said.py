"""What somebody wrote in the forum, on their public page: what the reader may read, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.text import Truncator

from contrechamp.accounts.domain.profiles import ProfilePart, Said
from contrechamp.forum.queries.access import visible_posts
from contrechamp.forum.shown.feeds import words_of
from contrechamp.kernel.errors import gettext_noop

LONGEST = 200


def said(user: Any, reader: Any, count: int) -> Sequence[Said]:
    """Return the newest posts of an account that a reader may read."""
    found = visible_posts(reader).filter(author=user).select_related("thread")
    return [
        Said(
            title=post.thread.title,
            url=post.address,
            at=post.published_at,
            text=Truncator(words_of(post)).chars(LONGEST),
        )
        for post in found.order_by("-published_at", "-pk")[:count]
        if post.published_at
    ]


PART = ProfilePart(label=gettext_noop("Messages au forum"), of=said)
