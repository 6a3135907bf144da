"""Reads of time made ready for a page or a file."""

from __future__ import annotations

from .acts import clock_events
from .changes import Day, since
from .page import Page, chronicle
from .rows import Row, rows

__all__ = ["Day", "Page", "Row", "chronicle", "clock_events", "rows", "since"]
