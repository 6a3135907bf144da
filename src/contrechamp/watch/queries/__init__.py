"""Reads of the watch for the review room. What visitors read is elsewhere."""

from __future__ import annotations

from .inbox import Group, Line, Suggestion, counts, find_group, groups, lines, newest_act
from .sources import sources_list, sources_status
from .wording import Row, rows_of

__all__ = [
    "Group",
    "Line",
    "Row",
    "Suggestion",
    "counts",
    "find_group",
    "groups",
    "lines",
    "newest_act",
    "rows_of",
    "sources_list",
    "sources_status",
]
