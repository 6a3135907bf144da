"""Whether an evidence package is as it was signed: each file by name, the signature, the ZIP.

Everything read here may be hostile: sizes are bounded by what is listed, nothing is unpacked, and
a path is a name to compare and never a place to write.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any, BinaryIO

from .evidence import (
    BLOCK,
    FORMAT,
    MANIFEST,
    MOST_FILES,
    SIGNATURE,
    UNLISTED,
    Entry,
    TooLarge,
    zipped,
)

MOST_MANIFEST = 64 << 20
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,  # What zipfile raises for an encrypted entry.
    EOFError,
    OSError,
    ValueError,
    OverflowError,
)


class State(StrEnum):
    """What one file of a package is."""

    INTACT = "intact"
    CHANGED = "changed"
    MISSING = "missing"
    EXTRA = "extra"
    """Not listed: nobody signed it."""
    UNCHECKED = "unchecked"
    """There is no list to hold it against."""


class Signature(StrEnum):
    """What the signature says of the list."""

    VALID = "valid"
    INVALID = "invalid"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Answer:
    """One file, and whether it holds."""

    path: str
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What a package turned out to be."""

    files: tuple[Answer, ...]
    signature: Signature
    public_key: str
    """The key in its list, as PEM: who it is of, the caller has to know."""
    manifest: Mapping[str, Any]
    """Empty when it cannot be read."""
    is_zip: bool
    altered_at: str
    """Where the archive differs from the one that was made: a path, or empty when it does not."""

    @property
    def holds(self) -> bool:
        """Answer whether every byte is as it was signed."""
        intact = all(each.state is State.INTACT for each in self.files)
        return intact and self.signature is Signature.VALID and not self.altered_at and self.is_zip

    @property
    def is_package(self) -> bool:
        """Answer whether it says that it is an evidence package."""
        return self.manifest.get("format") == FORMAT


Check = Callable[[bytes, bytes, str], bool]
"""Answers whether the owner of a key (PEM) signed these bytes; never raises."""


def examine(source: BinaryIO, check: Check) -> Examined:
    """Return what a package is, file by file. The source must allow `seek`."""
    try:
        with zipfile.ZipFile(source) as archive:
            return _examined(source, archive.infolist()[: MOST_FILES + 1], check)
    except (*_BROKEN, TooLarge):
        return Examined(
            files=(),
            signature=Signature.MISSING,
            public_key="",
            manifest={},
            is_zip=False,
            altered_at=ARCHIVE,
        )


ARCHIVE = "(ZIP)"
"""Stands for the archive itself where no file can be named."""


def _examined(source: BinaryIO, infos: Sequence[zipfile.ZipInfo], check: Check) -> Examined:
    there = {info.filename: info for info in infos}
    twice = {info.filename for info in infos if there[info.filename] is not info}
    body = _whole(source, there.get(MANIFEST))
    signature = _whole(source, there.get(SIGNATURE)) or b""
    manifest = _parsed(body)
    listed = _listed(manifest)
    key = str(manifest.get("public_key", ""))
    states = {path: _state(source, there.get(path), entry) for path, entry in listed.items()}
    for path, info in there.items():
        if path in UNLISTED:
            states[path] = State.INTACT if _has_its_crc(source, info) else State.CHANGED
        elif path not in listed:
            states[path] = State.EXTRA if manifest else State.UNCHECKED
    states |= dict.fromkeys(UNLISTED - set(there), State.MISSING)
    states |= dict.fromkeys(twice, State.CHANGED)
    signed = _signature(body, signature, key, check)
    if signed is Signature.INVALID and all(states[each] is State.INTACT for each in UNLISTED):
        states[MANIFEST] = (
            State.CHANGED
        )  # Rewritten with a sum that fits: only the signature tells.
    return Examined(
        files=tuple(Answer(path, states[path]) for path in sorted(states)),
        signature=signed,
        public_key=key,
        manifest=manifest,
        is_zip=True,
        altered_at=_altered_at(source, infos),
    )


