"""Telling people what is new in what they watch, and what concerns them.

Who is told may read it at that moment; when it is shown or mailed that is asked again. What became
of a post that was told follows it: hidden, back, erased, moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from contrechamp.accounts.domain.notices import Frequency, Scope
from contrechamp.accounts.queries import find_account_by_id
from contrechamp.accounts.queries import notices as reads
from contrechamp.accounts.services import notices
from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Post, Thread
from contrechamp.forum.queries.access import readable
from contrechamp.forum.queries.people import mentioned
from contrechamp.forum.queries.subjects import kinds

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

MENTION, REPLY, POST, APPROVED = "forum-mention", "forum-reply", "forum-post", "forum-approved"
EVENT = "forum-event"
"""What is new in a dossier of which nobody talks."""
OBJECT = "forum-post"
THREAD = "forum:thread:"
Wanting = Mapping[int, Frequency | None]


def scopes_of(thread: Thread) -> list[tuple[Scope, str]]:
    """Return all that one can watch to be told of what is new in a thread."""
    found = [(Scope.THREAD, thread.pk), (Scope.BOARD, thread.board.slug)]
    if thread.subject:
        found.append((Scope.SUBJECT, thread.subject))
    tags = thread.tags.values_list("kind", "key")
    return found + [(Scope(kind), key) for kind, key in tags]


def watching(subject: str) -> Wanting:
    """Return who watches a dossier, talked of or not."""
    return reads.watchers([(Scope.SUBJECT, subject)])


def on_published(sender: object, post: Post, **_: object) -> None:
    """Tell of a new post: who is named, who is answered, then who watches; each once."""
    thread, now = post.thread, post.published_at
    assert now is not None  # noqa: S101  it was published
    direct = {user.pk for user in mentioned(post)} if post.author_id else set()
    _tell(post, MENTION, reads.unmuted(sorted(direct), thread.pk))
    if post.reply_to:
        answered = thread.posts.filter(n=post.reply_to).values_list("author", flat=True)
        _tell(post, REPLY, reads.unmuted([pk for pk in answered if pk], thread.pk))
    _tell(post, POST, {**_concerned(thread), **reads.watchers(scopes_of(thread))})
    if post.author is None:
        return
    if post.created_at < now:  # It waited until somebody had read it.
        notices.tell(
            [post.author.pk],
            APPROVED,
            APPROVED,
            _name(post),
            about=f"{THREAD}{thread.pk}",
            now=now,
        )
    notices.watch_own(post.author, thread.pk, now=now)


def on_hidden(sender: object, post: Post, **_: object) -> None:
    """Show and count notices of a hidden post no more; of an erased one none stays."""
    if post.state == State.ERASED:
        notices.forget(OBJECT, [_name(post)])
    else:
        notices.hold(OBJECT, [_name(post)])


def on_restored(sender: object, post: Post, **_: object) -> None:
    """Show and count again what was hidden."""
    notices.hold(OBJECT, [_name(post)], is_held=False)


def on_moved(sender: object, post: Post, old_ref: str, **_: object) -> None:
    """Let notices follow a post into its new thread."""
    old = old_ref.removeprefix("forum:post:")
    notices.rename(OBJECT, old, _name(post), about=f"{THREAD}{post.thread_id}")


def _name(post: Post) -> str:
    return f"{post.thread_id}/{post.n}"


def _concerned(thread: Thread) -> Wanting:
    """Return whom the thing itself concerns: its team, its author; unless they mute the thread."""
    offer = kinds().get(thread.subject_kind)
    if offer is None:
        return {}
    people = sorted(set(offer.watchers(thread.subject_id)))
    muted = reads.muting(scopes_of(thread), people)
    return {user: None for user in people if user not in muted}


def _tell(post: Post, kind: str, users: Wanting) -> None:
    assert post.published_at is not None  # noqa: S101  it was published
    may = readers(post.thread, users)
    notices.tell(
        may,
        kind,
        OBJECT,
        _name(post),
        about=f"{THREAD}{post.thread_id}",
        now=post.published_at,
        actor=post.author,
    )


def readers(thread: Thread, users: Wanting) -> Wanting:
    """Return those of some accounts that may read a thread.

    What visitors read all read. Of what is not public each is asked: few watch that.
    """
    if not users or readable([thread], None):
        return users
    return {key: wish for key, wish in users.items() if _may_read(key, thread)}


def _may_read(key: int, thread: Thread) -> bool:
    user: User | None = find_account_by_id(key)
    return user is not None and bool(readable([thread], user))
