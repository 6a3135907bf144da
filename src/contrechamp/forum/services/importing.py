"""A saved NodeBB or Discourse forum, brought in: again it changes nothing, cut it goes on.

Each thread is one transaction. Authors become labels without account; HTML goes through the
allow-list; what was deleted there keeps its place here, empty, so that old addresses lead to the
right post. No notice is sent of old posts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from contrechamp.forum.domain import discourse, nodebb
from contrechamp.forum.domain.exports import (
    FAULTS,
    FILE_MOST,
    BoardIn,
    Contents,
    Fault,
    PostIn,
    Shape,
    TopicIn,
    old_links,
    survey,
    whole,
)
from contrechamp.forum.domain.markdown import VERSION, clean_html
from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Board, Post, Thread
from contrechamp.foundation.signals import public_changed
from contrechamp.kernel.errors import Refused, gettext_noop

from .placing import count_again

SHAPES = {"nodebb": nodebb.SHAPE, "discourse": discourse.SHAPE}
LINKS_SHOWN = 1000
POSITION = 200


@dataclass(slots=True, kw_only=True)
class Report:
    """What an import did, or would do."""

    boards: int = 0
    threads: int = 0
    posts: int = 0
    known: int = 0
    """Posts that were here already."""
    gone: int = 0
    """Posts that were deleted there: their place is kept, empty."""
    faults: list[Fault] = field(default_factory=list)
    old_links: list[str] = field(default_factory=list)
    """Links of imported texts that still lead to the old host."""

    def plain(self) -> dict[str, object]:
        """Return the report for JSON."""
        return {
            "boards": self.boards,
            "threads": self.threads,
            "posts": self.posts,
            "known": self.known,
            "gone": self.gone,
            "skipped": [
                {"where": fault.where, "code": fault.code, "why": FAULTS[fault.code]}
                for fault in self.faults
            ],
            "old_links": self.old_links,
        }


def import_forum(
    kind: str,
    folder: Path,
    *,
    host: str,
    now: datetime,
    boards: Collection[str] = (),
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> Report:
    """Bring in a folder of saved JSON files; `boards`: these categories alone (slug or number)."""
    shape = SHAPES[kind]
    if not folder.is_dir():
        raise Refused(gettext_noop("{folder} n'est pas un dossier."), folder=str(folder))
    report = Report()
    if not dry_run:
        _run(shape, folder, host, now, boards, report, progress)
    else:
        with transaction.atomic():
            _run(shape, folder, host, now, boards, report, progress)
            transaction.set_rollback(True)
    return report


def _run(
    shape: Shape,
    folder: Path,
    host: str,
    now: datetime,
    boards: Collection[str],
    report: Report,
    progress: Callable[[int], None],
) -> None:
    origin = f"{shape.name}:{host}"[:80]
    found = survey(shape, _files(folder, sorted(_names(folder)), report))
    report.faults += found.faults
    wanted = _wanted(found, boards)
    for tid in sorted(found.files, key=lambda key: (len(key), key)):
        topic, faults = whole(shape, tid, _files(folder, found.files[tid], report))
        report.faults += faults
        board_in = wanted.get(topic.cid) if boards else found.boards.get(topic.cid)
        code = _why_not(topic, board_in, is_narrowed=bool(boards))
        if code:
            report.faults.append(Fault(where=f"{found.files[tid][0]}#{tid}", code=code))
            continue
        with transaction.atomic():
            board = _board(board_in, origin, report)
            _thread(shape, topic, board, origin, host, now, report)
        progress(1)


def _names(folder: Path) -> Iterator[str]:
    return (str(path.relative_to(folder)) for path in folder.rglob("*.json") if path.is_file())


def _files(folder: Path, names: Collection[str], report: Report) -> Iterator[tuple[str, bytes]]:
    for name in names:
        path = folder / name
        if path.stat().st_size > FILE_MOST:
            report.faults.append(Fault(where=name, code="json"))
        else:
            yield name, path.read_bytes()


def _wanted(found: Contents, boards: Collection[str]) -> dict[str, BoardIn]:
    return {
        cid: board for cid, board in found.boards.items() if cid in boards or board.slug in boards
    }


def _why_not(topic: TopicIn, board: BoardIn | None, *, is_narrowed: bool) -> str:
    if not topic.title:
        return "topic"
    if is_narrowed and board is None:
        return "board"
    return "" if topic.posts else "empty"


def _board(found: BoardIn | None, origin: str, report: Report) -> Board:
    cid = found.cid if found else "0"
    known = Board.objects.filter(origin=f"{origin}:{cid}"[:80]).first()
    if known:
        return known
    title = found.title if found else gettext_noop("Ancien forum")
    slug = slugify(found.slug if found else "ancien-forum")[:50] or f"categorie-{cid}"
    while Board.objects.filter(slug=slug).exists():
        slug = f"{slug}-ancien"[:60] if not slug.endswith("-ancien") else f"{slug[:50]}-{cid}"
    report.boards += 1
    return Board.objects.create(
        slug=slug,
        title=title,
        text=found.text if found else "",
        position=POSITION,
        origin=f"{origin}:{cid}"[:80],
    )


def _thread(
    shape: Shape,
    topic: TopicIn,
    board: Board,
    origin: str,
    host: str,
    now: datetime,
    report: Report,
) -> None:
    thread, is_new = Thread.objects.get_or_create(
        origin=origin,
        pid=topic.tid,
        defaults={
            "board": board,
            "title": topic.title,
            "created_at": topic.at or topic.posts[0].at,
            "pinned": topic.is_pinned,
            "locked": topic.is_locked,
        },
    )
    report.threads += is_new
    known = set(
        Post.objects.filter(origin=origin)
        .filter(pid__in=[post.pid for post in topic.posts])
        .values_list("pid", flat=True)
    )
    taken = {n for n in thread.posts.values_list("n", flat=True) if n is not None}
    places = {post.pid: post.n for post in topic.posts}
    rows = []
    for each in topic.posts:
        if each.pid in known:
            report.known += 1
            continue
        n = each.n if each.n not in taken else max(taken) + 1
        taken.add(n)
        rows.append(_post(each, thread, n, places, origin, now, is_gone=topic.is_gone))
        report.gone += rows[-1].state == State.ERASED
        if len(report.old_links) < LINKS_SHOWN:
            report.old_links += old_links(shape, rows[-1].html, host)
    Post.objects.bulk_create(rows, batch_size=500)
    report.posts += len(rows)
    if rows:
        thread.last_n = max(taken)
        count_again(thread)
        refs = [row.ref for row in rows if row.state == State.PUBLISHED]
        public_changed.send(Post, refs=refs)


def _post(
    found: PostIn,
    thread: Thread,
    n: int,
    places: dict[str, int],
    origin: str,
    now: datetime,
    *,
    is_gone: bool,
) -> Post:
    is_gone = is_gone or found.is_gone
    html = "" if is_gone else clean_html(found.html)
    return Post(
        thread=thread,
        n=n,
        author_label="" if is_gone else found.author,
        state=State.ERASED if is_gone else State.PUBLISHED,
        format=Post.Format.HTML,
        source=html,
        html=html,
        html_version=VERSION,
        reply_to=found.reply_n or places.get(found.reply_pid),
        created_at=found.at,
        published_at=found.at,
        edited_at=None if is_gone else found.edited_at,
        changed_at=now,
        origin=origin,
        pid=found.pid,
    )
