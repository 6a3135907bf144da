"""What moderators do with threads: pin, lock, move, file, split and merge.

A post that goes elsewhere leaves its place with a link to where it is: numbers are never used
again, and no permalink breaks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.forum import signals
from contrechamp.forum.domain import limits
from contrechamp.forum.domain.states import EMPTY, State
from contrechamp.forum.models import Board, Post, Thread, ThreadTag
from contrechamp.forum.queries.access import may_moderate
from contrechamp.foundation.signals import public_changed
from contrechamp.kernel.errors import Refused, gettext_noop

from .placing import count_again

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

MOST_MOVED = 200


def _check_moderates(actor: User) -> None:
    if not may_moderate(actor):
        raise Refused(gettext_noop("Seule la modération peut le faire."))


@transaction.atomic
def pin(thread: Thread, is_pinned: bool, *, actor: User) -> Thread:
    """Keep a thread at the top of its board, or not any more."""
    _check_moderates(actor)
    thread.pinned = is_pinned
    return _kept(thread, "pinned")


@transaction.atomic
def lock(thread: Thread, is_locked: bool, *, actor: User) -> Thread:
    """Close a thread: it is read, nobody answers. Or open it again."""
    _check_moderates(actor)
    thread.locked = is_locked
    return _kept(thread, "locked")


@transaction.atomic
def rename(thread: Thread, title: str, *, actor: User) -> Thread:
    """Give a thread another title. Its address keeps working."""
    _check_moderates(actor)
    title = " ".join(title.split())
    limits.check_title(title)
    thread.title = title
    return _told(_kept(thread, "title"))


@transaction.atomic
def move(thread: Thread, board: Board, *, actor: User) -> Thread:
    """Put a thread on another board. Its address stays the same."""
    _check_moderates(actor)
    thread.board = board
    return _told(_kept(thread, "board"))


@transaction.atomic
def file_under(thread: Thread, tags: Iterable[tuple[str, str]], *, actor: User) -> Thread:
    """File a thread under these territories and technologies, and no others."""
    if thread.author_id != actor.pk:
        _check_moderates(actor)
    thread.tags.all().delete()
    ThreadTag.objects.bulk_create(
        ThreadTag(thread=thread, kind=kind, key=key) for kind, key in dict.fromkeys(tags)
    )
    return _told(thread)


@transaction.atomic
def split(
    thread: Thread, numbers: Collection[int], *, title: str, actor: User, now: datetime
) -> Thread:
    """Make a thread of its own of some posts; links stand where they were."""
    _check_moderates(actor)
    title = " ".join(title.split())
    limits.check_title(title)
    posts = _movable(thread, numbers)
    made = Thread.objects.create(
        board=thread.board,
        subject_kind=thread.subject_kind,
        subject_id=thread.subject_id,
        title=title,
        author=posts[0].author,
        created_at=now,
    )
    ThreadTag.objects.bulk_create(
        ThreadTag(thread=made, kind=tag.kind, key=tag.key) for tag in thread.tags.all()
    )
    _carry(posts, thread, made, now)
    return made


@transaction.atomic
def merge(thread: Thread, into: Thread, *, actor: User, now: datetime) -> Thread:
    """Put the posts of a thread at the end of another; the first leads there from now on."""
    _check_moderates(actor)
    if thread.pk == into.pk or into.moved_to_id or thread.moved_to_id:
        raise Refused(
            gettext_noop("Choisissez deux fils différents, qui sont encore à leur place.")
        )
    if thread.subject != into.subject and (thread.subject_kind or into.subject_kind):
        # A subject decides who may read: posts must not come before other eyes by a merge.
        raise Refused(
            gettext_noop("Ces deux fils ne parlent pas de la même chose : ils restent à part.")
        )
    if thread.board_id != into.board_id:
        raise Refused(gettext_noop("Mettez d'abord les deux fils dans le même salon."))
    posts = list(thread.posts.filter(n__isnull=False).exclude(state=State.MOVED).order_by("n"))
    _carry(posts, thread, into, now)
    thread.posts.filter(n=None).update(thread=into)
    thread.moved_to = into
    return _told(_kept(thread, "moved_to"))


def _movable(thread: Thread, numbers: Collection[int]) -> list[Post]:
    """Return the posts of some numbers that can go elsewhere."""
    if not numbers or len(numbers) > MOST_MOVED:
        raise Refused(
            gettext_noop("Choisissez de 1 à {most} messages à mettre à part."), most=MOST_MOVED
        )
    posts = list(thread.posts.filter(n__in=numbers).exclude(state=State.MOVED).order_by("n"))
    if not posts or posts[0].n is None:
        raise Refused(gettext_noop("Ces messages ne sont plus ici."))
    return posts


def _carry(posts: list[Post], thread: Thread, into: Thread, now: datetime) -> None:
    """Give posts places in another thread, and leave links in those that they had."""
    source = Thread.objects.select_for_update().get(pk=thread.pk)
    target = Thread.objects.select_for_update().get(pk=into.pk)
    new_numbers: dict[int, int] = {}
    refs: list[str] = []
    for post in posts:
        old_n, old_ref = post.n, post.ref
        target.last_n += 1
        post.thread, post.n, post.changed_at = target, target.last_n, now
        post.reply_to = new_numbers.get(post.reply_to or 0)
        post.save(update_fields=["thread", "n", "changed_at", "reply_to"])
        Post.objects.create(
            thread=source,
            n=old_n,
            state=State.MOVED,
            kind=post.kind,
            moved_to=post,
            created_at=post.created_at,
            published_at=post.published_at,
            changed_at=now,
        )
        new_numbers[old_n or 0] = target.last_n
        refs += [old_ref, post.ref]
        signals.post_moved.send(None, post=post, old_ref=old_ref)
    for each in (source, target):
        count_again(each)
    thread.refresh_from_db()
    into.refresh_from_db()
    public_changed.send(Post, refs=refs)


def _kept(thread: Thread, field: str) -> Thread:
    thread.save(update_fields=[field])
    signals.thread_changed.send(None, thread=thread)
    return thread


def _told(thread: Thread) -> Thread:
    """Tell search that all posts of a thread stand elsewhere, or are called otherwise."""
    numbers = thread.posts.filter(n__isnull=False).exclude(state__in=EMPTY)
    refs = [f"forum:post:{thread.pk}/{n}" for n in numbers.values_list("n", flat=True)]
    if refs:
        public_changed.send(Post, refs=refs)
    return thread


def read_numbers(text: str) -> list[int]:
    """Read numbers of posts as one writes them: `3, 5-8`."""
    found: list[int] = []
    for part in text.replace(";", ",").split(","):
        first, dash, last = part.strip().lstrip("#").partition("-")
        if first.isdecimal() and (not dash or last.strip().isdecimal()):
            end = int(last) if dash else int(first)
            found += range(int(first), min(end, int(first) + MOST_MOVED) + 1)
    return found[: MOST_MOVED + 1]
