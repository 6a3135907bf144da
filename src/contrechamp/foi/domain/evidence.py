"""The evidence package of a request: a ZIP that is the same bytes for the same facts.

Entries are stored, sorted, without a time: nothing in it depends on the day, the machine or a
compressor. `manifest.json` lists every file with its hash; its signature covers them all.
Source: design/cases.md §8; ZIP as in APPNOTE.TXT 6.3.10 (4.3.7, 4.3.12, 4.3.16).
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import BinaryIO

from contrechamp.kernel.errors import Refused, gettext_noop

FORMAT = "contrechamp-evidence/1"
MANIFEST, SIGNATURE, KEY = "manifest.json", "manifest.json.sig", "public-key.pem"
SUMS, README = "SHA256SUMS", "README.txt"
UNLISTED = frozenset({MANIFEST, SIGNATURE})
"""What the manifest cannot list: itself, and what signs it."""
BLOCK = 1 << 20
MOST_BYTES, MOST_FILES = 0xFFFF_0000, 0xFFFE
"""A ZIP without its 64-bit extension, which some programs of offices do not read."""
_PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DAY = (1 << 5) | 1
"""1 January 1980, the first day that a ZIP knows."""


class Profile(StrEnum):
    """For whom a package is."""

    FULL = "full"
    """The requester and their counsel: everything as it is."""
    PUBLIC = "public"
    """Everybody: no address, token, agent's name or raw mail."""


class TooLarge(Refused):
    """More than a ZIP holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of the package. `read` gives its bytes anew each time it is called."""

    path: str
    size: int
    sha256: str
    crc32: int
    media_type: str
    origin: str
    """Where it is from: `mail out-…`, `library doc-… v1`, `computed`."""
    read: Callable[[], Iterable[bytes]]


def written(path: str, content: bytes, media_type: str, origin: str = "computed") -> Entry:
    """Return an entry of bytes in hand."""
    return measured(path, lambda: (content,), media_type, origin)


def measured(path: str, read: Callable[[], Iterable[bytes]], media_type: str, origin: str) -> Entry:
    """Return an entry read once to know its size and hashes.

    Raise `ValueError` for a path that some system could not write.
    """
    if not _PATH.fullmatch(path):
        raise ValueError(path)
    digest, crc, size = hashlib.sha256(), 0, 0
    for block in read():
        digest.update(block)
        crc, size = zlib.crc32(block, crc), size + len(block)
    return Entry(
        path=path,
        size=size,
        sha256=digest.hexdigest(),
        crc32=crc,
        media_type=media_type,
        origin=origin,
        read=read,
    )


def as_json(path: str, value: object, origin: str = "computed") -> Entry:
    """Return an entry of JSON that people can read; keys in order."""
    return written(path, _json(value), "application/json", origin)


def package(
    entries: Sequence[Entry],
    about: Mapping[str, object],
    *,
    public_key: str,
    sign: Callable[[bytes], bytes],
) -> tuple[Entry, ...]:
    """Return every file of a package, with its sums, key, manifest and signature, in order.

    `about` says what it is of (`profile`, `request`, `left_out` …). Raise `ValueError` when two
    files have one path.
    """
    files = [*entries, written(KEY, public_key.encode(), "application/x-pem-file")]
    sums = "".join(f"{each.sha256}  {each.path}\n" for each in _sorted(files))
    files = _sorted([*files, written(SUMS, sums.encode(), "text/plain")])
    manifest = _json(
        {
            "format": FORMAT,
            **about,
            "public_key": public_key,
            "files": [
                {
                    "path": each.path,
                    "size": each.size,
                    "sha256": each.sha256,
                    "media_type": each.media_type,
                    "origin": each.origin,
                }
                for each in files
            ],
        }
    )
    signature = written(SIGNATURE, sign(manifest), "application/octet-stream")
    return tuple(_sorted([*files, written(MANIFEST, manifest, "application/json"), signature]))


def zipped(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Return the bytes of a ZIP of entries as they stand, stored.

    Raise `TooLarge` for more than 4 GB or 65,534 files, before the first byte is asked for.
    """
    files = tuple(entries)
    total = sum(each.size + len(each.path) * 2 + 100 for each in files)
    if total > MOST_BYTES or len(files) > MOST_FILES:
        raise TooLarge(
            gettext_noop(
                "Ce dossier de preuves dépasserait quatre gigaoctets : prenez ses documents un par "
                "un."
            )
        )
    return _parts(files)


def _parts(files: Sequence[Entry]) -> Iterator[bytes]:
    places, at = [], 0
    for each in files:
        places.append(at)
        head = _local(each)
        yield head
        at += len(head)
        for block in each.read():
            yield block
            at += len(block)
    start = at
    for each, place in zip(files, places, strict=True):
        line = _central(each, place)
        yield line
        at += len(line)
    count = len(files)
    yield _END.pack(b"PK\5\6", 0, 0, count, count, at - start, start, 0)


def copied(source: BinaryIO) -> Iterator[bytes]:
    """Yield what a file holds from where it stands, block by block."""
    while block := source.read(BLOCK):
        yield block


def _local(each: Entry) -> bytes:
    name = each.path.encode("ascii")
    sizes = (each.crc32, each.size, each.size)
    return _LOCAL.pack(b"PK\3\4", 10, 0, 0, 0, _DAY, *sizes, len(name), 0) + name


def _central(each: Entry, place: int) -> bytes:
    name = each.path.encode("ascii")
    sizes = (each.crc32, each.size, each.size)
    made_by, mode = 3 << 8 | 20, 0o100644 << 16
    tail = (len(name), 0, 0, 0, 0, mode, place)
    return _CENTRAL.pack(b"PK\1\2", made_by, 10, 0, 0, 0, _DAY, *sizes, *tail) + name


def _sorted(entries: Iterable[Entry]) -> list[Entry]:
    files = sorted(entries, key=lambda each: each.path)
    for one, other in pairwise(files):
        if one.path == other.path:
            raise ValueError(one.path)
    return files


def _json(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()
