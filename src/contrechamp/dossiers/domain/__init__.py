"""What is in a dossier and in which order, and how an address says it."""

from __future__ import annotations

from .asking import STEPS, Ask, query_of, read_query
from .items import Item, moved, read_addresses, with_items, without

__all__ = [
    "STEPS",
    "Ask",
    "Item",
    "moved",
    "query_of",
    "read_addresses",
    "read_query",
    "with_items",
    "without",
]
