"""Files that go with what people say: cleaned, kept apart from documents, served by who asked.

They are no documents: nobody reads, publishes or searches them. They lie in a folder of their own,
so that to forget one never takes a document away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from contrechamp.documents import workers
from contrechamp.documents.domain.kinds import HEAD, sniff
from contrechamp.documents.domain.reasons import DIED, CannotRead, Problem
from contrechamp.documents.domain.scrubbing import Scrubbed
from contrechamp.foundation import bulk
from contrechamp.foundation.store import FolderStore
from contrechamp.kernel.errors import Refused, gettext_noop

TYPES = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"})


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
    """Keep a copy without what tells of its maker: its hash, type, size, and what was taken out.

    Raise `Refused` when it is of no kind that is taken or cannot be cleaned: then nothing is kept.
    """
    type_of(content)
    with TemporaryDirectory(prefix="contrechamp-piece-") as folder:
        path, out = Path(folder) / "in", Path(folder) / "out"
        path.write_bytes(content)
        told = _wash(path, out)
        clean = out.read_bytes()
    mime = type_of(clean)
    gone = [name.partition(" ")[0] for name in told.before if name not in told.after]
    key = _store().put(BytesIO(clean))
    return key, mime, len(clean), tuple(dict.fromkeys(gone))


def keep_as_is(content: bytes) -> tuple[str, str, int]:
    """Keep bytes that were cleaned before: their hash, type and size."""
    mime = type_of(content)
    return _store().put(BytesIO(content)), mime, len(content)


def read(key: str) -> bytes:
    """Return what is kept under a hash, whole and undamaged, or raise `KeyError`."""
    with _store().open(key) as file:
        content = file.read()
    if hashlib.sha256(content).hexdigest() != key:
        raise KeyError(key)
    return content


def forget(key: str) -> None:
    """Drop what is kept under a hash."""
    _store().forget(key)


def every() -> Iterator[str]:
    """Yield the hash of all that is kept."""
    return _store().every()


def sweep() -> None:
    """Drop what a power cut left half-written."""
    _store().sweep()


def _wash(path: Path, out: Path) -> Scrubbed:
    """Clean in a process of its own: these are the bytes of a stranger."""
    unit = workers.Wash(path=str(path), out=str(out))
    (outcome,) = bulk.run(workers.wash, [unit], workers=1, cluster="")
    answer = outcome.value if isinstance(outcome, bulk.Done) else DIED
    if isinstance(answer, Problem):
        raise CannotRead(answer.reason, answer.sentence, **answer.values)
    return answer
