"""What of an address a visitor may read: never a mailbox that may be one person's own."""

from __future__ import annotations

from .choosing import Way

WITHHELD = ""


def public_value(way: Way) -> str:
    """Return the value of an address as visitors get it: empty when it may be somebody's own."""
    return WITHHELD if way.is_personal else way.value
