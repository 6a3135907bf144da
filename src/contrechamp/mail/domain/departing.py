"""When a letter leaves, when it is tried again, and to whom nothing is ever sent."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from math import ceil

COOLING = timedelta(minutes=35)
"""In this time a letter can be taken back: MuckRock's habit."""
RETRIES = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(days=1),
)
"""After a temporary refusal of our server, or none that answers."""
SOFT_AFTER = timedelta(days=2)
"""After a full mailbox (mysociety/alaveteli#63)."""
SOFT_MOST = 3
HOUR = timedelta(hours=1)
NEVER = ("invalid", "example", "test", "localhost", "local", "onion", "internal")
"""Last labels of domains that nobody can own (RFC 2606, 6761, 6762, 7686, 9476)."""
NEVER_DOMAINS = ("example.com", "example.net", "example.org")
ADDRESS = re.compile(
    r"(?i)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?"
)
QUEUED = re.compile(
    r"(?i)(?:queued as|queued mail for delivery id|\bid[= ]|message accepted for delivery:?|"
    r"ok:? +(?=[0-9a-f]{8,}))\s*<?([a-z0-9][a-z0-9._-]{3,100})"
)


def is_address(text: str) -> bool:
    """Answer whether a text is one address that mail can be sent to: no name, no blanks."""
    return len(text) <= 254 and ADDRESS.fullmatch(text) is not None


def domain_of(address: str) -> str:
    """Return the domain of an address in lower case, or empty."""
    return address.rpartition("@")[2].strip().rstrip(".").lower() if "@" in address else ""


def is_nobody(address: str) -> bool:
    """Answer whether an address, or a domain, belongs to nobody: nothing is ever sent there."""
    domain = domain_of(address) or address.lower()
    last = domain.rpartition(".")[2]
    return last in NEVER or any(
        domain == each or domain.endswith(f".{each}") for each in NEVER_DOMAINS
    )


def next_try(tries: int, now: datetime) -> datetime | None:
    """Return when to try again after so many temporary refusals; None: a person decides."""
    return now + RETRIES[tries - 1] if tries <= len(RETRIES) else None


def allowance(rate: int, in_last_hour: int) -> int:
    """Return how many letters may leave in this minute at so many an hour, spread over it."""
    return max(0, min(ceil(rate / 60), rate - in_last_hour))


def queue_id(reply: str) -> str:
    """Return the number that a server gave to what it accepted, from its final reply."""
    found = QUEUED.search(reply)
    return found[1].rstrip(".>") if found else ""
