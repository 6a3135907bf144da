"""What a reader asks of the map: where, what is counted, of what, when."""

from __future__ import annotations

from dataclasses import dataclass

MEASURES = ("projets", "projets-1000", "cameras", "cameras-1000")
"""Number of projects, of authorised cameras, and both per 1,000 inhabitants."""
SORTS = ("nom", "projets", "habitants", "communes", "cameras", "projets-1000", "cameras-1000")
STATUSES = ("verified", "documented", "alleged", "contradicted")
"""From the strongest: a project has that of its best proved fact."""
LEVELS = ("country", "region", "departement", "epci", "commune", "arrondissement")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which projects are counted."""

    technology: str = ""
    """Identifier of a technology's record, or code of a family of the vocabulary."""
    type: str = ""
    """Kind of measure: programme, deployment, trial, file."""
    status: str = ""
    actor: str = ""
    project: str = ""
    year: int | None = None
    with_undated: bool = False
    """Of use with a year only: without one, everything counts."""

    @property
    def is_about_projects(self) -> bool:
        """Say whether a number given of a place, and of no project, is left out by them."""
        return bool(self.technology or self.type or self.status or self.actor or self.project)

    @property
    def is_any(self) -> bool:
        return self.is_about_projects or self.year is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What stands in the address of a map."""

    place: str = "country:FR"
    measure: str = "projets"
    sort: str = ""
    """One of SORTS, with a minus before it for the largest first; empty: by what is measured."""
    filters: Filters = Filters()

    @property
    def is_rate(self) -> bool:
        return self.measure.endswith("-1000")

    @property
    def is_of_cameras(self) -> bool:
        return self.measure.startswith("cameras")
