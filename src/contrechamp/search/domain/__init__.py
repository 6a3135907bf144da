"""What a search means, whatever engine runs it: words, queries, synonyms, passages."""

from __future__ import annotations

from .passages import Piece, Sought, excerpt, mark
from .query import FIELDS, KINDS, Atom, Clause, Filter, Parsed, Query, as_typed, literally, parse
from .ranges import Bounds, Problem, limits
from .reasons import Reason, reasons_for
from .synonyms import Synonyms
from .words import fold, frequent_words, indexed, pair, slips, stem, stems, tokens

__all__ = [
    "FIELDS",
    "KINDS",
    "Atom",
    "Bounds",
    "Clause",
    "Filter",
    "Parsed",
    "Piece",
    "Problem",
    "Query",
    "Reason",
    "Sought",
    "Synonyms",
    "as_typed",
    "excerpt",
    "fold",
    "frequent_words",
    "indexed",
    "limits",
    "literally",
    "mark",
    "pair",
    "parse",
    "reasons_for",
    "slips",
    "stem",
    "stems",
    "tokens",
]
