"""A part of the graph made ready to be seen: picture, table with the same rows, groups, files."""

from __future__ import annotations

from .asked import Chip, Option, chips, options
from .sieve import Sieve, sieve_of
from .views import KIND_LABELS, MOST_NODES, Row, View, see, see_all

__all__ = [
    "KIND_LABELS",
    "MOST_NODES",
    "Chip",
    "Option",
    "Row",
    "Sieve",
    "View",
    "chips",
    "options",
    "see",
    "see_all",
    "sieve_of",
]
