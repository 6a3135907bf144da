"""What the public can find."""

from __future__ import annotations

from contrechamp.search.domain import Query

from .answers import answer, search, stream
from .facets import KIND_LABELS
from .index import Hydrate, engine, hidden_refs, hydrate, public_entries
from .results import FacetValue, Result, Results, contract

__all__ = [
    "KIND_LABELS",
    "FacetValue",
    "Hydrate",
    "Query",
    "Result",
    "Results",
    "answer",
    "contract",
    "engine",
    "hidden_refs",
    "hydrate",
    "public_entries",
    "search",
    "stream",
]
