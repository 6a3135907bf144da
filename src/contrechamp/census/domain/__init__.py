"""Rules of the census: proof, values, official numbers, suggestions, diffs. No Django."""

from __future__ import annotations

from .diff import Piece, words
from .identifiers import CHECKS, FREE, SINGLE, check_identifier
from .proof import (
    Proof,
    Status,
    are_independent,
    check_publishable,
    is_documented,
    is_publishable,
    status,
)
from .reach import Reach
from .suggestions import Candidate, Suggestion, suggest
from .values import Term, check_attributes, check_ends, check_url, check_value

__all__ = [
    "CHECKS",
    "FREE",
    "SINGLE",
    "Candidate",
    "Piece",
    "Proof",
    "Reach",
    "Status",
    "Suggestion",
    "Term",
    "are_independent",
    "check_attributes",
    "check_ends",
    "check_identifier",
    "check_publishable",
    "check_url",
    "check_value",
    "is_documented",
    "is_publishable",
    "status",
    "suggest",
    "words",
]
