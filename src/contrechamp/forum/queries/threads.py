"""Boards and threads, as pages list them: nothing is counted, nothing is skipped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from contrechamp.forum.models import Board, Post, Thread, ThreadTag

from .access import of_subject, readable, visible_boards, visible_threads

if TYPE_CHECKING:
    from .access import Reader

PER_LIST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some threads of a list, and where the list goes on."""

    threads: list[Thread]
    older: str = ""
    """What the address of the next part says (`avant`)."""


def boards_with_newest(user: Reader) -> list[tuple[Board, Thread | None]]:
    """Return the boards that somebody may read, each with the thread that moved last."""
    newest = (
        visible_threads(user)
        .filter(board=OuterRef("pk"), moved_to=None)
        .order_by("-last_post_at")
        .values("pk")[:1]
    )
    boards = list(
        visible_boards(user).annotate(newest=Subquery(newest)).order_by("position", "title")
    )
    # Each was chosen among those that this reader may read.
    threads = Thread.objects.in_bulk([board.newest for board in boards if board.newest])
    return [(board, threads.get(board.newest)) for board in boards]


def find_board(user: Reader, slug: str) -> Board | None:
    """Return a board that somebody may read, or None."""
    return visible_boards(user).filter(slug=slug).first()


def boards_called(user: Reader) -> dict[str, str]:
    """Return what the boards that somebody may read are called, by what addresses call them."""
    return {board.slug: board.name for board in visible_boards(user)}


def listed(user: Reader) -> QuerySet[Thread]:
    """Return the threads that lists show."""
    tags = Prefetch("tags", ThreadTag.objects.order_by("kind", "key"))
    found = visible_threads(user).filter(moved_to=None)
    return found.select_related("board").prefetch_related(tags)


def on_board(user: Reader, board: Board) -> QuerySet[Thread]:
    """Return the threads of a board."""
    return listed(user).filter(board=board)


def about(user: Reader, kind: str, key: str) -> QuerySet[Thread]:
    """Return the threads about one thing."""
    return listed(user).filter(subject_kind=kind, subject_id=key)


def tagged(threads: QuerySet[Thread], kind: str, key: str) -> QuerySet[Thread]:
    """Return those of some threads that are filed under a territory or a technology."""
    return threads.filter(pk__in=ThreadTag.objects.filter(kind=kind, key=key).values("thread"))


def part(threads: QuerySet[Thread], before: str = "", *, pinned_on: Board | None = None) -> Part:
    """Return the part of a list that begins after a thread: a range, never an offset.

    Threads that are pinned on a board stand first on the first part, and only there.
    """
    at, last = _read_place(before)
    rows = threads.filter(pinned=False) if pinned_on else threads
    if at is not None:
        rows = rows.filter(Q(last_post_at__lt=at) | Q(last_post_at=at, pk__lt=last))
    found = list(rows.order_by("-last_post_at", "-pk")[: PER_LIST + 1])
    older = _place(found[PER_LIST - 1]) if len(found) > PER_LIST else ""
    pinned = []
    has_pinned = pinned_on and Thread.objects.filter(board=pinned_on, pinned=True).exists()
    if has_pinned and at is None:
        pinned = list(threads.filter(pinned=True).order_by("-last_post_at", "-pk")[:PER_LIST])
    return Part(threads=[*pinned, *found[:PER_LIST]], older=older)


def _place(thread: Thread) -> str:
    at = thread.last_post_at
    return f"{at.isoformat() if at else ''}~{thread.pk}"


def _read_place(text: str) -> tuple[datetime | None, str]:
    at, found, last = text.partition("~")
    try:
        moment = datetime.fromisoformat(at) if found else None
    except ValueError:
        return None, ""
    # A moment that says no zone was typed by hand: it names no place of a list.
    return (moment, last) if moment and moment.tzinfo else (None, "")


def find_thread(user: Reader, key: str) -> Thread | None:
    """Return a thread that somebody may read, or None."""
    found = (
        Thread.objects.select_related("board", "author", "moved_to")
        .prefetch_related(Prefetch("tags", ThreadTag.objects.order_by("kind", "key")))
        .filter(pk=key)
        .first()
    )
    return found if found and readable([found], user) else None


def find_own_thread(user: Reader, key: str) -> Thread | None:
    """Return a thread whose first post waits, for who wrote it and who may see its subject."""
    if user is None or not user.is_authenticated:
        return None
    own = Thread.objects.select_related("board").filter(of_subject(user), pk=key, author=user)
    return own.filter(published_count=0, last_n=0).first()


def newest_of(thread: Thread) -> Post | None:
    """Return the last post of a thread that can be read."""
    return thread.posts.filter(state="PUBLISHED").order_by("-n").first()


def about_many_for_all(kind: str, keys: Iterable[str]) -> list[Thread]:
    """Return the threads about some things of a kind that all may read, the newest first."""
    rows = visible_threads(None).filter(moved_to=None, subject_kind=kind, subject_id__in=list(keys))
    return list(rows.order_by("-last_post_at", "-pk")[:PER_LIST])


def about_for_all(kind: str, key: str) -> QuerySet[Thread]:
    """Return the threads about one thing that all may read, for its own page."""
    rows = visible_threads(None).filter(moved_to=None, subject_kind=kind, subject_id=key)
    return rows.select_related("board")
