"""Pages of search: results, their files and feeds, suggestions, lists of names, saved searches."""

from __future__ import annotations

from .batch import batch, batch_csv
from .files import search_atom, search_csv, search_json, search_jsonfeed
from .results import search
from .saved import remove, rename, restore, save, saved, saved_search, seen
from .suggestions import suggestions

__all__ = [
    "batch",
    "batch_csv",
    "remove",
    "rename",
    "restore",
    "save",
    "saved",
    "saved_search",
    "search",
    "search_atom",
    "search_csv",
    "search_json",
    "search_jsonfeed",
    "seen",
    "suggestions",
]
