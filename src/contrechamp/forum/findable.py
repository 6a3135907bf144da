"""Posts as search finds them: what all may read, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import islice
from operator import or_

from django.db.models import Prefetch, Q, QuerySet

from contrechamp.forum.models import Post, ThreadTag
from contrechamp.forum.queries.access import visible_posts
from contrechamp.forum.shown.feeds import words_of
from contrechamp.foundation.plug import Entry, Findable

POST = "forum:post:"
PART = 500
LONGEST = 20_000


def all_posts() -> Iterator[Entry]:
    """Yield every post that all may read."""
    rows = _rows().order_by("pk").iterator(PART)
    while part := list(islice(rows, PART)):
        yield from _entries(part)


def some_posts(refs: Sequence[str]) -> Iterator[Entry]:
    """Yield those of the posts that all may read now."""
    asked = [ref.removeprefix(POST).rpartition("/") for ref in refs]
    places = [Q(thread=key, n=int(n)) for key, _, n in asked if n.isdecimal()]
    if places:
        yield from _entries(_rows().filter(reduce(or_, places)))


def _rows() -> QuerySet[Post]:
    tags = Prefetch("thread__tags", ThreadTag.objects.order_by("kind", "key"))
    return visible_posts(None).select_related("thread", "author").prefetch_related(tags)


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
