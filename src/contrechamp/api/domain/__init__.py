"""The rules of the door: cursors, scopes, what a question costs. Pure functions."""

from __future__ import annotations

from .cursors import BadCursor, Cursor, read_cursor, write_cursor
from .quotas import Bucket, Spent, spend
from .scopes import LIFETIMES, Scope, is_live
from .secrets import digest_of, new_secret

__all__ = [
    "LIFETIMES",
    "BadCursor",
    "Bucket",
    "Cursor",
    "Scope",
    "Spent",
    "digest_of",
    "is_live",
    "new_secret",
    "read_cursor",
    "spend",
    "write_cursor",
]
