"""Facets: how many results have which value, in words; and what a search was narrowed to."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

from contrechamp.census import published
from contrechamp.documents import queries as documents
from contrechamp.kernel.errors import gettext_noop
from contrechamp.places import queries as places
from contrechamp.search.domain import Query
from contrechamp.search.engines import Found, Request

from .results import FacetValue

MOST_VALUES = 200
"""Of each facet the most frequent: there are 35,000 communes, and each label is looked up."""
COUNTRY = "country:FR"

KIND_LABELS = {
    "project": gettext_noop("Projets"),
    "actor": gettext_noop("Acteurs"),
    "technology": gettext_noop("Technologies"),
    "contract": gettext_noop("Contrats"),
    "place": gettext_noop("Lieux"),
    "fact": gettext_noop("Faits"),
    "act": gettext_noop("Actes"),
    "opinion": gettext_noop("Avis de la CADA"),
    "page": gettext_noop("Pages de documents"),
    "document": gettext_noop("Documents"),
    "body": gettext_noop("Organismes"),
    "request": gettext_noop("Demandes de documents"),
    "action": gettext_noop("Actions en justice"),
    "experiment": gettext_noop("Expériences du laboratoire"),
    "post": gettext_noop("Messages du forum"),
}
STATUS_LABELS = {
    "alleged": gettext_noop("allégué"),
    "documented": gettext_noop("documenté"),
    "verified": gettext_noop("vérifié"),
    "contradicted": gettext_noop("contredit"),
}


def facets_of(found: Found, query: Query) -> dict[str, list[FacetValue]]:
    """Return the values of each facet with their labels, the most frequent first.

    What was chosen is among them, were it found nowhere.
    """
    merged = {
        "kind": found.facets.get("kind", []),
        "technology": found.facets.get("technology", []),
        "place": [*found.facets.get("area", []), *found.facets.get("commune", [])],
        "year": sorted(found.facets.get("year", []), reverse=True),
        "status": found.facets.get("status", []),
    }
    return {name: _values(name, counts, getattr(query, name)) for name, counts in merged.items()}


def _values(name: str, counts: list[tuple[str, int]], chosen: Sequence[str]) -> list[FacetValue]:
    shown = counts[:MOST_VALUES]
    known = {value for value, _ in shown}
    late = set(chosen) - known
    shown += [pair for pair in counts[MOST_VALUES:] if pair[0] in late]
    labels = _labels(name, [value for value, _ in shown])
    return [
        FacetValue(value=value, label=label, count=count)
        for (value, count), label in zip(shown, labels, strict=True)
    ]


def chosen_labels(name: str, values: Sequence[str]) -> dict[str, str]:
    """Return what was chosen of a facet, in words; what is not known stays as it is written."""
    return dict(zip(values, _labels(name, list(values)), strict=True))


def scopes_of(query: Query, request: Request) -> dict[str, str]:
    """Return by value the titles of the documents and collections that were searched in.

    What is not public has no title here, like what never was.
    """
    filters = dict(request.filters)
    hashes, slugs = filters.get("document", ()), filters.get("collection", ())
    titles = documents.public_titles(hashes) if hashes else {}
    titles |= documents.public_collections(slugs) if slugs else {}
    # A hash may have been given by its beginning.
    return titles | {
        short: title
        for short in query.document
        for full, title in list(titles.items())
        if full.startswith(short)
    }


def _labels(name: str, values: list[str]) -> list[str]:
    if name == "kind":
        return [gettext(KIND_LABELS[v]) if v in KIND_LABELS else v for v in values]
    if name == "status":
        return [gettext(STATUS_LABELS[v]) if v in STATUS_LABELS else v for v in values]
    if name == "technology" and values:
        records = published.find_records(values)
        return [records[v].name if v in records else v for v in values]
    if name == "place" and values:
        known = places.territories(values)
        return [known[v].name if v in known else v for v in values]
    return values
