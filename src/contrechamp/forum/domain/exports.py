"""What another forum says of itself, in one shape: boards, threads, posts (`forum.md` §10).

Readers of a shape (`nodebb`, `discourse`) take one saved JSON file at a time, and yield its pieces.
What a file does not hold is no reason to lose the rest: a reader names what it leaves aside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from contrechamp.kernel.errors import gettext_noop

Plain = dict[str, Any]

FAULTS = {
    "json": gettext_noop("Ce fichier n'est pas du JSON lisible."),
    "shape": gettext_noop("Ce fichier n'est ni une catégorie, ni un fil, ni une liste de ceux-là."),
    "topic": gettext_noop("Le fil n'a ni titre ni numéro."),
    "post": gettext_noop("Le message n'a ni numéro, ni date, ni texte."),
    "board": gettext_noop("Le fil est dans une catégorie qui n'a pas été demandée."),
    "empty": gettext_noop("Le fil n'a aucun message."),
    "size": gettext_noop("Le message est trop long : il est importé comme texte simple."),
}
FILE_MOST = 64 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardIn:
    """A category of the other forum."""

    cid: str
    slug: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostIn:
    """A message of the other forum. `n` is its place there, from 1, and stays its place here."""

    pid: str
    n: int
    author: str
    at: datetime
    html: str
    reply_pid: str = ""
    reply_n: int | None = None
    edited_at: datetime | None = None
    is_gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicIn:
    """A thread of the other forum, or a part of it."""

    tid: str
    title: str = ""
    cid: str = ""
    at: datetime | None = None
    is_pinned: bool = False
    is_locked: bool = False
    is_gone: bool = False
    posts: tuple[PostIn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that was left aside, and why."""

    where: str
    code: str


Piece = BoardIn | TopicIn | Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A kind of forum: its name in `origin`, how a file of it is read, its addresses."""

    name: str
    read: Callable[[Plain, str], Iterator[Piece]]
    old_link: re.Pattern[str]
    """Paths of its threads and posts: those in imported texts still point to the old host."""


@dataclass(slots=True, kw_only=True)
class Contents:
    """What a folder of saved files holds, read once: which file speaks of which thread."""

    boards: dict[str, BoardIn] = field(default_factory=dict)
    files: dict[str, list[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def pieces(shape: Shape, name: str, raw: bytes) -> Iterator[Piece]:
    """Yield what one file holds."""
    try:
        plain = json.loads(raw)
    except (ValueError, RecursionError):
        yield Fault(where=name, code="json")
        return
    if not isinstance(plain, dict):
        yield Fault(where=name, code="shape")
        return
    yield from shape.read(plain, name)


def survey(shape: Shape, files: Iterable[tuple[str, bytes]]) -> Contents:
    """Return what a folder holds, without keeping any text."""
    found = Contents()
    for name, raw in files:
        for piece in pieces(shape, name, raw):
            if isinstance(piece, BoardIn):
                found.boards.setdefault(piece.cid, piece)
            elif isinstance(piece, TopicIn):
                names = found.files.setdefault(piece.tid, [])
                if name not in names:
                    names.append(name)
            elif piece.code in {"json", "shape", "topic"}:
                found.faults.append(piece)
    return found


def whole(
    shape: Shape, tid: str, files: Iterable[tuple[str, bytes]]
) -> tuple[TopicIn, list[Fault]]:
    """Return one thread from all the files that speak of it, and what of it was left aside."""
    posts: dict[str, PostIn] = {}
    faults: list[Fault] = []
    title, cid, at, flags = "", "", None, (False, False, False)
    for name, raw in files:
        for piece in pieces(shape, name, raw):
            if isinstance(piece, Fault) and piece.where.startswith(f"{name}#{tid}/"):
                faults.append(piece)
            if not isinstance(piece, TopicIn) or piece.tid != tid:
                continue
            title, cid, at = title or piece.title, cid or piece.cid, at or piece.at
            known = (piece.is_pinned, piece.is_locked, piece.is_gone)
            flags = tuple(a or b for a, b in zip(flags, known, strict=True))  # type: ignore[assignment]
            for post in piece.posts:
                posts.setdefault(post.pid, post)
    ordered = sorted(posts.values(), key=lambda post: (post.n, post.at, post.pid))
    topic = TopicIn(
        tid=tid,
        title=title,
        cid=cid,
        at=at,
        is_pinned=flags[0],
        is_locked=flags[1],
        is_gone=flags[2],
        posts=tuple(_placed(ordered)),
    )
    return topic, faults


def _placed(posts: Iterable[PostIn]) -> Iterator[PostIn]:
    """Yield posts with a place that no other has: an old forum may say one twice."""
    last = 0
    for post in posts:
        last = max(post.n, last + 1)
        yield post if post.n == last else _at(post, last)


def _at(post: PostIn, n: int) -> PostIn:
    return PostIn(
        pid=post.pid,
        n=n,
        author=post.author,
        at=post.at,
        html=post.html,
        reply_pid=post.reply_pid,
        reply_n=post.reply_n,
        edited_at=post.edited_at,
        is_gone=post.is_gone,
    )


def text(value: object, most: int = 400) -> str:
    """Return a value as one line of text."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(str(value).replace("\x00", "").split())[:most]


def moment(value: object) -> datetime | None:
    """Return a moment from milliseconds since 1970 or ISO 8601; None for anything else, or 0."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            return datetime.fromtimestamp(value / 1000, UTC)
        if isinstance(value, str) and value:
            said = datetime.fromisoformat(value)
            return said if said.tzinfo else said.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def many(value: object) -> list[Plain]:
    """Return the objects of a list; none of anything else."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


_HREF = re.compile(r'href="([^"]+)"')


def old_links(shape: Shape, html: str, host: str) -> list[str]:
    """Return the links of a text that still point to the old forum."""
    found = []
    for link in _HREF.findall(html):
        parts = urlsplit(link)
        if (parts.hostname or host) == host and shape.old_link.match(parts.path):
            found.append(link)
    return found


def is_elsewhere(address: str, host: str) -> bool:
    """Answer whether an address is not on a forum's host: then it proves less."""
    return (urlsplit(address).hostname or "") != host.partition(":")[0].lower()
