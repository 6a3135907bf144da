"""A map made ready for its page and its files: what is counted, drawn, listed, offered."""

from __future__ import annotations

from .counted import Seen, see
from .offers import Bar, Chip, Option, bars, chips, legend, options
from .picture import draw_view, key_of
from .rows import Row, rows

__all__ = [
    "Bar",
    "Chip",
    "Option",
    "Row",
    "Seen",
    "bars",
    "chips",
    "draw_view",
    "key_of",
    "legend",
    "options",
    "rows",
    "see",
]
