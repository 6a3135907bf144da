"""Codename of a source: 80 random bits and 8 check bits as eight French words, and its keys.

The stretched key never depends on how the words were typed: the ten bytes are stretched, not
the text. Format: `docs/reference/airlock-format.md`, "Codename" and "Derivation".
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field

from . import bech32
from .words import fold, french, starts

COUNT, ENTROPY_BYTES, PEPPER_BYTES = 8, 10, 32
LONGEST_TYPED = 400
TIME_COST, MEMORY_KIB, LANES, STRETCHED_BYTES, ARGON2_VERSION = 3, 256 * 1024, 1, 64, 19


class CodenameError(ValueError):
    """What was typed cannot be a codename: a word is mistyped, missing or in the wrong place."""


def new() -> tuple[str, bytes]:
    """Return a fresh codename as eight words, and its ten bytes."""
    entropy = secrets.token_bytes(ENTROPY_BYTES)
    return encode(entropy), entropy


def encode(entropy: bytes) -> str:
    """Return the eight words of ten bytes."""
    if len(entropy) != ENTROPY_BYTES:
        raise ValueError("ten bytes")
    number = int.from_bytes(entropy, "big") << 8 | _check(entropy)
    shown = french()
    return " ".join(shown[(number >> 11 * (COUNT - 1 - place)) & 0x7FF] for place in range(COUNT))


def decode(typed: str) -> bytes:
    """Return the ten bytes of what was typed; raise CodenameError.

    Accents, capitals, hyphens, spaces and everything after the fourth letter are optional.
    """
    if len(typed) > LONGEST_TYPED:
        raise CodenameError
    tokens = [token for token in re.split(r"[^a-z]+", fold(typed)) if token]
    if len(tokens) != COUNT:
        raise CodenameError
    number = 0
    for token in tokens:
        number = number << 11 | _place(token)
    entropy = (number >> 8).to_bytes(ENTROPY_BYTES, "big")
    if number & 0xFF != _check(entropy):
        raise CodenameError
    return entropy


def _place(token: str) -> int:
    place = starts().get(token[:4], -1)
    if len(token) < 4 or place < 0 or not fold(french()[place]).startswith(token):
        raise CodenameError
    return place


def _check(entropy: bytes) -> int:
    return hashlib.sha256(b"airlock/1/codename\0" + entropy).digest()[0]


@dataclass(frozen=True)
class Keys:
    """What a codename opens. Both fields are secrets that are never stored or printed."""

    locator: bytes = field(repr=False)
    seed: bytes = field(repr=False)

    @property
    def mailbox(self) -> str:
        """The name of the mailbox, 32 hex digits: the only thing a server keeps."""
        return hashlib.sha256(b"airlock/1/mailbox\0" + self.locator).hexdigest()[:32]

    @property
    def age_identity(self) -> str:
        """A standard age X25519 identity, which opens the replies."""
        return bech32.encode("age-secret-key-", self.seed).upper()


def derive(stretched: bytes) -> Keys:
    """Return the keys of a stretched codename."""
    return Keys(
        locator=hmac.digest(stretched, b"airlock/1/locator", "sha256")[:16],
        seed=hmac.digest(stretched, b"airlock/1/age-identity", "sha256"),
    )


def stretch(entropy: bytes, pepper: bytes, *, memory_kib: int = MEMORY_KIB) -> bytes:
    """Return the 64 bytes of Argon2id over a codename: some 0.8 s and 256 MiB.

    Run it in a process of its own, so that the memory is given back at once. `memory_kib` is for
    tests alone: another value gives other keys.
    """
    from argon2.low_level import Type, hash_secret_raw

    if len(entropy) != ENTROPY_BYTES or len(pepper) != PEPPER_BYTES:
        raise ValueError("a codename has 10 bytes, a pepper 32")
    return hash_secret_raw(
        entropy,
        hashlib.sha256(b"airlock/1/salt\0" + pepper).digest()[:16],
        time_cost=TIME_COST,
        memory_cost=memory_kib,
        parallelism=LANES,
        hash_len=STRETCHED_BYTES,
        type=Type.ID,
        version=ARGON2_VERSION,
    )
