"""The strict reader of a container: it takes exactly what the writer writes, and nothing else.

Every byte is compared: headers, descriptors, directory, digests, the canonical manifest, zeros
of the padding. What is extracted has neutral names; those of the source stay data.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from . import FORMAT, framing
from .container import (
    BUCKETS,
    FACTS,
    KIB,
    LONGEST_MANIFEST,
    LONGEST_NAME,
    LONGEST_TYPE,
    MANIFEST,
    MAX_PIECES,
    MESSAGE,
    PADDING,
    PIECE,
    ContainerError,
    Piece,
    manifest_bytes,
)

_CHUNK = 64 * KIB
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_SIGNS = {
    "kind": re.compile(r"[a-z]{1,20}\Z"),
    "mailbox": re.compile(r"(?:[0-9a-f]{32})?\Z"),
    "reply_to": re.compile(r"(?:age1[02-9ac-hj-np-z]{58})?\Z"),
}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a dossier says of itself, checked against its bytes."""

    facts: dict[str, str]
    message_size: int
    message_sha256: str
    pieces: tuple[Piece, ...]
    raw: bytes

    @property
    def content(self) -> dict[str, object]:
        """The manifest as it was written."""
        content: dict[str, object] = json.loads(self.raw)
        return content


def read(path: Path, into: Path | None = None) -> Manifest:
    """Check a container whole and extract it to the folder `into`, which exists and is empty.

    Raises ContainerError; what was extracted before that must be thrown away with `into`.
    """
    size = path.stat().st_size
    if size not in BUCKETS:
        raise ContainerError("length is not a bucket")
    with path.open("rb") as file:
        members = _directory(file, size)
        manifest = _manifest(file, members[-2])
        claims = {piece.member: (piece.size, piece.sha256) for piece in manifest.pieces}
        claims[MESSAGE] = (manifest.message_size, manifest.message_sha256)
        if [*claims] != [member.name for member in members[:-2]]:
            raise ContainerError("manifest and members differ")
        for member in members:
            _member(file, member, claims.get(member.name), into)
    return manifest


def _directory(file: BinaryIO, size: int) -> list[framing.Member]:
    """Return the members that the end of the file lists, when it is exactly what they would be."""
    file.seek(size - framing.END_BYTES)
    start = int.from_bytes(file.read(framing.END_BYTES)[16:20], "little")
    most = (MAX_PIECES + 3) * (framing.CENTRAL_BYTES + 32)
    if not 0 < size - framing.END_BYTES - start <= most:
        raise ContainerError("no directory where it belongs")
    file.seek(start)
    listed = file.read()
    members = _listed(listed[: -framing.END_BYTES])
    names = [member.name for member in members]
    pieces = names[:-3]
    if names[-3:] != [MESSAGE, MANIFEST, PADDING] or len(pieces) > MAX_PIECES:
        raise ContainerError("members out of order")
    if any(
        not PIECE.match(name) or int(name[7:9]) != number for number, name in enumerate(pieces, 1)
    ):
        raise ContainerError("unexpected member")
    if framing.directory(members) != listed:
        raise ContainerError("unexpected zip feature or hidden bytes")
    return members


def _listed(listed: bytes) -> list[framing.Member]:
    """Return what a directory seems to list: it is believed once it is written again alike."""
    members, place, at = [], 0, 0
    while place < len(listed):
        entry = listed[place : place + framing.CENTRAL_BYTES]
        crc, size, length = (
            int.from_bytes(entry[first:last], "little")
            for first, last in ((16, 20), (20, 24), (28, 30))
        )
        place += framing.CENTRAL_BYTES + length
        name = listed[place - length : place].decode("ascii", "replace")
        if not name.isascii():
            raise ContainerError("unexpected member")
        members.append(framing.Member(name, crc, size, at))
        at += framing.LOCAL_BYTES + length + size + framing.DESCRIPTOR_BYTES
    return members


def _manifest(file: BinaryIO, member: framing.Member) -> Manifest:
    if member.size > LONGEST_MANIFEST:
        raise ContainerError("manifest too large")
    file.seek(member.at + framing.LOCAL_BYTES + len(member.name))
    raw = file.read(member.size)
    try:
        content = json.loads(raw.decode("ascii"))
        pieces = tuple(Piece(**each) for each in content["pieces"])
        message = (content["message"]["size"], content["message"]["sha256"])
        facts = {key: content[key] for key in FACTS if key in content}
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ContainerError("unreadable manifest") from error
    if content.get("format") != FORMAT:
        raise ContainerError("unknown format")
    _check_values(facts, message, pieces)
    # Written again from what was understood: an unknown key, a double key or a space shows.
    if manifest_bytes(facts, message, list(pieces)) != raw:
        raise ContainerError("manifest is not canonical")
    return Manifest(facts, message[0], message[1], pieces, raw)


def _check_values(
    facts: dict[str, object], message: tuple[object, object], pieces: tuple[Piece, ...]
) -> None:
    sizes = [(message[0], message[1]), *((piece.size, piece.sha256) for piece in pieces)]
    right = all(
        type(size) is int and isinstance(digest, str) and _DIGEST.match(digest)
        for size, digest in sizes
    ) and all(
        isinstance(text, str) and len(text) <= longest
        for piece in pieces
        for text, longest in (
            (piece.member, LONGEST_NAME),
            (piece.name, LONGEST_NAME),
            (piece.type, LONGEST_TYPE),
        )
    )
    for key, value in facts.items():
        right = right and isinstance(value, str) and _is_fact(key, value)
    if not right:
        raise ContainerError("manifest holds a value that cannot be")


def _is_fact(key: str, value: str) -> bool:
    if key != "received":
        return _SIGNS[key].match(value) is not None
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _member(
    file: BinaryIO,
    member: framing.Member,
    claim: tuple[int, str] | None,
    into: Path | None,
) -> None:
    file.seek(member.at)
    header = framing.local(member.name)
    if file.read(len(header)) != header:
        raise ContainerError("hidden bytes before a member")
    if into is None or claim is None:
        crc, digest = _pass(file, member, lambda chunk: None)
    else:
        target = into / member.name
        target.parent.mkdir(mode=0o700, exist_ok=True)
        with target.open("xb") as extracted:
            crc, digest = _pass(file, member, extracted.write)
    if file.read(framing.DESCRIPTOR_BYTES) != framing.descriptor(member.crc, member.size):
        raise ContainerError("hidden bytes after a member")
    if crc != member.crc or claim not in (None, (member.size, digest)):
        raise ContainerError("size or digest differs")


def _pass(
    file: BinaryIO, member: framing.Member, keep: Callable[[bytes], object]
) -> tuple[int, str]:
    crc, digest, left = 0, hashlib.sha256(), member.size
    while left:
        chunk = file.read(min(left, _CHUNK))
        if not chunk:
            raise ContainerError("shorter than it says")
        if member.name == PADDING and chunk.count(0) != len(chunk):
            raise ContainerError("padding carries data")
        crc = zlib.crc32(chunk, crc)
        digest.update(chunk)
        keep(chunk)
        left -= len(chunk)
    return crc, digest.hexdigest()
