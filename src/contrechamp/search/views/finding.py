"""One search for a page, with the index brought up to date first."""

from __future__ import annotations

from contrechamp.search import services
from contrechamp.search.domain import Query
from contrechamp.search.queries import Results
from contrechamp.search.queries import search as find

REFRESHED_FIRST = 200
"""Changes left by a writer that was stopped, indexed before a visitor's search."""


def results_of(query: Query) -> Results:
    """Return what the public can find for a query; what the index should not hold is noted."""
    services.refresh(most=REFRESHED_FIRST)
    results = find(query)
    if results.stale:
        services.note(results.stale)
    return results
