"""Facets: how many results have which value, in words."""

from __future__ import annotations

from django.utils.translation import gettext

from contrechamp.census import published
from contrechamp.kernel.errors import gettext_noop
from contrechamp.places import queries as places
from contrechamp.search.engines import Found

from .results import FacetValue

KIND_LABELS = {
    "project": gettext_noop("Projets"),
    "actor": gettext_noop("Acteurs"),
    "technology": gettext_noop("Technologies"),
    "contract": gettext_noop("Contrats"),
    "place": gettext_noop("Lieux"),
    "fact": gettext_noop("Faits"),
    "page": gettext_noop("Pages de documents"),
    "document": gettext_noop("Documents"),
}
STATUS_LABELS = {
    "alleged": gettext_noop("allégué"),
    "documented": gettext_noop("documenté"),
    "verified": gettext_noop("vérifié"),
    "contradicted": gettext_noop("contredit"),
}


def facets_of(found: Found) -> dict[str, list[FacetValue]]:
    """Return the values of each facet with their labels, the most frequent first."""
    merged = {
        "kind": found.facets.get("kind", []),
        "technology": found.facets.get("technology", []),
        "place": [*found.facets.get("area", []), *found.facets.get("commune", [])],
        "year": sorted(found.facets.get("year", []), reverse=True),
        "status": found.facets.get("status", []),
    }
    return {
        name: [
            FacetValue(value=value, label=label, count=count)
            for (value, count), label in zip(
                counts, _labels(name, [value for value, _ in counts]), strict=True
            )
        ]
        for name, counts in merged.items()
    }


def _labels(name: str, values: list[str]) -> list[str]:
    if name == "kind":
        return [gettext(KIND_LABELS[v]) if v in KIND_LABELS else v for v in values]
    if name == "status":
        return [gettext(STATUS_LABELS[v]) if v in STATUS_LABELS else v for v in values]
    if name == "technology":
        records = published.find_records(values)
        return [records[v].name if v in records else v for v in values]
    if name == "place":
        known = places.territories(values)
        return [known[v].name if v in known else v for v in values]
    return values
