"""The numbers of communes, and the part of a commune's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from contrechamp.cameras import published
from contrechamp.cameras.domain.comparing import Comparison
from contrechamp.places import queries as places

from .words import sentence

if TYPE_CHECKING:
    from contrechamp.places.models import Territory


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One commune of the list."""

    commune: Territory
    comparison: Comparison
    says: str

    @property
    def url(self) -> str:
        """Return the address of its map."""
        return f"/cameras/{self.commune.slug}"


def lines(departement: str = "") -> list[Line]:
    """Return every commune where cameras were found or authorised, the most found first."""
    found, allowed = published.found_in(), published.authorised()
    known = places.territories(f"commune:{code}" for code in {*found, *allowed})
    rows = []
    for territory in known.values():
        if departement and territory.departement != departement:
            continue
        here = found.get(territory.code, published.Found())
        comparison = published.compared(here, allowed.get(territory.code))
        rows.append(Line(commune=territory, comparison=comparison, says=sentence(comparison)))
    return sorted(
        rows,
        key=lambda row: (
            -row.comparison.found,
            -(row.comparison.authorised or 0),
            row.commune.folded,
            row.commune.code,
        ),
    )


def panel(key: str) -> str:
    """Draw the part of a commune's page; nothing where no camera was found."""
    kind, _, code = key.partition(":")
    found = published.found_in([code]).get(code) if kind == "commune" else None
    territory = places.find_territory(key) if found else None
    if found is None or territory is None:
        return ""
    comparison = published.compared(found, published.authorised().get(code))
    context = {
        "comparison": comparison,
        "says": sentence(comparison),
        "url": f"/cameras/{territory.slug}",
    }
    return render_to_string("cameras/panel.html", context)
