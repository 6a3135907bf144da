"""Reads of opinions: all of them are public; names after a civil title are masked here."""

from __future__ import annotations

from .lists import Filter, administrations, counts, filtered, find_opinion, kind_counts, last_run
from .nearest import Nearest, Precedents, precedents
from .words import understood

__all__ = [
    "Filter",
    "Nearest",
    "Precedents",
    "administrations",
    "counts",
    "filtered",
    "find_opinion",
    "kind_counts",
    "last_run",
    "precedents",
    "understood",
]
