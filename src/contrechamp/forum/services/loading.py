"""A dump read back into an observatory whose forum is empty.

Authors become labels: who wrote has no account here. Every file is checked against the manifest
before a row is written; HTML is cleaned again, since a file may have been changed by anybody.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils.timezone import get_current_timezone

from contrechamp.accounts.services import system_account
from contrechamp.forum.domain.filenames import clean_name
from contrechamp.forum.domain.markdown import VERSION, clean_html
from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Action, Appeal, Board, Post, PostAttachment, Thread, ThreadTag
from contrechamp.forum.queries.files import store
from contrechamp.kernel.errors import Refused, gettext_noop

from .dumping import CONTENTS, FORMAT

AT_ONCE = 1000
ALONE = "ancienne-moderation"
"""Signs acts of a loaded journal that one person did and confirmed."""


class BadDump(Refused):
    """A dump is not whole, or not one."""


@transaction.atomic
def load(
    folder: Path, *, now: datetime, progress: Callable[[int], None] = lambda done: None
) -> dict[str, int]:
    """Load a dump; return how many rows of each file."""
    if Thread.objects.exists() or Action.objects.exists():
        raise Refused(
            gettext_noop("Le forum n'est pas vide : une sauvegarde se charge dans un forum vide.")
        )
    _check(folder)
    boards = {row["slug"]: _board(row) for row in _rows(folder / "boards.jsonl")}
    counts = {"boards": len(boards)}
    counts["threads"] = sum(
        _make_threads(part, boards) for part in _parts(_rows(folder / "threads.jsonl"))
    )
    counts["posts"] = 0
    for part in _parts(_rows(folder / "posts.jsonl")):
        made = Post.objects.bulk_create([_post(row) for row in part])
        _attach(folder, zip(made, part, strict=True))
        counts["posts"] += len(part)
        progress(len(part))
    counts["journal"] = 0
    for row in _rows(folder / "journal.jsonl"):
        _act(row, boards)
        counts["journal"] += 1
    _count_all()
    return counts


def _check(folder: Path) -> None:
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        files = {each["name"]: each["sha256"] for each in manifest["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        raise BadDump(gettext_noop("{folder} n'est pas une sauvegarde."), folder=folder) from None
    if manifest.get("format") != FORMAT:
        raise BadDump(gettext_noop("{folder} n'est pas une sauvegarde."), folder=folder)
    for name in ("boards.jsonl", "threads.jsonl", "posts.jsonl", "journal.jsonl"):
        path = folder / name
        if not path.is_file() or _digest(path) != files.get(name):
            raise BadDump(
                gettext_noop("Le fichier {name} manque, ou n'est pas celui du manifeste."),
                name=name,
            )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _parts(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while part := list(islice(rows, AT_ONCE)):
        yield part


def _board(row: dict[str, Any]) -> Board:
    slug = row.pop("slug")
    return Board.objects.update_or_create(slug=slug, defaults=row)[0]


def _make_threads(part: list[dict[str, Any]], boards: dict[str, Board]) -> int:
    tags = {row["id"]: row.pop("tags") for row in part}
    Thread.objects.bulk_create(
        Thread(**{**row, "board": boards[row["board"]], "created_at": _moment(row["created_at"])})
        for row in part
    )
    ThreadTag.objects.bulk_create(
        ThreadTag(thread_id=thread, kind=kind, key=key)
        for thread, pairs in tags.items()
        for kind, key in pairs
    )
    return len(part)


def _post(row: dict[str, Any]) -> Post:
    written, published = (datetime.fromisoformat(row[at]) for at in ("created_at", "published_at"))
    edited = _moment(row["edited_at"])
    return Post(
        thread_id=row["thread"],
        n=row["n"],
        author_label=row["author"],
        kind=row["kind"],
        state=State.PUBLISHED,
        format=row["format"],
        source=row["source"],
        html=clean_html(row["html"]),
        html_version=VERSION,
        reply_to=row["reply_to"],
        created_at=written,
        published_at=published,
        edited_at=edited,
        changed_at=edited or published,
        event_kind=row["event_kind"],
        event_params=row["event_params"],
        event_key=row["event_key"],
        source_url=row["source_url"],
        origin=row["origin"],
        pid=row["pid"],
    )


def _attach(folder: Path, pairs: Iterable[tuple[Post, dict[str, Any]]]) -> None:
    """Bring the files of posts. Where none are kept, or one is not what its name says: not it."""
    kept = store()
    for post, row in pairs:
        for told in row.get("files", ()) if kept else ():
            path = folder / CONTENTS / told["sha256"]
            # A hash names the file and nothing else: no way out of the folder.
            if not re.fullmatch(r"[0-9a-f]{64}", told["sha256"]) or not path.is_file():
                continue
            if kept is None or _digest(path) != told["sha256"]:
                raise BadDump(
                    gettext_noop("Le fichier {name} manque, ou n'est pas celui du manifeste."),
                    name=path.name,
                )
            found = kept.bring(path.read_bytes())
            PostAttachment.objects.create(
                post=post,
                sha256=found.sha256,
                name=clean_name(told["name"], found.media_type),
                media_type=found.media_type,
                size=found.size,
                position=told["position"],
                description=told["description"][:200],
            )


def _act(row: dict[str, Any], boards: dict[str, Board]) -> None:
    # At noon: a day is all that the journal told.
    at = datetime.combine(date.fromisoformat(row["on"]), time(12), get_current_timezone())
    alone = system_account(ALONE) if row["read_by_one"] else None
    action = Action.objects.create(
        number=row["number"],
        verb=row["verb"],
        reason=row["reason"],
        board=boards.get(row["board"]),
        by=alone,
        at=at,
        undone_at=at if row["undone"] else None,
    )
    if row["appealed"]:
        state = Appeal.State.GRANTED if row["undone"] else Appeal.State.UPHELD
        Appeal.objects.create(
            action=action, state=state, made_at=at, decided_at=at, decided_by=alone
        )


def _count_all() -> None:
    found = (
        Post.objects.values("thread")
        .annotate(count=Count("pk"), newest=Max("published_at"), last=Max("n"))
        .order_by()
    )
    rows = [
        Thread(
            pk=row["thread"],
            published_count=row["count"],
            last_post_at=row["newest"],
            last_n=row["last"],
        )
        for row in found
    ]
    Thread.objects.bulk_update(rows, ["published_count", "last_post_at", "last_n"], batch_size=200)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
