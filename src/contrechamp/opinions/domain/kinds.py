"""The kinds of documents of the catalogue, each with the query that finds opinions on it."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One item of the catalogue of requests: its number, its names, its query over objects."""

    number: int
    slug: str
    fr: str
    en: str
    query: str

    def label(self, language: str) -> str:
        """Return the name in a language; French where it is not English."""
        return self.en if language.startswith("en") else self.fr


@cache
def kinds() -> dict[int, Kind]:
    """Return the kinds by number, in the order of the catalogue."""
    asked = _queries_of_the_catalogue()
    rows = _data()["kind"]
    found = [Kind(**(row | {"query": asked.get(row["number"], row["query"])})) for row in rows]
    return {kind.number: kind for kind in found}


@cache
def kind_of(slug: str) -> Kind | None:
    """Return the kind that an address names, or None."""
    return next((kind for kind in kinds().values() if kind.slug == slug), None)


def surveillance_query() -> str:
    """Return the query that finds opinions about surveillance."""
    return " ".join(str(_data()["surveillance"]).split())


def edition() -> str:
    """Return what changes when any query does: then matches are made anew."""
    said = [surveillance_query(), *(f"{kind.number} {kind.query}" for kind in kinds().values())]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


@cache
def _data() -> dict[str, Any]:
    path = files("contrechamp.opinions").joinpath("data", "kinds.toml")
    return tomllib.loads(path.read_text("utf-8"))


def _queries_of_the_catalogue() -> dict[int, str]:
    """Return the queries that the catalogue of requests gives its items, by their number."""
    path = files("contrechamp").joinpath("vocabulary", "documents.toml")
    if not path.is_file():
        return {}
    found: dict[int, str] = {}
    for value in tomllib.loads(path.read_text("utf-8")).values():
        for row in value if isinstance(value, list) else []:
            number, query = row.get("number", row.get("code")), row.get("cada_query")
            if str(number).isdigit() and isinstance(query, str) and query.strip():
                found[int(str(number))] = query
    return found
