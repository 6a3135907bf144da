"""A post gets its place, loses its text for readers, or gets it back; the thread counts again.

These change rows and send the room's news, inside the caller's transaction. Who may is decided by
the verbs that call them. What search holds follows in the same transaction.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max

from contrechamp.forum import signals
from contrechamp.forum.domain.states import State, check_can_become
from contrechamp.forum.models import Post, Revision, Thread
from contrechamp.foundation.signals import public_changed


@transaction.atomic
def place(post: Post, *, now: datetime) -> Post:
    """Publish a post: give it its number, if it has none, under a lock of its thread."""
    thread = Thread.objects.select_for_update().get(pk=post.thread_id)
    post.state = Post.objects.values_list("state", flat=True).get(pk=post.pk)
    check_can_become(post.state, State.PUBLISHED)
    is_new = post.published_at is None
    if post.n is None:
        thread.last_n += 1
        post.n = thread.last_n
    if is_new:
        post.published_at = now
    post.state, post.why, post.queue_reason, post.changed_at = State.PUBLISHED, "", "", now
    post.save()
    thread.published_count += 1
    _write_newest(thread)
    post.thread = thread
    if is_new:
        signals.post_published.send(None, post=post, is_first=post.n == 1)
    else:
        signals.post_restored.send(None, post=post)
    public_changed.send(Post, refs=[post.ref])
    return post


@transaction.atomic
def take_away(post: Post, state: State, why: str, *, now: datetime) -> Post:
    """Take a post from readers: its place says why. One that had none keeps none."""
    thread = Thread.objects.select_for_update().get(pk=post.thread_id)
    post.state = Post.objects.values_list("state", flat=True).get(pk=post.pk)
    check_can_become(post.state, state)
    was_read = post.state == State.PUBLISHED
    post.state, post.why, post.changed_at = state, why, now
    post.save(update_fields=["state", "why", "changed_at"])
    if was_read:
        thread.published_count -= 1
        _write_newest(thread)
        post.thread = thread
        signals.post_hidden.send(None, post=post)
        public_changed.send(Post, refs=[post.ref])
    return post


@transaction.atomic
def erase(post: Post, *, now: datetime) -> Post:
    """Empty a post for ever: text, what it said before, files. Its place stays."""
    take_away(post, State.ERASED, "", now=now)
    Post.objects.filter(pk=post.pk).update(
        source="", html="", author_label="", source_url="", token=None, event_params={}
    )
    Revision.objects.filter(post=post).delete()
    post.attachments.all().delete()
    post.refresh_from_db()
    return post


def count_again(thread: Thread) -> None:
    """Write what of a thread follows from its posts, counted anew: after posts were moved."""
    read = thread.posts.filter(state=State.PUBLISHED)
    found = read.aggregate(count=Count("pk"), newest=Max("published_at"))
    thread.published_count, thread.last_post_at = found["count"], found["newest"]
    thread.save(update_fields=["last_n", "published_count", "last_post_at"])


def _write_newest(thread: Thread) -> None:
    """Write the counters; the last post that can be read says when the thread moved last."""
    newest = thread.posts.filter(state=State.PUBLISHED).order_by("-n")
    thread.last_post_at = newest.values_list("published_at", flat=True).first()
    thread.save(update_fields=["last_n", "published_count", "last_post_at"])
