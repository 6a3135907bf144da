"""All of the public forum as files: read, kept, and loaded elsewhere (`forum.md` §10).

Only what a visitor reads. Rows are streamed in a fixed order with fixed keys, HTML in its normal
form: the same content gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from contrechamp.forum.domain.journal import json_line
from contrechamp.forum.domain.markdown import clean_html
from contrechamp.forum.models import Board, Post, PostAttachment, Thread, ThreadTag
from contrechamp.forum.queries import journal, visible_boards, visible_posts, visible_threads
from contrechamp.forum.queries.files import store
from contrechamp.foundation.snapshot import one_state
from contrechamp.kernel.errors import Refused, gettext_noop

FORMAT = "contrechamp-forum/1"
AT_ONCE, THREADS_AT_ONCE = 2000, 50
CONTENTS = "files"
"""The folder of the files of posts: each is called by the hash of what is in it."""


def dump(folder: Path, *, progress: Callable[[int], None] = lambda done: None) -> dict[str, Any]:
    """Write the dump into a folder that is new or empty; return its manifest."""
    if folder.exists() and any(folder.iterdir()):
        raise Refused(gettext_noop("Le dossier {folder} n'est pas vide."), folder=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    # One state, so that no post stands there whose thread does not.
    with one_state():
        files = [_write(folder / name, rows, progress) for name, rows in _parts()]
        missing = _write_contents(folder)
    manifest: dict[str, Any] = {"format": FORMAT, "files": files}
    if missing:
        manifest["missing"] = missing
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    return manifest


def _parts() -> tuple[tuple[str, Iterator[Any]], ...]:
    return (
        ("boards.jsonl", map(_board, visible_boards(None).order_by("slug").iterator(AT_ONCE))),
        ("threads.jsonl", _threads()),
        ("posts.jsonl", map(_post, _posts())),
        ("journal.jsonl", (line.plain() for line in journal.all_lines())),
    )


def _write(path: Path, rows: Iterable[Any], progress: Callable[[int], None]) -> dict[str, Any]:
    digest, size, count = hashlib.sha256(), 0, 0
    with path.open("wb") as out:
        for row in rows:
            line = json_line(row).encode()
            out.write(line)
            digest.update(line)
            size += len(line)
            count += 1
            if count % AT_ONCE == 0:
                progress(AT_ONCE)
    return {"name": path.name, "rows": count, "bytes": size, "sha256": digest.hexdigest()}


def _board(board: Board) -> dict[str, Any]:
    return {
        "slug": board.slug,
        "title": board.title,
        "title_en": board.title_en,
        "text": board.text,
        "text_en": board.text_en,
        "position": board.position,
        "place": board.place,
        "read_only": board.read_only,
        "origin": board.origin,
    }


def _threads() -> Iterator[dict[str, Any]]:
    rows = visible_threads(None).select_related("board", "author").order_by("pk")
    tags: dict[str, list[list[str]]] = {}
    for of, kind, key in ThreadTag.objects.order_by("thread", "kind", "key").values_list(
        "thread", "kind", "key"
    ):
        tags.setdefault(of, []).append([kind, key])
    for thread in rows.iterator(AT_ONCE):
        yield _thread(thread, tags.get(thread.pk, []))


def _thread(thread: Thread, tags: list[list[str]]) -> dict[str, Any]:
    return {
        "id": thread.pk,
        "board": thread.board.slug,
        "subject_kind": thread.subject_kind,
        "subject_id": thread.subject_id,
        "title": thread.title,
        "created_at": moment(thread.created_at),
        "pinned": thread.pinned,
        "locked": thread.locked,
        "tags": tags,
        "origin": thread.origin,
        "pid": thread.pid,
    }


def _posts() -> Iterator[Post]:
    """Yield posts some threads at a time: to sort them all would ask for room for all texts."""
    rows = visible_posts(None).select_related("author").order_by("thread_id", "n")
    rows = rows.prefetch_related("attachments")
    keys = iter(list(visible_threads(None).order_by("pk").values_list("pk", flat=True)))
    while part := list(islice(keys, THREADS_AT_ONCE)):
        yield from rows.filter(thread__in=part).iterator(AT_ONCE)


def _post(post: Post) -> dict[str, Any]:
    return {
        "thread": post.thread_id,
        "n": post.n,
        "author": author_of(post),
        "kind": post.kind,
        "format": post.format,
        "source": post.source,
        "html": clean_html(post.html),
        "reply_to": post.reply_to,
        "created_at": moment(post.created_at),
        "published_at": moment(post.published_at),
        "edited_at": moment(post.edited_at),
        "event_kind": post.event_kind,
        "event_params": post.event_params,
        "event_key": post.event_key,
        "source_url": post.source_url,
        "origin": post.origin,
        "pid": post.pid,
        **({"files": files} if (files := [_file(one) for one in _sorted(post)]) else {}),
    }


def _sorted(post: Post) -> list[PostAttachment]:
    return sorted(post.attachments.all(), key=lambda one: one.position)


def _file(file: PostAttachment) -> dict[str, Any]:
    return {
        "position": file.position,
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
        "description": file.description,
    }


def _write_contents(folder: Path) -> int:
    """Write the files of posts, each under its hash; return how many are not kept here."""
    kept, missing = store(), 0
    rows = PostAttachment.objects.filter(post__in=visible_posts(None))
    for key in rows.order_by("sha256").values_list("sha256", flat=True).distinct():
        try:
            content = kept.read(key) if kept else None
        except KeyError:
            content = None
        if content is None:
            missing += 1
            continue
        (folder / CONTENTS).mkdir(exist_ok=True)
        (folder / CONTENTS / key).write_bytes(content)
    return missing


def author_of(post: Post) -> str:
    """Return the pseudonym or label of an author; of who has left, nothing."""
    if post.author is None:
        return post.author_label
    return "" if post.author.erased_at else post.author.username


def moment(at: datetime | None) -> str | None:
    """Return a moment as text: UTC, to the microsecond where there are any."""
    return at.astimezone(UTC).isoformat() if at else None
