"""What stands in the address of a search, made valid. Nothing there is an error."""

from __future__ import annotations

from django.http import QueryDict

from .domain import Query

FACETS = {
    "kind": "type",
    "technology": "technologie",
    "place": "lieu",
    "year": "annee",
    "status": "statut",
}
"""Our names of the facets, and their names in an address."""
SORTS = {"date": "date", "nouveau": "new"}
MOST_VALUES = 20


def read_query(data: QueryDict, *, limit: int = 20) -> Query:
    """Return the query that an address holds."""
    chosen = {
        name: tuple(value[:80] for value in data.getlist(key)[:MOST_VALUES] if value)
        for name, key in FACETS.items()
    }
    return Query(
        text=data.get("q", "").replace("\0", " ").strip()[:500],
        sort=SORTS.get(data.get("tri", ""), "relevance"),
        limit=limit,
        cursor=data.get("suite", ""),
        **chosen,
    )


def without(data: QueryDict, key: str, value: str = "") -> str:
    """Return the address without one value of a name (or all), from the first page on."""
    kept = [each for each in data.getlist(key) if value and each != value]
    return _address(data, key, kept)


def with_value(data: QueryDict, key: str, value: str) -> str:
    """Return the address with one more value, from the first page on."""
    return _address(data, key, [*data.getlist(key), value])


def with_only(data: QueryDict, key: str, value: str) -> str:
    """Return the address with one value in place of what a name had."""
    return _address(data, key, [value] if value else [])


def _address(data: QueryDict, key: str, values: list[str]) -> str:
    changed = data.copy()
    changed.pop("suite", None)
    changed.setlist(key, values)
    return "?" + changed.urlencode()
