"""Opinions made ready for a page, a table and a feed: names masked, in the reader's language."""

from __future__ import annotations

from .odds import Bar, odds_bars, odds_sentence
from .opinions import COLUMNS, Line, Page, as_data, line_of, official_url, page_of, row_of

__all__ = [
    "COLUMNS",
    "Bar",
    "Line",
    "Page",
    "as_data",
    "line_of",
    "odds_bars",
    "odds_sentence",
    "official_url",
    "page_of",
    "row_of",
]
