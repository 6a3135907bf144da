"""What is new, as feeds: fifty posts, each named for ever."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.text import Truncator

from contrechamp.forum.domain.markdown import plain_of_html, plain_text
from contrechamp.forum.models import Post
from contrechamp.kernel import syndication

from .posts import author_of, event_text


def words_of(post: Post) -> str:
    """Return the words of a readable post."""
    if post.kind == Post.Kind.SYSTEM:
        return event_text(post)
    if post.format == Post.Format.HTML:
        return plain_of_html(post.html)
    return plain_text(post.source)


def items(posts: Sequence[Post], site: str) -> list[syndication.Item]:
    """Return posts as items of a feed."""
    return [
        syndication.Item(
            key=post.ref,
            title=f"{post.thread.title} — {author_of(post)[0]}",
            url=f"{site}{post.address}",
            summary=Truncator(words_of(post)).chars(1_000),
            published=post.published_at or post.created_at,
            updated=post.changed_at,
        )
        for post in posts
    ]
