"""How many published projects there are, where, of what, when: for maps and lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from contrechamp.census import published
from contrechamp.places import queries as places

if TYPE_CHECKING:
    from contrechamp.places.models import Territory


class Counted(Protocol):
    """What a drawing asks: how many projects are in a territory."""

    def of(self, key: str) -> int:
        """Return how many projects are in a territory."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many projects there are, by key of their territory and of all that hold it."""

    numbers: dict[str, int]

    def of(self, key: str) -> int:
        """Return how many projects are in a territory."""
        return self.numbers.get(key, 0)


def numbers_of(territories: Iterable[Territory]) -> Numbers:
    """Count the projects of these territories, without reading a project."""
    return Numbers(published.counts_in("project", (one.key for one in territories)))


def numbers_by_departement() -> Numbers:
    """Count the projects of all départements, without reading a project."""
    return Numbers(published.counts_by("project", "departement"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Projects by the key of their territory, each with all that hold it."""

    projects: dict[str, frozenset[str]]
    """By key of a territory of any level: the projects in it."""
    communes: dict[str, frozenset[str]]
    """By code of a département: the communes that have a project."""
    unplaced: int
    """Projects of the whole country, of a region, or of nowhere known."""
    total: int

    def of(self, key: str) -> int:
        """Return how many projects are in a territory."""
        return len(self.projects.get(key, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a filter."""

    id: str
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the map can be filtered by."""

    technologies: tuple[Choice, ...]
    years: tuple[int, ...]


def counts(
    lines: Iterable[published.ProjectLine], *, technology: str = "", year: int | None = None
) -> Counts:
    """Count the projects of each territory and of all that hold it."""
    wanted = [
        line
        for line in lines
        if (not technology or technology in line.technologies)
        and (year is None or year in line.years)
    ]
    known = places.territories({key for line in wanted for key in line.territories})
    projects: dict[str, set[str]] = defaultdict(set)
    communes: dict[str, set[str]] = defaultdict(set)
    unplaced = 0
    for line in wanted:
        on_map = False
        for key in line.territories:
            territory = known.get(key)
            if territory is None:
                continue
            projects[key].add(line.id)
            for above in places.holders(territory):
                projects[above].add(line.id)
            if territory.kind in ("commune", "arrondissement"):
                communes[territory.departement].add(territory.parent or key)
            on_map = on_map or bool(territory.departement)
        unplaced += not on_map
    return Counts(
        projects={key: frozenset(found) for key, found in projects.items()},
        communes={key: frozenset(found) for key, found in communes.items()},
        unplaced=unplaced,
        total=len(wanted),
    )


def choices(lines: Iterable[published.ProjectLine]) -> Choices:
    """Return the technologies and years that published projects have."""
    used: dict[str, int] = defaultdict(int)
    years: set[int] = set()
    for line in lines:
        years |= line.years
        for technology in line.technologies:
            used[technology] += 1
    records = published.find_records(used)
    technologies = [
        Choice(id=key, name=record.name, count=used[key]) for key, record in records.items()
    ]
    return Choices(
        technologies=tuple(sorted(technologies, key=lambda one: (-one.count, one.name))),
        years=tuple(sorted(years, reverse=True)),
    )
