"""The word that a program shows. It is told once; what is kept can open nothing."""

from __future__ import annotations

import hashlib
import secrets

PREFIX = "ctc_"
"""So that a scanner for secrets, and a person, know what was pasted where."""
BYTES = 32


def new_secret() -> str:
    """Return a new secret: 256 random bits after a prefix that says what it is."""
    return PREFIX + secrets.token_urlsafe(BYTES)


def digest_of(secret: str) -> str:
    """Return what is kept of a secret. It is random and long, so that one round is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
