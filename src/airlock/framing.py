"""The bytes around the members of a container: a ZIP, stored, forward only, always the same.

Written by hand rather than by `zipfile`, so that the bytes are those of the specification
whatever the version of Python, and so that a reader can compare each of them.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

_VERSION, _UNIX, _FLAG_DESCRIPTOR, _STORED = 20, 3, 0x08, 0
_MIDNIGHT, _DAY_1980 = 0, 0x21  # 1980-01-01 00:00:00
_MODE = 0o600 << 16
LOCAL_BYTES, DESCRIPTOR_BYTES, CENTRAL_BYTES, END_BYTES = 30, 16, 46, 22
DESCRIPTOR = b"PK\x07\x08"


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
