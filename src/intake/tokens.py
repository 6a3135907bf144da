"""What the page of a mailbox carries instead of a cookie: sealed, and good for an hour."""

from __future__ import annotations

import base64
import os
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

SECONDS = 3600
LONGEST = 512
_LABEL = b"intake/1/token"


class Expired(ValueError):
    """Altered, older than an hour, or from before the last start."""


@dataclass(frozen=True)
class Visit:
    """Whose mailbox is open, and the key that its replies are sealed to."""

    mailbox: str
    reply_to: str


def write(visit: Visit, key: bytes, *, now: float) -> str:
    """The token of a visit, good for an hour from `now` (seconds since 1970)."""
    nonce = os.urandom(12)
    plain = struct.pack(">Q", int(now) + SECONDS) + bytes.fromhex(visit.mailbox)
    sealed = ChaCha20Poly1305(key).encrypt(nonce, plain + visit.reply_to.encode(), _LABEL)
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def read(text: str, key: bytes, *, now: float) -> Visit:
    """The visit of a token; raises Expired."""
    try:
        if len(text) > LONGEST:
            raise Expired
        raw = base64.urlsafe_b64decode(text.encode("ascii"))
        plain = ChaCha20Poly1305(key).decrypt(raw[:12], raw[12:], _LABEL)
    except (ValueError, InvalidTag) as problem:
        raise Expired from problem
    if struct.unpack(">Q", plain[:8])[0] < now:
        raise Expired
    return Visit(plain[8:24].hex(), plain[24:].decode())
