"""What a request is about: a project, an actor, an act or a place that everybody can read of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from contrechamp.directory import queries as directory
from contrechamp.foi.domain.catalogue import Holder
from contrechamp.foundation.plug import Entry, Findable, offered
from contrechamp.places import queries as places

if TYPE_CHECKING:
    from contrechamp.directory.models import Body

REFS = {
    "projet": "census:entity:",
    "acteur": "census:entity:",
    "acte": "watch:act:",
}
"""The name in an address, and what its value is a reference to."""
NAMES = (*REFS, "lieu")
ORDER = ("arrondissement", "commune", "epci", "departement", "region")
FEW = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a draft begins with: its name, where it is, and what of it fills the wordings."""

    name: str
    url: str
    kind: str
    territory: str = ""
    project: str = ""
    slots: dict[str, str] = field(default_factory=dict)


def subject_of(name: str, key: str) -> Subject | None:
    """Return what an address is about (`projet`, `prj-…`), or None when nobody may know of it."""
    if name == "lieu":
        place = place_name(key)
        return Subject(name=place, url="", kind=name, territory=key) if place else None
    entry = _entry(f"{REFS[name]}{key}") if name in REFS else None
    if entry is None:
        return None
    is_project = entry.kind == "project"
    slots = {"project": entry.title} if is_project else {}
    if name == "acteur" and not entry.places:
        slots = {"supplier": entry.title}
    return Subject(
        name=entry.title,
        url=entry.url,
        kind=name,
        territory=_smallest(entry.places),
        project=key if is_project else "",
        slots=slots,
    )


def _entry(ref: str) -> Entry | None:
    for offer in offered(Findable):
        if ref.startswith(offer.prefix):
            return next(iter(offer.some([ref])), None)
    return None


def _smallest(keys: tuple[str, ...]) -> str:
    """Return the smallest territory of those that hold a thing, empty for none."""
    for kind in ORDER:
        for key in keys:
            if key.startswith(f"{kind}:"):
                return key
    return ""


def holders_of(territory: str) -> list[tuple[Holder, list[Body]]]:
    """Return the bodies that could hold documents about a place, by holder type, nearest first."""
    if not territory:
        return []
    groups = [(code, directory.holders(code, territory, limit=FEW)) for code in Holder]
    return [(code, found) for code, found in groups if found]


def place_name(territory: str) -> str:
    """Return the name of a territory, or empty."""
    found = places.territories([territory]).get(territory)
    return found.name if found else ""
