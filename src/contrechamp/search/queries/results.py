"""What a search answers, as it is shown and as it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext

from contrechamp.foundation.plug import Entry
from contrechamp.search.domain import Bounds, Piece, Problem, Query, Reason

if TYPE_CHECKING:
    from contrechamp.places.models import Territory

    from .names import NamedRecord


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
    """In short: where the words stand, and what stood in for them."""
    reasons: tuple[Reason, ...] = ()
    """For each part of the query, how it is answered here."""
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
    scopes: dict[str, str] = field(default_factory=dict)
    """Titles of the documents (by hash) and collections (by slug) that alone were searched."""
    next: str | None = None
    offset: int = 0
    places: tuple[Territory, ...] = ()
    records: tuple[NamedRecord, ...] = ()
    """Records whose name begins as what was typed."""
    suggestion: str = ""
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Words that were typed, each with the terms that were sought as well."""
    bounds: tuple[Bounds, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What was typed and could not be applied."""
    any_word: bool = False
    """Nothing has all the words: these have one of them."""
    fuzzy: bool = False
    """Nothing has the words as they were typed: these have some that are spelt nearly so."""
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
        "fuzzy": results.fuzzy,
        "synonyms": {typed: list(others) for typed, others in results.synonyms},
        "problems": [gettext(each.sentence).format(text=each.text) for each in results.problems],
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
        "reasons": [
            {"typed": r.typed, "how": r.how, "found": r.found, "where": list(r.where)}
            for r in result.reasons
        ],
        "place": result.communes,
        "date": entry.date.isoformat() if entry.date else None,
        "status": entry.status or None,
        "score": result.score,
    }
