"""Addresses that say which thread an answer belongs to, and prove that we gave them out."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence

TOKEN_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # noqa: S105
"""Base 32 without what is misread: i l o u 0 1."""
TOKEN_LENGTH = 10
_LONGEST = 1000
_ID = "0123456789abcdefghjkmnpqrstvwxyz"
_KEY = re.compile(rf"(?<![0-9a-z])([a-z]{{1,4}}-[{_ID}]{{10}})-([{TOKEN_ALPHABET}]{{10}})@")
_TAG = re.compile(rf"\[CC-([a-z]{{1,4}}-[{_ID}]{{10}})-([{TOKEN_ALPHABET}]{{10}})\]")
_LOOSE = re.compile(r"(?<![0-9a-z])([a-z]{1,4})-([0-9a-z]{10})-([0-9a-z]{10})@")
_LOOSE_TAG = re.compile(r"\[ ?cc ?- ?([a-z]{1,4}) ?- ?([0-9a-z]{10}) ?- ?([0-9a-z]{10}) ?\]")
_SAME = str.maketrans({"i": "1", "l": "1", "o": "0"})
"""Crockford's readings: no identifier contains i, l or o, so that each has one meaning."""
_PLAIN = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212_", "-")
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad")
)


def token_of(thread: str, *, secret: str) -> str:
    """Return the ten characters that prove that we gave out the thread's address."""
    digest = hmac.new(secret.encode(), thread.encode(), hashlib.sha256).digest()
    number, token = int.from_bytes(digest), ""
    for _ in range(TOKEN_LENGTH):
        number, rest = divmod(number, len(TOKEN_ALPHABET))
        token += TOKEN_ALPHABET[rest]
    return token


def address_of(thread: str, *, secret: str, domain: str) -> str:
    """Return the thread's own address: `req-7h3kq0w2xz-k7m2p9xw4d@reponses.example`."""
    return f"{thread}-{token_of(thread, secret=secret)}@{domain}"


def subject_tag(thread: str, *, secret: str) -> str:
    """Return what a subject carries for those who answer from elsewhere: `[CC-req-…-…]`."""
    return f"[CC-{thread}-{token_of(thread, secret=secret)}]"


def threads_in(
    addresses: Iterable[str], secrets: Sequence[str], domain: str, mend: bool = False
) -> tuple[str, ...]:
    """Return the threads whose address, with its token, is among these; each once, in order.

    `secrets` are all that are valid: rotating one keeps the old addresses. With `mend`, what is
    easily misread is put right first (l or i for 1, o for 0, capitals, long dashes).
    """
    found: dict[str, None] = {}
    tail = domain.lower()
    for address in addresses:
        text = address[:_LONGEST]
        pairs = _loose(text, _LOOSE) if mend else _exact(text, _KEY)
        for thread, token, rest in pairs:
            host = re.match(r"[0-9A-Za-z.-]+", rest)
            if host and host[0].lower().rstrip(".") == tail and _is_ours(thread, token, secrets):
                found[thread] = None
    return tuple(found)


def threads_in_subject(subject: str, secrets: Sequence[str], mend: bool = False) -> tuple[str, ...]:
    """Return the threads whose tag `[CC-<thread>-<token>]` is in the subject."""
    text = subject[:_LONGEST]
    pairs = _loose(text, _LOOSE_TAG) if mend else _exact(text, _TAG)
    return tuple(
        dict.fromkeys(thread for thread, token, _ in pairs if _is_ours(thread, token, secrets))
    )


def _exact(text: str, form: re.Pattern[str]) -> list[tuple[str, str, str]]:
    return [(found[1], found[2], text[found.end() :]) for found in form.finditer(text)]


def _loose(text: str, form: re.Pattern[str]) -> list[tuple[str, str, str]]:
    plain = text.translate(_PLAIN).lower()
    return [
        (f"{found[1]}-{found[2].translate(_SAME)}", found[3], plain[found.end() :])
        for found in form.finditer(plain)
    ]


def _is_ours(thread: str, token: str, secrets: Sequence[str]) -> bool:
    proofs = [hmac.compare_digest(token_of(thread, secret=secret), token) for secret in secrets]
    return any(proofs)
