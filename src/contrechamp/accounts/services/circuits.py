"""Which visitors come by the same circuit of Tor, without knowing any of them for a day.

All who come over an onion share one address, and we keep none anyway. A proxy may tell the number
of a circuit; it becomes a key that means nothing without a salt that lies in memory alone and is
replaced each day. Each process has its own: keys are for limits, not for knowing people.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import date, datetime

_salts: dict[date, bytes] = {}


def circuit_key(told: str, now: datetime) -> str:
    """Return an opaque key of a circuit, other each day; empty when none was told."""
    if not told:
        return ""
    day = now.date()
    if day not in _salts:
        _salts.clear()
        _salts[day] = secrets.token_bytes(32)
    return "c:" + hmac.digest(_salts[day], told.encode(), "sha256").hex()[:32]
