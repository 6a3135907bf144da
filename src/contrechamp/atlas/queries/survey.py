"""The public census as the map counts it: read once per publication, kept in memory."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import connection

from contrechamp.atlas.domain.asking import STATUSES
from contrechamp.atlas.domain.counting import Place, Survey, best
from contrechamp.atlas.domain.lines import Line, Reading, Where
from contrechamp.atlas.domain.symbols import UNSAID
from contrechamp.census import published
from contrechamp.foundation.kept import Kept
from contrechamp.foundation.vocabulary import terms
from contrechamp.places import queries as places

if TYPE_CHECKING:
    from contrechamp.places.models import Territory

_SURVEYS: Kept[Survey] = Kept()


def survey() -> Survey:
    """Return all that a map may show. It is read once per publication and process."""
    return _SURVEYS.get(connection.settings_dict["NAME"], published.facts_edition(), _read)


def _read() -> Survey:
    """Read the whole. Meanwhile nothing is collected: of so many new objects none is garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        return _survey()
    finally:
        if was_on:
            gc.enable()


def _survey() -> Survey:
    lines = published.project_lines()
    projects = {line.id for line in lines}
    readings = _readings()
    technologies = {key for line in lines for key in line.technologies}
    families = _families(technologies)
    ends = _ends()
    wheres = _Wheres((line.territories for line in lines), readings.values())
    found = [
        Line(
            id=line.id,
            name=line.name,
            is_project=True,
            type=line.type,
            status=best(line.counts, STATUSES),
            where=wheres.of(line.territories),
            families=_families_of(line.technologies, families),
            technologies=line.technologies,
            first=min(line.years, default=None),
            last=ends.get(line.id),
            latest=max(line.years, default=None),
            cameras=readings[line.id][1] if line.id in readings else (),
        )
        for line in lines
    ]
    found += [
        Line(
            id=key,
            name="",
            is_project=False,
            type="",
            status="",
            where=wheres.of(territories),
            families=(),
            technologies=(),
            first=None,
            last=None,
            cameras=cameras,
        )
        for key, (territories, cameras) in readings.items()
        if key not in projects
    ]
    made = Survey(lines=tuple(found), related=_related(families), places=wheres.places())
    _ = made.summary  # Made while nothing is collected.
    return made


Readings = dict[str, tuple[tuple[str, ...], tuple[Reading, ...]]]
"""By record: its territories, its numbers."""


def _readings() -> Readings:
    """Return the numbers of authorised cameras, by record."""
    found: dict[str, list[Reading]] = defaultdict(list)
    where: dict[str, tuple[str, ...]] = {}
    for line in published.numbers("cameras_authorised"):
        when = line.earliest.isoformat() if line.earliest else ""
        found[line.record].append(
            Reading(
                year=line.earliest.year if line.earliest else None,
                value=line.value,
                rank=(when, line.at.isoformat(), line.claim),
            )
        )
        where[line.record] = line.territories
    return {key: (where[key], tuple(numbers)) for key, numbers in found.items()}


def _ends() -> dict[str, int]:
    """Return the year in which projects ended, of those that are known to have."""
    found: dict[str, int] = {}
    for fact in published.facts(properties=["ended_on"]):
        day = fact.latest or fact.earliest
        if fact.subject.kind == "project" and day:
            found[fact.subject.id] = max(day.year, found.get(fact.subject.id, day.year))
    return found


def _families(technologies: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the families of the vocabulary that each technology belongs to."""
    records = published.find_records(sorted(technologies))
    own = {key: _codes(record) for key, record in records.items()}
    # A product has no code of its own: it is of the families of what it can do.
    products = [key for key, codes in own.items() if not codes]
    offered = published.technologies_of(products)
    parts = {part for found in offered.values() for part in found} - own.keys()
    of_parts = own | {
        key: _codes(record) for key, record in published.find_records(sorted(parts)).items()
    }
    for key in products:
        own[key] = frozenset(
            code for part in offered[key] for code in of_parts.get(part, frozenset())
        )
    return own


def _codes(record: published.Record) -> frozenset[str]:
    known = terms("technologies")
    codes = (number.value for number in record.identifiers if number.scheme == "vocabulary")
    return frozenset(known[code].get("parent", code) for code in codes if code in known)


def _families_of(
    technologies: Iterable[str], families: dict[str, frozenset[str]]
) -> tuple[str, ...]:
    found = {code for key in technologies for code in families.get(key, ())}
    return tuple(sorted(found)) or (UNSAID,)


def _related(families: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return, for the record of a family, its code: then its capabilities are found by it too."""
    records = published.find_records(families)
    return {key: families[key] for key, record in records.items() if record.type == "family"}


class _Wheres:
    """Territories with what holds them; many projects are in the same ones."""

    def __init__(
        self,
        of_projects: Iterable[tuple[str, ...]],
        of_readings: Iterable[tuple[tuple[str, ...], tuple[Reading, ...]]],
    ) -> None:
        asked = {*of_projects, *(keys for keys, _ in of_readings)}
        known = self._known = places.territories({key for keys in asked for key in keys})
        self._found = {keys: _where(keys, known) for keys in asked}
        self._used = {key for where in self._found.values() for key in (*where.own, *where.commune)}

    def places(self) -> dict[str, Place]:
        """Return what a map says of the territories, all départements and régions included."""
        read = self._known
        known = {key: read[key] for key in self._used if key in read}
        known |= places.territories(self._used - read.keys())
        for one in (*places.departements(), *places.regions()):
            known.setdefault(one.key, one)
        return {key: place(one) for key, one in known.items()}

    def of(self, keys: tuple[str, ...]) -> Where:
        return self._found[keys]


def place(territory: Territory) -> Place:
    """Return a territory as a map needs it."""
    return Place(
        key=territory.key,
        code=territory.code,
        name=territory.name,
        folded=territory.folded,
        url=territory.get_absolute_url(),
        people=territory.population,
        departement=territory.departement,
        epci=territory.epci,
        lon=territory.lon,
        lat=territory.lat,
    )


def _where(keys: tuple[str, ...], known: dict[str, Territory]) -> Where:
    found: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        if key in known:
            for each in (key, *places.holders(known[key])):
                found[each.partition(":")[0]].add(each)
    return Where(
        own=tuple(key for key in keys if key in known),
        commune=tuple(sorted(found["commune"])),
        epci=tuple(sorted(found["epci"])),
        departement=tuple(sorted(found["departement"])),
        region=tuple(sorted(found["region"])),
    )


def projects_of(actor: str) -> frozenset[str]:
    """Return the projects that an actor takes part in, in whatever role."""
    return frozenset(
        end.id
        for fact in published.facts_of(actor)
        for end in (fact.target,)
        if fact.property == "participates_in" and end is not None and end.kind == "project"
    )


def clients_of(actor: str) -> list[published.Ref]:
    """Return who an actor supplies, by name."""
    clients = {
        fact.target.id: fact.target
        for fact in published.facts_of(actor)
        if fact.property == "supplies" and fact.target is not None
    }
    return sorted(clients.values(), key=lambda client: (client.name.casefold(), client.id))
