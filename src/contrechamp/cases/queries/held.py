"""Which papers about a project we hold, or asked for: public ones alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contrechamp.census import published
from contrechamp.documents import queries as documents
from contrechamp.foi.queries import access

DROPPED = "DROPPED"
"""Outcome of a document that was not asked for in the end."""
MOST = 40
"""Documents of a project that are looked at; more say nothing more here."""
KINDS_OF = {
    "dpia": "impact-assessment",
    "contract": "procurement",
    "cctp": "procurement",
    "tender": "procurement",
    "award": "procurement",
    "agreement": "partnership-agreements",
    "deliberation": "deliberations",
    "order": "video-authorisations",
    "manual": "supplier-documentation",
    "budget": "subsidies",
}
"""By type of document, which kind of the catalogue it is; the other types say too little."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that we hold, or a request for it."""

    title: str
    url: str
    is_held: bool


def papers_of(record: published.Record) -> Mapping[str, Sequence[Paper]]:
    """Return by kind of document of the catalogue what we hold of a project, then what we asked."""
    found: dict[str, list[Paper]] = {}
    cited = sorted(published.documents_cited([record.id]))[:MOST]
    for sha256 in cited:
        version = documents.find_public(sha256)
        if version is not None and (kind := KINDS_OF.get(version.document.doc_type)):
            paper = Paper(version.document.title, f"/documents/{sha256}", is_held=True)
            found.setdefault(kind, []).append(paper)
    for kind, paper in _asked(record.id):
        found.setdefault(kind, []).append(paper)
    return found


def _asked(project: str) -> Sequence[tuple[str, Paper]]:
    """Return the documents asked for in public requests about a project."""
    asked = access.public().filter(project=project).prefetch_related("items").order_by("pk")
    return [
        (item.code, Paper(item.get_outcome_display(), f"/demandes/{one.pk}", is_held=False))
        for one in asked
        for item in one.items.all()
        if item.code and item.outcome != DROPPED
    ]
