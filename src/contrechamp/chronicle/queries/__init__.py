"""Reads of the public site through time. What is not published does not exist here."""

from __future__ import annotations

from .facts import (
    Counted,
    counted,
    facts_between,
    news_counts,
    numbered_facts,
    technologies,
)
from .papers import Paper, papers
from .scope import Scope, Unknown, find_scope, territories_of

__all__ = [
    "Counted",
    "Paper",
    "Scope",
    "Unknown",
    "counted",
    "facts_between",
    "find_scope",
    "news_counts",
    "numbered_facts",
    "papers",
    "technologies",
    "territories_of",
]
