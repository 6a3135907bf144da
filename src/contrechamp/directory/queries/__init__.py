"""Reads of the directory. Which bodies there are is public; some mailboxes are not."""

from __future__ import annotations

from .addresses import address_for, bodies_of_address, bodies_of_domain, ways_of
from .bodies import find, get
from .holding import holders

__all__ = [
    "address_for",
    "bodies_of_address",
    "bodies_of_domain",
    "find",
    "get",
    "holders",
    "ways_of",
]
