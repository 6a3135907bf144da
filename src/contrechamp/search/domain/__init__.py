"""What a search means, whatever engine runs it: words, queries, synonyms, passages."""

from __future__ import annotations

from .passages import Piece, Sought, excerpt, mark
from .query import FIELDS, KINDS, Atom, Clause, Filter, Parsed, Query, parse
from .synonyms import Synonyms
from .words import fold, indexed, slips, stem, stems, tokens

__all__ = [
    "FIELDS",
    "KINDS",
    "Atom",
    "Clause",
    "Filter",
    "Parsed",
    "Piece",
    "Query",
    "Sought",
    "Synonyms",
    "excerpt",
    "fold",
    "indexed",
    "mark",
    "parse",
    "slips",
    "stem",
    "stems",
    "tokens",
]
