"""What is new, as feeds: fifty posts, each named for ever."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.text import Truncator

from contrechamp.forum.domain.markdown import plain_of_html
from contrechamp.forum.models import Post, PostAttachment
from contrechamp.kernel import syndication

from .posts import attachments_of, event_text, name_of

LONGEST = 1_000


def words_of(post: Post) -> str:
    """Return the words of a readable post: of its kept HTML, since to read what was typed again
    takes fifteen times as long.
    """
    return event_text(post) if post.kind == Post.Kind.SYSTEM else plain_of_html(post.html)


def _short(text: str) -> str:
    """Return the first words of a text: hardly any is cut, and to count signs takes long."""
    return text if len(text) <= LONGEST else Truncator(text).chars(LONGEST)


def items(posts: Sequence[Post], site: str) -> list[syndication.Item]:
    """Return posts as items of a feed."""
    return [
        syndication.Item(
            key=post.ref,
            title=f"{post.thread.title} — {name_of(post)}",
            url=f"{site}{post.address}",
            summary=_short(words_of(post)),
            published=post.published_at or post.created_at,
            updated=post.changed_at,
            enclosures=[
                syndication.Enclosure(
                    url=f"{site}{address}",
                    media_type=file.media_type,
                    size=file.size,
                    title=file.description or file.name,
                )
                for address, file in files_of(post)
            ],
        )
        for post in posts
    ]


def files_of(post: Post) -> list[tuple[str, PostAttachment]]:
    """Return the files of a readable post with their addresses, in their order."""
    return [(f"{post.address}/piece/{file.position}", file) for file in attachments_of(post)]
