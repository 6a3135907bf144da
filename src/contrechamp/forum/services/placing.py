"""A post gets its place, loses its text for readers, or gets it back; the thread counts again.

These change rows and send the room's news, inside the caller's transaction. Who may is decided by
the verbs that call them.
"""

from __future__ import annotations

from datetime import datetime

from contrechamp.forum import signals
from contrechamp.forum.domain.states import State, check_can_become
from contrechamp.forum.models import Post, Thread


def place(post: Post, *, now: datetime) -> Post:
    """Publish a post: give it its number, if it has none, under a lock of its thread."""
    check_can_become(post.state, State.PUBLISHED)
    thread = Thread.objects.select_for_update().get(pk=post.thread_id)
    is_new = post.published_at is None
    if post.n is None:
        thread.last_n += 1
        post.n = thread.last_n
    if is_new:
        post.published_at = now
    post.state, post.why, post.queue_reason, post.changed_at = State.PUBLISHED, "", "", now
    post.save()
    count_again(thread)
    if is_new:
        is_first = thread.published_count == 1
        signals.post_published.send(None, post=post, is_first=is_first)
    else:
        signals.post_restored.send(None, post=post)
    return post


def take_away(post: Post, state: State, why: str, *, now: datetime) -> Post:
    """Take a post from readers: its place says why. One that had none keeps none."""
    check_can_become(post.state, state)
    was_read = post.state == State.PUBLISHED
    post.state, post.why, post.changed_at = state, why, now
    post.save(update_fields=["state", "why", "changed_at"])
    if was_read:
        count_again(Thread.objects.select_for_update().get(pk=post.thread_id))
        signals.post_hidden.send(None, post=post)
    return post


def count_again(thread: Thread) -> None:
    """Write what of a thread follows from its posts."""
    rows = Post.objects.filter(thread=thread, state=State.PUBLISHED)
    thread.published_count = rows.count()
    last = rows.order_by("-published_at").values_list("published_at", flat=True).first()
    thread.last_post_at = last
    thread.save(update_fields=["last_n", "published_count", "last_post_at"])
