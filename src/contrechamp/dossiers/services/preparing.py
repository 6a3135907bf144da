"""Files of dossiers: a small one at once, a large one by a job that nobody waits for.

A file is found by the hash of all that goes into it, and kept for a while in
`$CONTRECHAMP_DATA/cache/dossiers`, which can be deleted at any moment.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from contrechamp.census.shown import statuses
from contrechamp.documents.binding import PDF, Bound
from contrechamp.documents.domain.dossiers import Dossier
from contrechamp.documents.services import dossiers as papers
from contrechamp.dossiers import signals
from contrechamp.dossiers.domain import Ask, Item
from contrechamp.dossiers.domain.items import read_ref
from contrechamp.dossiers.models import Preparation
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import ContrechampError, Unavailable, gettext_noop

from .making import Frame, dossier_of

EDITION = 1
"""To be raised when the papers look otherwise: what is kept is then made anew."""
SMALL_STATEMENTS, SMALL_BYTES = 30, 30_000_000
KEPT_S = 2 * 86_400
MOST_KEPT = 4_000_000_000
"""Bytes of files that are kept; the oldest go first."""
MOST_WAITING = 12
FORGOTTEN = timedelta(days=1)
_turn = BoundedSemaphore(1)
"""One dossier at once in this process: pages are answered first."""


class TooManyWait(Unavailable):
    """The queue is full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """How far a file is."""

    key: str
    path: Path | None = None
    message: str = ""
    """Why it cannot be made."""
    before: int = 0
    """How many others are made first."""


def is_small(dossier: Dossier, form: str) -> bool:
    """Answer whether a page may wait for this file."""
    size = 0 if form == PDF else sum(each.bytes for each in dossier.exhibits)
    return len(dossier.statements) <= SMALL_STATEMENTS and size <= SMALL_BYTES


def made_file(dossier: Dossier, form: str) -> Path | None:
    """Return the file if it is kept, or None."""
    path = _path(_key(dossier, form), form)
    return path if path.exists() else None


def make_file(dossier: Dossier, form: str, *, now: datetime) -> Path:
    """Make the file, or return the one that is kept. Raise `CannotBind`."""
    path = _path(_key(dossier, form), form)
    if not path.exists():
        forget_old(now=now)
        bind(dossier, path, form)
    return path


def make_small(dossier: Dossier, form: str, *, now: datetime) -> Path | None:
    """Make a small file at once; None when it is not small, or another one is being made."""
    if path := made_file(dossier, form):
        return path
    if not is_small(dossier, form) or not _turn.acquire(timeout=5):
        return None
    try:
        return make_file(dossier, form, now=now)
    finally:
        _turn.release()


def bind(dossier: Dossier, out: Path, form: str) -> Bound:
    """Bind a dossier, the statuses of its facts explained."""
    codes = ("verified", "documented", "alleged", "contradicted")
    with override(dossier.cover.language):
        said = [(code, statuses.word(code), statuses.rule(code)) for code in codes]
    return papers.bind_dossier(dossier, out, form=form, statuses=said)


@transaction.atomic
def want(ask: Ask, frame: Frame, form: str, *, now: datetime) -> Ready:
    """Say how far a file is; have it made when nobody has asked for it yet.

    Raise `TooManyWait` when too many are asked for, `Refused` when there is no such dossier.
    """
    dossier = dossier_of(ask, frame)
    key = _key(dossier, form)
    path = _path(key, form)
    if path.exists():
        Preparation.objects.filter(pk=key).delete()
        return Ready(key=key, path=path)
    waiting = Preparation.objects.filter(state=Preparation.State.WAITING)
    row = Preparation.objects.filter(pk=key).first()
    if row is None or (row.state == Preparation.State.FAILED and now - row.asked_at > FORGOTTEN):
        if waiting.count() >= MOST_WAITING:
            raise TooManyWait(
                gettext_noop(
                    "Trop de dossiers sont en préparation. Réessayez dans quelques minutes : "
                    "l'adresse de cette page suffit."
                )
            )
        row, _ = Preparation.objects.update_or_create(
            key=key,
            defaults={
                "form": form,
                "ask": as_plain(ask, dossier.cover.language, frame),
                "state": Preparation.State.WAITING,
                "message": "",
                "asked_at": now,
            },
        )
        signals.wanted.send(Preparation, key=key)
    before = waiting.filter(asked_at__lt=row.asked_at).count()
    return Ready(key=key, message=row.message, before=before)


def prepare(key: str, *, now: datetime) -> None:
    """Make a file that was asked for. What goes wrong is said to who waits."""
    row = Preparation.objects.filter(pk=key).first()
    if row is None:
        return
    ask, frame = from_plain(row.ask)
    try:
        make_file(dossier_of(ask, frame), row.form, now=now)
    except ContrechampError as error:
        Preparation.objects.filter(pk=key).update(
            state=Preparation.State.FAILED, message=say(error)
        )
        return
    Preparation.objects.filter(pk=key).delete()


def forget_old(*, now: datetime) -> None:
    """Delete files that nobody has asked for, the oldest first, and questions of yesterday."""
    Preparation.objects.filter(asked_at__lt=now - FORGOTTEN).delete()
    kept = sorted(_folder().glob("*.*"), key=lambda path: _age(path, now))
    size = 0
    for path in kept:
        with suppress(FileNotFoundError):
            size += path.stat().st_size
            if _age(path, now) > KEPT_S or size > MOST_KEPT:
                path.unlink()


def _age(path: Path, now: datetime) -> float:
    with suppress(FileNotFoundError):
        return now.timestamp() - path.stat().st_mtime
    return 0.0


def _key(dossier: Dossier, form: str) -> str:
    said = json.dumps(asdict(dossier), sort_keys=True, ensure_ascii=False)
    return sha256(f"{EDITION} {form} {said}".encode()).hexdigest()


def _folder() -> Path:
    folder: Path = settings.CONTRECHAMP.data / "cache" / "dossiers"
    return folder


def _path(key: str, form: str) -> Path:
    return _folder() / f"{key}.{form}"


def as_plain(ask: Ask, language: str, frame: Frame) -> dict[str, Any]:
    """Return what is asked as plain values."""
    return {
        "items": [item.ref for item in ask.items],
        "notes": list(ask.notes),
        "title": ask.title,
        "author": ask.author,
        "introduction": ask.introduction,
        "language": language,
        "site": frame.site,
        "day": frame.day.isoformat(),
        "address": frame.address,
    }


def from_plain(said: dict[str, Any]) -> tuple[Ask, Frame]:
    """Read what `as_plain` wrote."""
    items = [item for ref in said["items"] if (item := read_ref(ref))]
    ask = Ask(
        items=tuple(Item(*item) for item in items),
        notes=tuple(said["notes"]),
        title=said["title"],
        author=said["author"],
        introduction=said["introduction"],
        language=said["language"],
    )
    day = date.fromisoformat(said["day"])
    return ask, Frame(site=said["site"], day=day, address=said["address"])
