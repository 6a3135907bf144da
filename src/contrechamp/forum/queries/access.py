"""Who may read what: the only place that decides, for pages, feeds, API, search, mails and dumps.

Access of a thread = access of its board and of its subject. A thread without a published post is
seen by nobody, so that a first post that waits, or one that was taken away, leaves no trace: no
title, no count. The rule is one condition of SQL, so that nothing can be counted that may not be
read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from contrechamp.forum.domain.states import EMPTY, State
from contrechamp.forum.domain.subjects import ALWAYS_PUBLIC
from contrechamp.forum.models import Board, Post, Thread

from .subjects import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser

    from contrechamp.accounts.models import User

    Reader = User | AnonymousUser | None


def visible_boards(user: Reader) -> QuerySet[Board]:
    """Return the boards that somebody may read; None or a visitor: what all may read."""
    return Board.objects.filter(_of_board(user, ""))


def visible_threads(user: Reader) -> QuerySet[Thread]:
    """Return the threads that somebody may read."""
    return Thread.objects.filter(_of_thread(user, ""))


def readable(threads: Iterable[Thread], user: Reader) -> set[str]:
    """Return the keys of those of some threads that somebody may read: the rule of
    `visible_threads`, for threads that are there already, with their boards.

    What all may read is seen from its own columns. Only of the others is the database asked.
    """
    found = {thread.pk: _is_open(thread) for thread in threads}
    may_read = {key for key, is_open in found.items() if is_open}
    if others := found.keys() - may_read:
        rows = visible_threads(user).filter(pk__in=others)
        may_read |= set(rows.values_list("pk", flat=True))
    return may_read


def _is_open(thread: Thread) -> bool:
    """Answer whether all may read a thread, and nobody can say otherwise of its subject."""
    if thread.published_count < 1 or thread.board.members_only:
        return False
    kind = kinds().get(thread.subject_kind)
    if kind is None:
        return not thread.subject_kind or thread.subject_kind in ALWAYS_PUBLIC
    return kind.visible(None) is None


def visible_posts(user: Reader) -> QuerySet[Post]:
    """Return the posts whose text somebody may read."""
    return Post.objects.filter(_of_thread(user, "thread__"), state=State.PUBLISHED)


def placed_posts(user: Reader) -> QuerySet[Post]:
    """Return the posts that have a place, empty ones too: the text of these is not shown."""
    return Post.objects.filter(
        _of_thread(user, "thread__"), n__isnull=False, state__in=[State.PUBLISHED, *EMPTY]
    )


def may_moderate(user: Reader, board: Board | None = None) -> bool:
    """Answer whether somebody decides what becomes of posts: everywhere, or on one board.

    Who moderates a local group moderates its board and no other.
    """
    if user is None or not user.is_authenticated or not user.is_active:
        return False
    if getattr(user, "is_moderator", False):
        return True
    return board is not None and bool(board.group) and board.group in moderated_groups(user)


def moderated_groups(user: User) -> list[str]:
    """Return the keys of the local groups that somebody moderates."""
    rows = getattr(user, "memberships", None)
    if rows is None:
        return []
    found = rows.filter(moderates=True, state="IN", group__closed_at=None)
    return list(found.values_list("group__slug", flat=True))


def _of_board(user: Reader, prefix: str) -> Q:
    """Return the condition that a board may be read: one of a group only by its people."""
    if user is None or not user.is_authenticated:
        return Q(**{f"{prefix}members_only": False})
    if may_moderate(user):
        return Q()
    return (
        Q(**{f"{prefix}members_only": False})
        | Q(**{f"{prefix}group": None})
        | Q(**{f"{prefix}group__in": _groups_of(user)})
    )


def _groups_of(user: User) -> list[str]:
    """Return the keys of the groups that somebody is in."""
    rows = getattr(user, "memberships", None)
    if rows is None:
        return []
    return list(
        rows.filter(state="IN", group__closed_at=None).values_list("group__slug", flat=True)
    )


def _of_thread(user: Reader, prefix: str) -> Q:
    """Return the condition that a thread may be read."""
    has_words = Q(**{f"{prefix}published_count__gt": 0})
    return has_words & _of_board(user, f"{prefix}board__") & of_subject(user, prefix)


def of_subject(user: Reader, prefix: str = "") -> Q:
    """Return the condition that what a thread is about may be seen, asked of its own rows."""
    offers = kinds()
    free = [""]
    # What nobody here can decide is seen by nobody, unless nothing of its kind is private.
    free += [code for code in ALWAYS_PUBLIC if code not in offers]
    asked: dict[tuple[Any, str], list[str]] = {}
    for code, kind in offers.items():
        asked.setdefault((kind.visible, kind.key), []).append(code)
    cases = []
    for (visible, key), codes in asked.items():
        rows = visible(user)
        if rows is None:
            free += codes
        else:
            seen = Exists(rows.filter(**{key: OuterRef(f"{prefix}subject_id")}))
            cases.append(When(**{f"{prefix}subject_kind__in": codes}, then=seen))
    # Not one condition or another: SQLite would go through the threads of each kind for that, and
    # put all that it found in order. So it walks the order that is asked for, and asks of each.
    return Q(
        Case(
            When(**{f"{prefix}subject_kind__in": free}, then=Value(True)),
            *cases,
            default=Value(False),
            output_field=BooleanField(),
        )
    )
