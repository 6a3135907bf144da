"""Identifiers that are given once, never reused, and say nothing about what they name.

Ten characters of Crockford's base 32 after a prefix that says the kind: `prj-7h3kq0w2xz`.
They are random, so that a gap between two of them tells a visitor nothing.
"""

from __future__ import annotations

import re
import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 in lower case: no i, l, o, u (https://www.crockford.com/base32.html)."""
LENGTH = 10


def new_id(prefix: str) -> str:
    """Return a new identifier such as `prj-7h3kq0w2xz`: 50 random bits."""
    return f"{prefix}-{''.join(secrets.choice(ALPHABET) for _ in range(LENGTH))}"


def is_id(text: str, prefix: str | None = None) -> bool:
    """Answer whether the text has the form of an identifier (of that prefix)."""
    head = re.escape(prefix) if prefix else "[a-z]{1,4}"
    return re.fullmatch(f"{head}-[{ALPHABET}]{{{LENGTH}}}", text) is not None
