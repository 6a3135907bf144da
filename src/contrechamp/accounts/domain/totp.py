"""One-time codes of six digits that change every thirty seconds: RFC 6238, on RFC 4226.

The numbers are those that every authenticator application understands; others would lock people
out whose application ignores them.
"""

from __future__ import annotations

import base64
import hmac
import secrets
import struct
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

PERIOD_S = 30
DIGITS = 6
TOLERANCE = 1
"""Periods before and after now that are accepted: clocks differ, and typing takes time."""
SECRET_BYTES = 20


@dataclass(frozen=True, slots=True)
class Totp:
    """What an application and the site share, and the last period of which a code was taken."""

    secret: str
    last_step: int = 0


def new_secret() -> str:
    """Return a new secret, in base 32 as one types it."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def code_at(secret: str, step: int) -> str:
    """Return the code of one period."""
    key = base64.b32decode(secret, casefold=True)
    digest = hmac.digest(key, struct.pack(">Q", step), "sha1")
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def matching_step(totp: Totp, code: str, now: datetime) -> int | None:
    """Return the period that a code belongs to, or None when it is wrong or was taken before.

    A code is taken once: who looked over the shoulder comes too late.
    """
    typed = "".join(sign for sign in code if not sign.isspace())
    current = int(now.timestamp()) // PERIOD_S
    found = None
    for step in range(current - TOLERANCE, current + TOLERANCE + 1):
        # Every period is compared, so that the time taken tells nothing.
        if hmac.compare_digest(code_at(totp.secret, step).encode(), typed.encode()):
            found = step
    return found if found is not None and found > totp.last_step else None


def provisioning_uri(secret: str, *, name: str, issuer: str) -> str:
    """Return the address that a QR code carries to an authenticator application."""
    label = quote(f"{issuer}:{name}", safe=":")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer})}"
