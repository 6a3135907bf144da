"""What the public can find, and the searches that a person has saved."""

from __future__ import annotations

from contrechamp.search.domain import Query

from .answers import answer, search, stream
from .batch import NamePages, NameRow, pages_of, search_names
from .facets import KIND_LABELS, chosen_labels
from .index import Hydrate, engine, hidden_refs, hydrate, placed, public_entries
from .names import NamedRecord, Suggested, records_named, suggest
from .private import search_everything
from .results import FacetValue, Result, Results, contract
from .saved import find_removed, find_saved, news_of, saved_name, saved_of, saved_query
from .tables import NAME_COLUMNS, csv_lines, name_table
from .why import account

__all__ = [
    "KIND_LABELS",
    "NAME_COLUMNS",
    "FacetValue",
    "Hydrate",
    "NamePages",
    "NameRow",
    "NamedRecord",
    "Query",
    "Result",
    "Results",
    "Suggested",
    "account",
    "answer",
    "chosen_labels",
    "contract",
    "csv_lines",
    "engine",
    "find_removed",
    "find_saved",
    "hidden_refs",
    "hydrate",
    "name_table",
    "news_of",
    "pages_of",
    "placed",
    "public_entries",
    "records_named",
    "saved_name",
    "saved_of",
    "saved_query",
    "search",
    "search_everything",
    "search_names",
    "stream",
    "suggest",
]
