"""What a question counts: the territories of one level, with their tallies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from contrechamp.atlas.domain.asking import Ask, Filters
from contrechamp.atlas.domain.classes import Step, classes, per_thousand, tint_of
from contrechamp.atlas.domain.counting import (
    Count,
    Place,
    Survey,
    Tally,
    picked,
    tally,
    wanted,
)
from contrechamp.atlas.domain.lines import Line
from contrechamp.atlas.domain.summary import Summary
from contrechamp.atlas.forms import COUNTRY
from contrechamp.atlas.queries.survey import place, projects_of, survey
from contrechamp.places import queries as places

CHILDREN = {
    "country": "departement",
    "region": "departement",
    "departement": "commune",
    "epci": "commune",
}
NOTHING = Tally()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A view of the map: where, what is in it, and what the same place holds without filters."""

    ask: Ask
    survey: Survey
    here: Place
    """Whose map it is; of a commune the EPCI or the département around it."""
    stands_out: str
    """Code of the commune that was asked for, if one was."""
    level: str
    inside: Mapping[str, Place]
    """What is drawn and listed, by key; of a département only communes with something."""
    count: Count
    unfiltered: Count
    steps: tuple[Step, ...]

    def tally(self, key: str) -> Tally:
        return self.count.of.get(key, NOTHING)

    def is_unknown(self, key: str) -> bool:
        """Say whether nothing is published there, filters apart."""
        if self.ask.is_of_cameras:
            return self.tally(key).cameras is None
        return not self.unfiltered.of.get(key, NOTHING).projects

    def number(self, key: str) -> float | None:
        """Return what is measured in a territory; None: not known."""
        return measured(self.ask, self.tally(key), self.inside[key].people)

    def tint(self, key: str) -> int:
        return tint_of(self.number(key), self.steps)


def measured(ask: Ask, tally: Tally, people: int | None) -> float | None:
    """Return the number that a question asks of a territory."""
    number = tally.cameras if ask.is_of_cameras else float(tally.projects)
    return per_thousand(number, people) if ask.is_rate else number


def see(ask: Ask) -> Seen:
    """Count what a question asks for."""
    found = survey()
    here, stands_out = _here(ask, found)
    level = CHILDREN[here.level]
    count = count_of(found, ask.filters, level=level, inside=here.key)
    unfiltered = count_of(found, Filters(), level=level, inside=here.key)
    inside = _inside(here, found, unfiltered, stands_out)
    numbers = (
        measured(ask, one, inside[key].people) or 0
        for key, one in count.of.items()
        if key in inside
    )
    return Seen(
        ask=ask,
        survey=found,
        here=here,
        stands_out=stands_out.partition(":")[2],
        level=level,
        inside=inside,
        count=count,
        unfiltered=unfiltered,
        steps=classes(numbers, whole=not ask.is_rate),
    )


def lines_of(found: Survey, filters: Filters, inside: str) -> Sequence[Line]:
    """Return each project that passes, for what says more of it than a number."""
    only = projects_of(filters.actor) if filters.actor else None
    return wanted(found, filters, inside=inside, only=only)


def pick(found: Survey, filters: Filters, inside: str) -> Summary:
    """Return how many projects pass, and where; counted once per publication and question."""

    def make() -> Summary:
        only = projects_of(filters.actor) if filters.actor else None
        return picked(found, filters, inside=inside, only=only)

    return found.once(("picked", filters, inside), make)


def count_of(found: Survey, filters: Filters, *, level: str, inside: str) -> Count:
    """Return the tallies of a level inside a territory."""
    is_fixed = inside == COUNTRY and not filters.is_any
    keep = found.always if is_fixed else found.once
    return keep(
        ("count", filters, level, inside),
        lambda: tally(pick(found, filters, inside), level=level, filters=filters),
    )


def without_technology(filters: Filters) -> Filters:
    """Return the same filters for every technology: what the legend counts."""
    return replace(filters, technology="")


def _here(ask: Ask, found: Survey) -> tuple[Place, str]:
    """Return whose map is drawn, and the commune that stands out in it."""
    asked = found.places.get(ask.place) or _read(ask.place)
    if asked.level == "commune":
        around = f"epci:{asked.epci}" if asked.epci else f"departement:{asked.departement}"
        return found.places.get(around) or _read(around), asked.key
    return asked, ""


def _read(key: str) -> Place:
    territory = places.find_territory(key)
    if territory is None:  # A gazetteer without the country: an instance that was never filled.
        return Place(key="country:FR", code="FR", name="France", folded="", url="/carte", people=0)
    return place(territory)


def _departements(found: Survey) -> Mapping[str, Place]:
    return {key: one for key, one in found.places.items() if one.level == "departement"}


def _inside(here: Place, found: Survey, count: Count, stands_out: str) -> Mapping[str, Place]:
    match here.level:
        case "country":
            return found.always("departements", lambda: _departements(found))
        case "region":
            return {one.key: place(one) for one in places.departements_of(here.code)}
        case "epci":
            return {one.key: place(one) for one in places.communes_of(here.key)}
        case _:
            keys = {*count.of, stands_out} - {""}
            known = {key: found.places[key] for key in keys if key in found.places}
            missing = places.territories(keys - known.keys())
            in_it = known | {key: place(one) for key, one in missing.items()}
            return {key: one for key, one in in_it.items() if one.departement == here.code}
