"""The public forum for other rooms, exports and programs: what a visitor reads, and nothing else.

Everything comes through `visible_threads(None)` and `visible_posts(None)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils.dateparse import parse_datetime

from contrechamp.forum.domain.journal import Line
from contrechamp.forum.models import Board, Post, PostAttachment, Thread, ThreadTag
from contrechamp.forum.queries import journal as journal_read
from contrechamp.forum.queries import threads as threads_read
from contrechamp.forum.queries.access import visible_boards, visible_posts, visible_threads
from contrechamp.forum.shown.feeds import files_of, words_of
from contrechamp.forum.shown.posts import author_of, html_of

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicThread:
    """A thread that anybody reads."""

    row: Thread
    board: str
    author: str
    places: tuple[str, ...]
    technologies: tuple[str, ...]

    @property
    def place(self) -> tuple[str, str]:
        """Return where it stands in lists: its last post, and itself."""
        at = self.row.last_post_at or self.row.created_at
        return at.isoformat(), self.row.pk


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPost:
    """A post that anybody reads; of the observatory's own ones the sentence in today's language."""

    row: Post
    n: int
    author: str
    html: str
    text: str
    files: Sequence[tuple[str, PostAttachment]]
    """What goes with it: address and file."""


def is_here() -> bool:
    """Answer whether the forum is this one: an operator may keep another elsewhere."""
    return not settings.CONTRECHAMP.forum_external_url


def boards() -> list[Board]:
    """Return the boards that anybody reads."""
    return list(visible_boards(None).order_by("position", "slug")) if is_here() else []


def threads(
    *,
    board: str = "",
    subject: tuple[str, str] = ("", ""),
    place: str = "",
    technology: str = "",
    after: Sequence[str] | None = None,
    most: int,
) -> list[PublicThread]:
    """Return the threads that moved last, from a place of that list on: a range, no offset."""
    rows = _threads()
    if board:
        rows = rows.filter(board__slug=board)
    if subject[0]:
        rows = rows.filter(subject_kind=subject[0], subject_id=subject[1])
    for kind, key in (("place", place), ("technology", technology)):
        if key:
            rows = threads_read.tagged(rows, kind, key)
    if after:
        at, last = parse_datetime(after[0]), after[-1]
        rows = rows.filter(Q(last_post_at__lt=at) | Q(last_post_at=at, pk__lt=last))
    return [_thread(row) for row in rows.order_by("-last_post_at", "-pk")[:most]]


def find_thread(key: str) -> PublicThread | None:
    """Return a thread that anybody reads, or None."""
    found = _threads().filter(pk=key).first()
    return _thread(found) if found else None


def posts(thread: str, *, after: int = 0, most: int) -> list[PublicPost]:
    """Return the posts of a thread that anybody reads, from a number on."""
    rows = _posts().filter(thread=thread, n__gt=after).order_by("n")
    return [_post(row) for row in rows[:most]]


def journal(*, before: int | None, most: int) -> list[Line]:
    """Return lines of the moderation's journal, the newest first, from a number on."""
    rows = journal_read.public_actions()
    if before is not None:
        rows = rows.filter(number__lt=before)
    return list(journal_read.lines(rows[:most])) if is_here() else []


def all_threads() -> Iterator[PublicThread]:
    """Yield every thread that anybody reads, by identifier."""
    return map(_thread, _threads().order_by("pk").iterator(AT_ONCE))


def all_posts() -> Iterator[PublicPost]:
    """Yield every post that anybody reads, by thread and number."""
    return map(_post, _posts().order_by("thread_id", "n").iterator(AT_ONCE))


def all_lines() -> Iterable[Line]:
    """Yield the whole journal, the oldest first."""
    return journal_read.all_lines() if is_here() else iter(())


def _threads() -> QuerySet[Thread]:
    tags = Prefetch("tags", ThreadTag.objects.order_by("kind", "key"))
    rows = visible_threads(None).filter(moved_to=None)
    rows = rows if is_here() else rows.none()
    return rows.select_related("board", "author").prefetch_related(tags)


def _posts() -> QuerySet[Post]:
    rows = visible_posts(None) if is_here() else Post.objects.none()
    return rows.select_related("thread", "author").prefetch_related("attachments")


def _thread(row: Thread) -> PublicThread:
    tags = list(row.tags.all())
    author = row.author
    return PublicThread(
        row=row,
        board=row.board.slug,
        author="" if author is None or author.erased_at else author.username,
        places=tuple(tag.key for tag in tags if tag.kind == "place"),
        technologies=tuple(tag.key for tag in tags if tag.kind == "technology"),
    )


def _post(row: Post) -> PublicPost:
    author = row.author
    is_named = row.kind != Post.Kind.SYSTEM and not (author and author.erased_at)
    name = author_of(row)[0] if is_named and (author or row.author_label) else ""
    return PublicPost(
        row=row,
        n=row.n or 0,
        author=name,
        html=str(html_of(row)),
        text=words_of(row),
        files=files_of(row),
    )
