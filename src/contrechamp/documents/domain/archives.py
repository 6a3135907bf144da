"""What an archive holds, one file after the other, and what must not come out of it.

Nothing is ever written under a name that the archive gives. A link, a device, a name that
climbs out of the folder is refused by itself and the others go on; an archive that swells
beyond its limits is refused as a whole.
"""

from __future__ import annotations

import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from contrechamp.kernel.errors import gettext_noop

from .reasons import CannotRead, Problem, Reason

FREE = 10 << 20
"""Bytes that any archive may hold, whatever the ratio."""
BLOCK = 1 << 18
JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini", ".git/")

BOMB = gettext_noop(
    "L'archive se décompresse en {size} Mo pour {own} Mo : elle dépasse la limite ({setting})."
)
MANY = gettext_noop(
    "L'archive contient plus de {limit} fichiers (CONTRECHAMP_ARCHIVE_LIMIT_FILES)."
)
OUTSIDE = gettext_noop("« {name} » sort du dossier de l'archive : il n'est pas lu.")
LINK = gettext_noop("« {name} » est un lien : il n'est pas suivi.")
DEVICE = gettext_noop("« {name} » n'est pas un fichier.")
PROTECTED = gettext_noop("« {name} » est protégé par un mot de passe : décompressez-le d'abord.")
DAMAGED = gettext_noop("L'archive est abîmée : {detail}.")
DAMAGED_ENTRY = gettext_noop("« {name} » est abîmé dans l'archive.")
NESTED = gettext_noop("Une archive dans une archive n'est pas ouverte : décompressez-la d'abord.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far an archive may swell."""

    files: int = 10_000
    bytes: int = 5 << 30
    ratio: int = 100


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most so many bytes; none at the end."""


@dataclass(slots=True)
class Swelling:
    """Counts what comes out of an archive, and stops it at the limit."""

    own: int
    limits: Limits
    out: int = 0
    files: int = 0
    source: Readable | None = None

    def read(self, size: int = -1, /) -> bytes:
        if self.source is None:
            return b""
        block = self.source.read(size if size > 0 else BLOCK)
        self.out += len(block)
        self.check(self.out)
        return block

    def check(self, out: int) -> None:
        """Raise when that many bytes are too many."""
        if out > self.limits.bytes:
            raise _bomb(out, self.own, "CONTRECHAMP_ARCHIVE_LIMIT_MB")
        if out > max(FREE, self.own * self.limits.ratio):
            raise _bomb(out, self.own, "CONTRECHAMP_ARCHIVE_LIMIT_RATIO")

    def count(self) -> None:
        self.files += 1
        if self.files > self.limits.files:
            raise CannotRead(Reason.ARCHIVE_BOMB, MANY, limit=self.limits.files)


def _bomb(out: int, own: int, setting: str) -> CannotRead:
    return CannotRead(
        Reason.ARCHIVE_BOMB,
        BOMB,
        size=round(out / 1e6),
        own=round(own / 1e6, 1),
        setting=setting,
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive: what `take` made of it, or what is wrong with it."""

    name: str
    taken: object = None
    problem: Problem | None = None


Take = Callable[[Readable], object]


def unpack(path: Path, mime: str, take: Take, limits: Limits) -> Iterator[Entry]:
    """Hand the content of each file to `take`. Raise `CannotRead` for the archive as a whole."""
    swelling = Swelling(own=path.stat().st_size, limits=limits)
    try:
        if mime == "application/zip":
            yield from _zip(path, take, swelling)
        elif mime == "application/mbox":
            yield from _mbox(path, take, swelling)
        else:
            yield from _tar(path, take, swelling)
    except (
        zipfile.BadZipFile,
        tarfile.TarError,
        EOFError,
        OSError,
        zlib.error,
        LZMAError,
    ) as error:
        detail = str(error) or type(error).__name__
        raise CannotRead(Reason.BROKEN, DAMAGED, detail=detail) from None


def is_junk(name: str) -> bool:
    """Answer whether a system left this behind and nobody wants it."""
    return any(f"/{name}".endswith(f"/{junk}") or f"/{junk}" in f"/{name}" for junk in JUNK)


def climbs(name: str) -> bool:
    """Answer whether a name points out of its folder."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name[:3] or "\0" in name


def _refused(name: str, reason: Reason, sentence: str) -> Entry:
    return Entry(name, problem=Problem(reason, sentence, {"name": name}))


def _zip(path: Path, take: Take, swelling: Swelling) -> Iterator[Entry]:
    with zipfile.ZipFile(path) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        # The sizes that the archive announces: Python hands out no byte beyond them.
        swelling.check(sum(info.file_size for info in infos))
        for info in infos:
            if is_junk(info.filename):
                continue
            swelling.count()
            yield _zip_entry(archive, info, take, swelling)


def _zip_entry(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, take: Take, swelling: Swelling
) -> Entry:
    name = info.filename
    if climbs(name):
        return _refused(name, Reason.OUTSIDE_FOLDER, OUTSIDE)
    if stat.S_ISLNK(info.external_attr >> 16):
        return _refused(name, Reason.OUTSIDE_FOLDER, LINK)
    if info.flag_bits & 0x1:
        return _refused(name, Reason.ENCRYPTED, PROTECTED)
    try:
        with archive.open(info) as source:
            swelling.source = source
            return Entry(name, taken=take(swelling))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, LZMAError, RuntimeError):
        return _refused(name, Reason.BROKEN, DAMAGED_ENTRY)


def _tar(path: Path, take: Take, swelling: Swelling) -> Iterator[Entry]:
    with tarfile.open(path, "r|*") as archive:
        for info in archive:
            if info.isdir() or is_junk(info.name):
                continue
            swelling.count()
            if climbs(info.name):
                yield _refused(info.name, Reason.OUTSIDE_FOLDER, OUTSIDE)
            elif info.issym() or info.islnk():
                yield _refused(info.name, Reason.OUTSIDE_FOLDER, LINK)
            elif not info.isfile():
                yield _refused(info.name, Reason.UNREADABLE, DEVICE)
            else:
                # Skipped bytes count too: a tar is one stream.
                swelling.check(swelling.out + info.size)
                source = archive.extractfile(info)
                if source is not None:
                    swelling.source = source
                    yield Entry(info.name, taken=take(swelling))


def _mbox(path: Path, take: Take, swelling: Swelling) -> Iterator[Entry]:
    """Cut a box of e-mails at its "From " lines, without holding it in memory."""
    with path.open("rb") as box:
        box.readline()
        is_open, number = True, 0
        while is_open:
            number += 1
            message = _Message(box)
            swelling.count()
            swelling.source = message
            yield Entry(f"{number:05}.eml", taken=take(swelling))
            is_open = message.has_next


class _Message:
    """One message of a box, up to the next "From " line that follows a blank one."""

    def __init__(self, box: BinaryIO) -> None:
        self._box = box
        self._blank = False
        self._ended = False
        self.has_next = False

    def read(self, size: int = -1, /) -> bytes:
        lines: list[bytes] = []
        length = 0
        while not self._ended and length < BLOCK:
            line = self._box.readline(BLOCK)
            if not line:
                self._ended = True
            elif self._blank and line.startswith(b"From "):
                self._ended = self.has_next = True
            else:
                self._blank = not line.strip()
                lines.append(line)
                length += len(line)
        return b"".join(lines)
