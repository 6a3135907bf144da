"""From what a person asked to what an engine is asked: filters, bounds, places by their names."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from contrechamp.documents import queries as documents
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.places.queries import search_territories
from contrechamp.search.domain import Bounds, Parsed, Problem, Query, limits, literally, parse
from contrechamp.search.engines import Range, Request

from .index import synonyms

MOST_LIMIT = 1_000
SHOWN_FACETS = ("kind", "technology", "area", "commune", "year", "status")
FILTERS = ("kind", "technology", "place", "year", "status", "document", "collection")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A query as read."""

    request: Request
    text: str
    """The words without their filters, as typed: for the names of places and records."""
    bounds: tuple[Bounds, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What was typed and could not be applied."""

    @property
    def parsed(self) -> Parsed:
        """The words, with their synonyms."""
        return self.request.parsed


def read(query: Query, hidden: Sequence[str]) -> Asked:
    """Read a query. Nothing in it is an error but a cursor that we did not give."""
    typed = parse(query.text)
    parsed = literally(typed) if query.exactly else synonyms().expand(typed)
    bounds, problems = limits(query.since, query.until, query.least, query.most)
    every = (*parsed.bounds, *bounds)
    request = Request(
        parsed=parsed,
        hidden=hidden,
        ranges=tuple(Range(each.field, each.low, each.high) for each in every),
        order=query.sort,
        offset=_offset(query.cursor),
        limit=min(query.limit, MOST_LIMIT),
        facets=SHOWN_FACETS,
        **_filters(query, parsed),
    )
    # As typed: "Le Havre" is not Havre. Only filters are no part of a name.
    is_plain = not (typed.filters or typed.bounds or typed.problems)
    return Asked(
        request=request,
        text=query.text.strip() if is_plain else typed.words,
        bounds=every,
        problems=(*typed.problems, *problems),
    )


def _filters(query: Query, parsed: Parsed) -> dict[str, Any]:
    chosen: dict[tuple[str, bool], list[str]] = {}
    for name in FILTERS:
        for value in getattr(query, name):
            chosen.setdefault((name, False), []).append(value)
    for each in parsed.filters:
        chosen.setdefault((each.field, each.is_negated), []).append(each.value)
    sets = {key: tuple(_codes(key[0], values)) for key, values in chosen.items()}
    return {
        "filters": tuple((name, values) for (name, no), values in sets.items() if not no),
        "without": tuple((name, values) for (name, no), values in sets.items() if no),
    }


def _codes(name: str, values: Iterable[str]) -> Iterator[str]:
    """Places may be typed by name or number, documents by the beginning of their hash."""
    for value in values:
        if name == "place" and ":" not in value:
            found = search_territories(value, limit=1)
            yield found[0].key if found else value
        elif name == "document" and len(value) < 64:
            version = documents.find_public(value.lower())
            yield version.file_id if version else value
        else:
            yield value


def cursor_of(offset: int) -> str:
    """Return where the next results begin, as an address carries it."""
    return base64.urlsafe_b64encode(f"o{offset}".encode()).decode().rstrip("=")


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (ValueError, binascii.Error):
        text = ""
    if not re.fullmatch(r"o[0-9]{1,9}", text):
        raise Refused(
            gettext_noop("« {cursor} » n'est pas une suite de résultats : cherchez de nouveau."),
            cursor=cursor[:40],
        )
    return int(text[1:])
