"""Posts: a page of a thread, one post, what of one's own waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from contrechamp.forum.domain.paging import numbers_of
from contrechamp.forum.domain.states import EMPTY, State
from contrechamp.forum.models import Draft, Mark, Post, Revision, Thread, ThreadTag

from .access import visible_posts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from contrechamp.accounts.models import User

    from .access import Reader


def page_posts(thread: Thread, page: int) -> QuerySet[Post]:
    """Return the posts of a page of a thread that was read through `visible_threads`."""
    first, last = numbers_of(page)
    revised = Revision.objects.filter(post=OuterRef("pk"))
    return (
        Post.objects.filter(thread=thread, n__range=(first, last))
        .filter(state__in=[State.PUBLISHED, *EMPTY])
        .select_related("author", "moved_to")
        .prefetch_related("attachments")
        .annotate(is_revised=Exists(revised))
        .order_by("n")
    )


def find_post(user: Reader, thread: str, n: int) -> Post | None:
    """Return a post whose text somebody may read, or None."""
    found = visible_posts(user).filter(thread=thread, n=n)
    return found.select_related("thread__board", "author").first()


def find_own_post(user: User, pk: int) -> Post | None:
    """Return a post of somebody's own that they may still change, or None."""
    states = [State.PENDING, State.PUBLISHED, State.WITHDRAWN, State.REJECTED]
    found = Post.objects.filter(author=user, pk=pk, state__in=states, kind=Post.Kind.MEMBER)
    return found.select_related("thread__board", "author").first()


def revisions_of(post: Post) -> QuerySet[Revision]:
    """Return what a post said before, the oldest first."""
    return post.revisions.select_related("by").order_by("at", "pk")


def waiting_of(user: User, thread: Thread | None = None) -> QuerySet[Post]:
    """Return the posts of somebody that wait or were refused: shown to that person alone."""
    found = Post.objects.filter(author=user, state__in=[State.PENDING, State.REJECTED])
    found = found.filter(thread=thread) if thread else found
    found = found.select_related("thread__board", "author").prefetch_related("attachments")
    return found.order_by("created_at")


def drafts_of(user: User) -> QuerySet[Draft]:
    """Return what somebody was writing, the newest first."""
    rows = Draft.objects.filter(user=user).exclude(source="", title="", files=None)
    return rows.prefetch_related("files").order_by("-saved_at")


def find_draft(user: User, key: str) -> Draft | None:
    """Return what somebody was writing at one place, or None."""
    return Draft.objects.filter(user=user, key=key).first()


def in_a_row(thread: Thread, user: User) -> int:
    """Return how many of the last posts of a thread are somebody's own."""
    last = thread.posts.filter(state=State.PUBLISHED).order_by("-n")
    count = 0
    for author in last.values_list("author", flat=True)[:5]:
        if author != user.pk:
            break
        count += 1
    return count


def find_sent(user: User, token: str) -> Post | None:
    """Return the post that a form made when it was sent before, or None."""
    return (
        Post.objects.filter(author=user, token=token).select_related("thread").first()
        if token
        else None
    )


def newest_posts(user: Reader) -> QuerySet[Post]:
    """Return the posts that somebody may read, the newest first."""
    rows = visible_posts(user).select_related("thread__board", "author")
    return rows.order_by("-published_at", "-pk")


def newest_in(threads: QuerySet[Thread], most: int) -> QuerySet[Post]:
    """Return the posts of some threads that all may read, the newest first; `most` are asked for.

    They are among the last of the threads that moved last: where others write much, nothing of
    theirs is read, and of a thread of thousands only its end.
    """
    moved = threads.order_by("-last_post_at").values("pk")[:most]
    # Who may read a thread reads its published posts: asked of the threads, and not twice.
    return (
        Post.objects.filter(state=State.PUBLISHED, thread__in=moved)
        .filter(n__gt=F("thread__last_n") - 2 * most)
        .order_by("-published_at", "-pk")
    )


def in_feed(keys: Sequence[int]) -> list[Post]:
    """Return the posts of some keys, in their order: keys that were read through `visible_posts`
    or `newest_in`, a moment ago.
    """
    rows = Post.objects.select_related("thread", "author").prefetch_related("attachments")
    found = rows.in_bulk(keys)
    return [found[key] for key in keys if key in found and found[key].state == State.PUBLISHED]


def read_until(user: User, threads: list[str]) -> dict[str, int]:
    """Return up to which post somebody has read some threads, where that is remembered."""
    rows = Mark.objects.filter(user=user, thread__in=threads)
    return dict(rows.values_list("thread", "n"))


def posted_since(user: User, at: datetime) -> QuerySet[Post]:
    """Return what somebody wrote since a moment, whatever became of it."""
    return Post.objects.filter(Q(created_at__gte=at), author=user)


def placed(thread: Thread, n: int) -> Post | None:
    """Return what stands at a place of a thread that was read through `visible_threads`."""
    return (
        Post.objects.filter(thread=thread, n=n, state__in=[State.PUBLISHED, *EMPTY])
        .select_related("moved_to")
        .first()
    )


def last_of(thread: Thread, most: int) -> list[Post]:
    """Return the last posts of a thread that was read through `visible_threads`, oldest first."""
    rows = Post.objects.filter(thread=thread, state=State.PUBLISHED).order_by("-n")
    return list(rows.select_related("author", "moved_to").prefetch_related(None)[:most])[::-1]


def filed(posts: QuerySet[Post], kind: str, key: str) -> QuerySet[Post]:
    """Return those of some posts whose thread is filed under a territory or a technology."""
    threads = ThreadTag.objects.filter(kind=kind, key=key).values("thread")
    return posts.filter(thread__in=threads)
