"""To which prefecture a report to the commission is addressed: it sits there (CSI R251-11)."""

from __future__ import annotations

from dataclasses import dataclass

from contrechamp.cases.models import Action
from contrechamp.directory.queries.holding import holders


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A prefecture of the directory where a commission sits."""

    name: str
    url: str


def seats(action: Action) -> list[Seat]:
    """Return the prefectures of the places that an action is about, none where it names none."""
    found = {}
    for territory in action.territories:
        for body in holders("P", str(territory), limit=3):
            found[body.pk] = Seat(name=body.name, url=f"/annuaire/{body.pk}")
    return list(found.values())
