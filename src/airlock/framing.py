"""The bytes around the members of a container: a ZIP, stored, forward only, always the same.

Written by hand rather than by `zipfile`, so that the bytes are those of the specification
whatever the version of Python, and so that a reader can compare each of them.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

_VERSION, _UNIX, _FLAG_DESCRIPTOR, _STORED = 20, 3, 0x08, 0
_MIDNIGHT, _DAY_1980 = 0, 0x21  # 1980-01-01 00:00:00
_MODE = 0o600 << 16
LOCAL_BYTES, DESCRIPTOR_BYTES, CENTRAL_BYTES, END_BYTES = 30, 16, 46, 22
DESCRIPTOR = b"PK\x07\x08"
_CHUNK = 64 << 10
_LONGEST_NAME = 32
_LARGEST = 512 << 20


class ContainerError(ValueError):
    """What is written or read is not what the specification says."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member as the directory lists it. `at` is where its local header starts."""

    name: str
    crc: int
    size: int
    at: int


def local(name: str) -> bytes:
    """Return the header that stands before a member: length and checksum come after it."""
    return struct.pack(
        "<4s5H3I2H",
        b"PK\x03\x04",
        _VERSION,
        _FLAG_DESCRIPTOR,
        _STORED,
        _MIDNIGHT,
        _DAY_1980,
        0,
        0,
        0,
        len(name),
        0,
    ) + name.encode("ascii")


def descriptor(crc: int, size: int) -> bytes:
    """Return the sixteen bytes that stand after a member."""
    return struct.pack("<4s3I", DESCRIPTOR, crc, size, size)


def directory(members: list[Member]) -> bytes:
    """Return the central directory and the end record."""
    listed = b"".join(_central(member) for member in members)
    last = members[-1]
    start = last.at + LOCAL_BYTES + len(last.name) + last.size + DESCRIPTOR_BYTES
    count = len(members)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(listed), start, 0)
    return listed + end


def _central(member: Member) -> bytes:
    return struct.pack(
        "<4sBB5H3I5H2I",
        b"PK\x01\x02",
        _VERSION,
        _UNIX,
        _VERSION,
        _FLAG_DESCRIPTOR,
        _STORED,
        _MIDNIGHT,
        _DAY_1980,
        member.crc,
        member.size,
        member.size,
        len(member.name),
        0,
        0,
        0,
        0,
        _MODE,
        member.at,
    ) + member.name.encode("ascii")


def around(name: str) -> int:
    """Return how many bytes a member costs beside its own."""
    return LOCAL_BYTES + len(name) + DESCRIPTOR_BYTES + CENTRAL_BYTES + len(name)


def members(file: BinaryIO, size: int, most: int) -> list[Member]:
    """Return what the end of a file lists, when it is exactly what `directory` would write.

    Raises ContainerError. `most` is how many members there may be.
    """
    file.seek(max(0, size - END_BYTES))
    start = int.from_bytes(file.read(END_BYTES)[16:20], "little")
    if not 0 < size - END_BYTES - start <= most * (CENTRAL_BYTES + _LONGEST_NAME):
        raise ContainerError("pas de table des membres à sa place")
    file.seek(start)
    raw = file.read()
    listed = _listed(raw[:-END_BYTES])
    # Believed once it is written again alike: dates, flags, fields and comments show.
    if not 0 < len(listed) <= most or directory(listed) != raw:
        raise ContainerError("particularité de ZIP imprévue ou octets cachés")
    return listed


def _listed(raw: bytes) -> list[Member]:
    listed, place, at = list[Member](), 0, 0
    while place < len(raw):
        entry = raw[place : place + CENTRAL_BYTES]
        crc, size, length = (
            int.from_bytes(entry[first:last], "little")
            for first, last in ((16, 20), (20, 24), (28, 30))
        )
        place += CENTRAL_BYTES + length
        name = raw[place - length : place].decode("ascii", "replace")
        if not name.isascii() or size > _LARGEST or at > _LARGEST:
            raise ContainerError("membre imprévu")
        listed.append(Member(name, crc, size, at))
        at += LOCAL_BYTES + length + size + DESCRIPTOR_BYTES
    return listed


def stream(file: BinaryIO, member: Member, keep: Callable[[bytes], object]) -> None:
    """Hand a member's bytes to `keep`; raise ContainerError when what surrounds them differs."""
    file.seek(member.at)
    header = local(member.name)
    if file.read(len(header)) != header:
        raise ContainerError("octets cachés devant un membre")
    crc, left = 0, member.size
    while left:
        chunk = file.read(min(left, _CHUNK))
        if not chunk:
            raise ContainerError("plus court que ce qui est annoncé")
        crc = zlib.crc32(chunk, crc)
        keep(chunk)
        left -= len(chunk)
    if file.read(DESCRIPTOR_BYTES) != descriptor(member.crc, member.size) or crc != member.crc:
        raise ContainerError("octets cachés après un membre, ou somme de contrôle fausse")
