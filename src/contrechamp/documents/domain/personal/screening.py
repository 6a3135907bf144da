"""All detectors on one page."""

from __future__ import annotations

from collections.abc import Collection

from . import contacts, names, numbers
from .kinds import Kind, Passage

RULES = 1
"""Raised when a detector finds other things than before: pages are then screened again."""


def screen(text: str, holders: Collection[frozenset[str]] = ()) -> list[Passage]:
    """Return what a page's text may tell of private persons, in order, without overlaps.

    `holders`: names of people in public office, as `names.key_of` gives them.
    """
    if not text.strip():
        return []
    found = [*numbers.find(text), *contacts.find(text), *names.find(text, holders)]
    kept: list[Passage] = []
    # Of two that overlap the longer one stays; of equals the number before the name.
    for each in sorted(found, key=lambda one: (one.start - one.end, one.kind == Kind.PERSON)):
        if all(each.end <= other.start or each.start >= other.end for other in kept):
            kept.append(each)
    return sorted(kept)
