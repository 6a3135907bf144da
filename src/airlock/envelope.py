"""What a sealed file shows without any key: its profile, for how many keys, how long inside."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from .container import BUCKETS

AGE_MAGIC = b"age-encryption.org/v1\n"
CHUNK, TAG, NONCE = 64 << 10, 16, 16
_LONGEST_HEADER = 1 << 16
_KEY_PACKET, _DATA_PACKETS = 1, (18, 20)


class EnvelopeError(ValueError):
    """Not a sealed file of a known profile."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """`bucket` is None when the length is not that of a dossier, or cannot be told (openpgp)."""

    profile: str
    recipients: int
    header: int
    bucket: int | None


def look(path: Path) -> Envelope:
    """Return what a file shows; raise EnvelopeError. Nothing is decrypted."""
    with path.open("rb") as file:
        head = file.read(_LONGEST_HEADER)
        size = os.fstat(file.fileno()).st_size
        if head.startswith(AGE_MAGIC):
            return _age(head, size)
        file.seek(0)
        return Envelope("openpgp", _openpgp_recipients(file), 0, None)


def payload_length(plain: int) -> int:
    """Return how long an age payload of `plain` bytes is: nonce, and a tag each 64 KiB."""
    return NONCE + plain + TAG * max(1, -(-plain // CHUNK))


def _age(head: bytes, size: int) -> Envelope:
    end = head.find(b"\n--- ")
    stop = head.find(b"\n", end + 1)
    if end < 0 or stop < 0:
        raise EnvelopeError("damaged age header")
    # "grease" stanzas, which rage adds at random, open for nobody and are not counted.
    count = sum(line.startswith(b"-> X25519 ") for line in head[:end].split(b"\n"))
    payload = size - stop - 1
    bucket = next((each for each in BUCKETS if payload_length(each) == payload), None)
    return Envelope("age", count, stop + 1, bucket)


def _openpgp_recipients(file: BinaryIO) -> int:
    count = 0
    while (tag := _packet(file)) not in _DATA_PACKETS:
        if tag != _KEY_PACKET:
            raise EnvelopeError("neither an age file nor an OpenPGP message")
        count += 1
    return count


def _packet(file: BinaryIO) -> int:
    """Return the tag of the next packet and step over it, when it is one of a recipient."""
    first = file.read(1)
    if not first or not first[0] & 0x80:
        raise EnvelopeError("neither an age file nor an OpenPGP message")
    if first[0] & 0x40:
        tag, lengths = first[0] & 0x3F, _new_length
    else:
        tag, lengths = first[0] >> 2 & 0x0F, _OLD_LENGTHS[first[0] & 3]
    if tag == _KEY_PACKET:
        file.seek(lengths(file), os.SEEK_CUR)
    return tag


def _new_length(file: BinaryIO) -> int:
    first = _number(file, 1)
    if first < 192:
        return first
    if first < 224:
        return ((first - 192) << 8) + _number(file, 1) + 192
    if first == 255:
        return _number(file, 4)
    raise EnvelopeError("damaged OpenPGP message")


def _number(file: BinaryIO, width: int) -> int:
    raw = file.read(width)
    if len(raw) != width:
        raise EnvelopeError("damaged OpenPGP message")
    return int.from_bytes(raw, "big")


def _no_length(file: BinaryIO) -> int:
    raise EnvelopeError("damaged OpenPGP message")


_OLD_LENGTHS = (
    lambda file: _number(file, 1),
    lambda file: _number(file, 2),
    lambda file: _number(file, 4),
    _no_length,
)
