"""What a search answers, as it is shown and as it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from contrechamp.foundation.plug import Entry
from contrechamp.search.domain import Piece, Query

if TYPE_CHECKING:
    from contrechamp.places.models import Territory


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One value of a facet, and how many results have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One thing that was found, as it is shown."""

    entry: Entry
    score: float
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    why: tuple[str, ...]
    text: str = ""
    """What was typed."""

    @property
    def url(self) -> str:
        """Where it is read; a page opens with what was typed marked."""
        if self.entry.page is None or not self.text:
            return self.entry.url
        return f"{self.entry.url}?{urlencode({'q': self.text})}"

    @property
    def id(self) -> str:
        return self.entry.ref.split(":", 2)[2]

    @property
    def communes(self) -> list[str]:
        """INSEE codes of the communes that it is about."""
        pairs = (key.partition(":") for key in self.entry.places)
        return [code for kind, _, code in pairs if kind in {"commune", "arrondissement"}]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The answer to a query."""

    query: Query
    total: int
    took_ms: float
    results: tuple[Result, ...] = ()
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)
    next: str | None = None
    places: tuple[Territory, ...] = ()
    suggestion: str = ""
    any_word: bool = False
    """Nothing has all the words: these have one of them."""
    stale: tuple[str, ...] = ()
    """Refs that the index holds and that are public no more: to be noted."""
    ready: bool = True
    """False until there is an index."""


def contract(results: Results) -> dict[str, Any]:
    """Return the results as the command line and `/recherche.json` promise them."""
    return {
        "query": results.query.text,
        "total": results.total,
        "exact": True,
        "took_ms": results.took_ms,
        "facets": {
            name: [
                {"value": each.value, "label": each.label, "count": each.count} for each in values
            ]
            for name, values in results.facets.items()
        },
        "results": [_row(result) for result in results.results],
        "next": results.next,
        "any_word": results.any_word,
        "suggestion": results.suggestion or None,
    }


def _row(result: Result) -> dict[str, Any]:
    entry = result.entry
    return {
        "kind": entry.kind,
        "id": result.id,
        "title": entry.title,
        "url": result.url,
        **({"page": entry.page} if entry.page is not None else {}),
        "snippet": [{"text": piece.text, "mark": piece.mark} for piece in result.snippet],
        "why": list(result.why),
        "place": result.communes,
        "date": entry.date.isoformat() if entry.date else None,
        "status": entry.status or None,
        "score": result.score,
    }
