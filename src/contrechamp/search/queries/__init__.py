"""What the public can find."""

from __future__ import annotations

from contrechamp.search.domain import Query

from .answers import answer, search, stream
from .facets import KIND_LABELS
from .index import Hydrate, engine, hidden_refs, hydrate, placed, public_entries
from .private import search_everything
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
    "placed",
    "public_entries",
    "search",
    "search_everything",
    "stream",
]
