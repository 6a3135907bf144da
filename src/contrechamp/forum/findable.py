"""Posts as search finds them: what all may read, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db.models import Prefetch, Q

from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Post, ThreadTag
from contrechamp.forum.queries.access import readable, visible_posts
from contrechamp.forum.shown.feeds import words_of
from contrechamp.foundation.plug import Entry, Findable

POST = "forum:post:"
PART = 500
LONGEST = 20_000
TAGS = Prefetch("thread__tags", ThreadTag.objects.order_by("kind", "key"))


def all_posts() -> Iterator[Entry]:
    """Yield every post that all may read."""
    rows = visible_posts(None).select_related("thread").prefetch_related(TAGS)
    every = rows.order_by("pk").iterator(PART)
    while part := list(islice(every, PART)):
        yield from _entries(part)


def some_posts(refs: Sequence[str]) -> Iterator[Entry]:
    """Yield those of the posts that all may read now."""
    return _entries(_readable(refs))


def _readable(refs: Sequence[str]) -> Iterator[Post]:
    asked = [ref.removeprefix(POST).rpartition("/") for ref in refs]
    places = [Q(thread=key, n=int(n)) for key, _, n in asked if n.isdecimal()]
    if not places:
        return
    rows = Post.objects.filter(Q(*places, _connector=Q.OR), state=State.PUBLISHED)
    posts = list(rows.select_related("thread__board").prefetch_related(TAGS))
    may_read = readable((post.thread for post in posts), None)
    yield from (post for post in posts if post.thread_id in may_read)


def _entries(posts: Iterable[Post]) -> Iterator[Entry]:
    for post in posts:
        tags = list(post.thread.tags.all())
        yield Entry(
            ref=post.ref,
            kind="post",
            title=post.thread.title,
            text=words_of(post)[:LONGEST],
            url=post.address,
            places=tuple(tag.key for tag in tags if tag.kind == "place"),
            technologies=tuple(tag.key for tag in tags if tag.kind == "technology"),
            date=post.published_at.date() if post.published_at else None,
            at=post.published_at,
        )


FINDABLE = Findable(prefix=POST, entries=all_posts, some=some_posts)
