"""Read a message: from the bytes that a server gave to plain values.

    read(raw, authserv_id="mx.reponses.example") -> Message

Nothing in it is fetched, run or written; what cannot be opened is said in `Message.problems`.
"""

from __future__ import annotations

from collections.abc import Collection

from .shapes import (
    Acknowledgement,
    Authenticity,
    Block,
    Cada,
    DeliveryReport,
    Kind,
    Message,
    Part,
    Portal,
    Problem,
    Sense,
    Signature,
    Span,
    Step,
    Unreadable,
)

__all__ = [
    "Acknowledgement", "Authenticity", "Block", "Cada", "DeliveryReport", "Kind", "Message",
    "Part", "Portal", "Problem", "Sense", "Signature", "Span", "Step", "Unreadable", "read",
]  # fmt: skip

CADA_DOMAINS = ("cada.fr",)


def read(
    raw: bytes, *, authserv_id: str = "", cada_domains: Collection[str] = CADA_DOMAINS
) -> Message:
    """Read the bytes of one message; raise `Unreadable` when they cannot be.

    `authserv_id` is the name under which our own server writes Authentication-Results; without
    it, none is believed. `cada_domains` are the domains that the CADA writes from.
    """
    raise NotImplementedError
