"""Reads of the watch for the review room. What visitors read is elsewhere."""

from __future__ import annotations

from .alerts import alert_of_token, alerts_of
from .inbox import (
    Group,
    Line,
    Suggestion,
    counts,
    find_finding,
    find_group,
    groups,
    lines,
    newest_act,
)
from .sources import sources_list, sources_status
from .wording import Row, rows_of

__all__ = [
    "Group",
    "Line",
    "Row",
    "Suggestion",
    "alert_of_token",
    "alerts_of",
    "counts",
    "find_finding",
    "find_group",
    "groups",
    "lines",
    "newest_act",
    "rows_of",
    "sources_list",
    "sources_status",
]