def _signature(body: bytes | None, signature: bytes, key: str, check: Check) -> Signature:
    if not body or not signature:
        return Signature.MISSING
    return Signature.VALID if check(body, signature, key) else Signature.INVALID


def _parsed(body: bytes | None) -> Mapping[str, Any]:
    try:
        found = json.loads(body or b"")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _listed(manifest: Mapping[str, Any]) -> dict[str, tuple[int, str]]:
    """Return the size and hash of each file that the list names; what is ill-formed holds not."""
    files = manifest.get("files")
    found = {}
    for each in files if isinstance(files, list) else []:
        if isinstance(each, dict) and isinstance(each.get("path"), str):
            size, sha256 = each.get("size"), each.get("sha256")
            found[each["path"]] = (size if isinstance(size, int) else -1, str(sha256))
    return found


def _state(source: BinaryIO, info: zipfile.ZipInfo | None, listed: tuple[int, str]) -> State:
    if info is None:
        return State.MISSING
    size, sha256 = listed
    digest, read = hashlib.sha256(), 0
    for block in _content(source, info):
        digest.update(block)
        read += len(block)
        if read > size:
            return State.CHANGED  # A bomb stops here.
    is_same = read == size and digest.hexdigest() == sha256
    return State.INTACT if is_same and _has_its_crc(source, info) else State.CHANGED


def _has_its_crc(source: BinaryIO, info: zipfile.ZipInfo) -> bool:
    crc, read = 0, 0
    for block in _content(source, info):
        crc, read = zlib.crc32(block, crc), read + len(block)
        if read > info.file_size:
            return False
    return read == info.file_size and crc == info.CRC


def _whole(source: BinaryIO, info: zipfile.ZipInfo | None) -> bytes | None:
    if info is None or info.file_size > MOST_MANIFEST:
        return None
    found = b""
    for block in _content(source, info):
        found += block
        if len(found) > MOST_MANIFEST:
            return None
    return found


def _content(source: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the bytes of a file, whatever its sum says; none where they cannot be read."""
    try:
        if info.compress_type == zipfile.ZIP_STORED and not info.flag_bits & 1:
            yield from _stored(source, info)
        else:  # Somebody packed it anew: its files may still be what they were.
            with zipfile.ZipFile(source) as archive, archive.open(info) as entry:
                while block := entry.read(BLOCK):
                    yield block
    except _BROKEN:
        return


def _stored(source: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    source.seek(info.header_offset)
    head = source.read(30)
    if len(head) < 30:
        return
    at = info.header_offset + 30
    at += int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    left = info.file_size
    while left > 0:
        source.seek(at)
        block = source.read(min(left, BLOCK))
        if not block:
            return
        yield block
        at, left = at + len(block), left - len(block)


def _altered_at(source: BinaryIO, infos: Sequence[zipfile.ZipInfo]) -> str:
    """Return where the archive is not the one that we make of its files, or empty."""
    at = _first_difference(source, infos)
    if at is None:
        return ""
    starts = [(info.header_offset, info.filename) for info in infos if info.header_offset <= at]
    last = max((info.header_offset + 30 + info.file_size for info in infos), default=0)
    return max(starts)[1] if starts and at < last else ARCHIVE


def _first_difference(source: BinaryIO, infos: Sequence[zipfile.ZipInfo]) -> int | None:
    try:
        entries = [_as_ours(source, info) for info in infos]
    except ValueError:
        return 0
    at = 0
    for block in chain(zipped(entries), (b"",)):
        source.seek(at)
        there = source.read(len(block) or 1)
        if there != block:
            pairs = enumerate(zip(there, block, strict=False))
            return at + next((n for n, (a, b) in pairs if a != b), min(len(there), len(block)))
        at += len(block)
    return None


def _as_ours(source: BinaryIO, info: zipfile.ZipInfo) -> Entry:
    if not info.filename.isascii():
        raise ValueError(info.filename)
    return Entry(
        path=info.filename,
        size=info.file_size,
        sha256="",
        crc32=info.CRC,
        media_type="",
        origin="",
        read=lambda: _content(source, info),
    )
