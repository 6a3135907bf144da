"""Keeping the index true; keeping a person's searches."""

from __future__ import annotations

from .indexing import note, rebuild, refresh
from .saved import MOST_SAVED, mark_seen, remove_search, rename_search, restore_search, save_search

__all__ = [
    "MOST_SAVED",
    "mark_seen",
    "note",
    "rebuild",
    "refresh",
    "remove_search",
    "rename_search",
    "restore_search",
    "save_search",
]
