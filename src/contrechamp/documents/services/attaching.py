"""Files that go with what people say: cleaned, kept apart from documents, served by who asked.

They are no documents: nobody reads, publishes or searches them. They lie in a folder of their own,
so that to forget one never takes a document away.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from contrechamp.documents import rendering, workers
from contrechamp.documents.domain.kinds import HEAD, sniff
from contrechamp.documents.domain.reasons import DIED, CannotRead, Problem, Reason
from contrechamp.documents.domain.scrubbing import Scrubbed
from contrechamp.foundation import bulk
from contrechamp.foundation.store import FolderStore
from contrechamp.kernel.errors import Refused, gettext_noop

PDF = "application/pdf"
TYPES = frozenset({PDF, "image/png", "image/jpeg", "image/gif", "image/webp"})
SORTS: dict[str, tuple[str, ...]] = {
    "place": ("gps",),
    "author": ("author", "artist", "copyright", "owner"),
    "date": ("date", "modified"),
    "device": ("make", "model", "serial", "lens", "host", "software", "creator", "producer"),
    "other": (),
}
"""What a file tells of who made it, and words in the names of such marks."""


def _store() -> FolderStore:
    return FolderStore(settings.CONTRECHAMP.data / "attachments")


def type_of(content: bytes) -> str:
    """Return the media type of bytes, by what is in them; raise `Refused` for all but a few."""
    found = sniff(content[:HEAD], content[-HEAD:])
    if found is None or found.mime not in TYPES:
        raise Refused(
            gettext_noop(
                "Une pièce jointe est une image (JPEG, PNG, GIF, WebP) ou un PDF : "
                "ce fichier n'est ni l'un ni l'autre, quel que soit son nom."
            )
        )
    return found.mime


def keep_clean(content: bytes) -> tuple[str, str, int, tuple[str, ...]]:
    """Keep a copy without what tells of its maker: its hash, type, size, `SORTS` of what went.

    Raise `Refused` when it is of no kind that is taken or cannot be cleaned: then nothing is kept.
    """
    type_of(content)
    with TemporaryDirectory(prefix="contrechamp-piece-") as folder:
        path, out = Path(folder) / "in", Path(folder) / "out"
        path.write_bytes(content)
        told = _wash(path, out)
        clean = out.read_bytes()
    mime = type_of(clean)
    gone = {_sort(name) for name in told.before if name not in told.after}
    key = _put(clean)
    return key, mime, len(clean), tuple(sort for sort in SORTS if sort in gone)


def keep_as_is(content: bytes) -> tuple[str, str, int]:
    """Keep bytes that were cleaned before: their hash, type and size."""
    mime = type_of(content)
    return _put(content), mime, len(content)


def read(key: str) -> bytes:
    """Return what is kept under a hash, whole and undamaged, or raise `KeyError`."""
    with _store().open(key) as file:
        content = file.read()
    if hashlib.sha256(content).hexdigest() != key:
        raise KeyError(key)
    return content


def preview(key: str, mime: str) -> bytes:
    """Return a small picture (WebP) of what is kept under a hash, or of the first page of a PDF.

    Drawn in another process at the first call, and kept. Raise `KeyError` when there is nothing,
    or nothing that can be drawn.
    """
    try:
        with _store().path(key) as path:
            drawn = rendering.preview(key, path, kind="pdf" if mime == PDF else "image")
    except (FileNotFoundError, rendering.CannotDraw):
        raise KeyError(key) from None
    if not _store().exists(key):  # Forgotten while it was drawn: its picture came afterwards.
        rendering.forget(key)
        raise KeyError(key)
    return drawn


def forget(key: str) -> None:
    """Drop what is kept under a hash, and its preview."""
    _store().forget(key)
    rendering.forget(key)


def old(before: datetime) -> Iterator[str]:
    """Yield the hash of what nobody brought since a moment."""
    store = _store()
    for key in store.every():
        with suppress(KeyError, FileNotFoundError), store.path(key) as path:
            if path.stat().st_mtime < before.timestamp():
                yield key


@contextmanager
def alone() -> Iterator[None]:
    """Let no other process keep or forget meanwhile: one would name what another just forgot."""
    root = _store().root
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sweep() -> None:
    """Drop what a power cut left half-written."""
    _store().sweep()


def _put(content: bytes) -> str:
    """Keep bytes; those that are there already are new again, for `old`."""
    store = _store()
    key = store.put(BytesIO(content))
    with store.path(key) as path:
        os.utime(path)
    return key


def _sort(name: str) -> str:
    plain = name.casefold()
    found = (sort for sort, words in SORTS.items() if any(word in plain for word in words))
    return next(found, "other")


def _outcome(unit: workers.Wash) -> Scrubbed | Problem:
    """Clean in a process of its own: these are the bytes of a stranger."""
    (outcome,) = bulk.run(workers.wash, [unit], workers=1, cluster="")
    return outcome.value if isinstance(outcome, bulk.Done) else DIED


def _wash(path: Path, out: Path) -> Scrubbed:
    """Clean a file, or raise `Refused` in words for who brought it."""
    answer = _outcome(workers.Wash(path=str(path), out=str(out)))
    if isinstance(answer, Problem) and answer.reason is Reason.ENCRYPTED:
        raise CannotRead(
            Reason.ENCRYPTED,
            gettext_noop(
                "Ce fichier est protégé par un mot de passe : joignez-en une copie sans protection."
            ),
        )
    if isinstance(answer, Problem):
        raise CannotRead(answer.reason, answer.sentence, **answer.values)
    return answer
