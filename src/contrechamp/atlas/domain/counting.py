"""How many projects there are, where, of what, when; and how many authorised cameras.

The whole public census as a map sees it is one `Survey`, read once per publication; every view
of it is a count over its lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from .asking import Filters
from .symbols import UNSAID

Found = TypeVar("Found")
LEVELS_OF = ("commune", "epci", "departement", "region")
KEPT = 64
"""Counts kept in memory: a list of all projects each, at worst."""


@dataclass(frozen=True, slots=True)
class Where:
    """The territories that a project is counted in, by level; several projects share one."""

    own: tuple[str, ...]
    """As its facts say it: the smallest known."""
    commune: tuple[str, ...] = ()
    epci: tuple[str, ...] = ()
    departement: tuple[str, ...] = ()
    region: tuple[str, ...] = ()

    def at(self, level: str) -> tuple[str, ...]:
        """Return the keys of one level."""
        match level:
            case "departement":
                return self.departement
            case "commune":
                return self.commune
            case "region":
                return self.region
            case _:
                return self.epci

    def is_in(self, key: str) -> bool:
        """Say whether a territory is one of these, or holds one of them."""
        level = key.partition(":")[0]
        return (
            level == "country" or key in self.own or (level in LEVELS_OF and key in self.at(level))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A number of authorised cameras that a fact gives, and from which year on."""

    year: int | None
    value: float
    rank: tuple[str, str, str]
    """The later, the higher: a record's last number replaces those before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One project, or one place of which a number of cameras is published."""

    id: str
    name: str
    is_project: bool
    type: str
    status: str
    where: Where
    families: tuple[str, ...]
    technologies: tuple[str, ...]
    first: int | None
    """The first year that its facts speak of."""
    last: int | None
    """The year in which it ended; None: as far as is known, it has not."""
    latest: int | None = None
    """The last year that its facts speak of: the bars run up to it."""
    cameras: tuple[Reading, ...] = ()

    def was_there(self, year: int, *, with_undated: bool) -> bool:
        """Say whether it had begun by the end of a year and had not ended before it."""
        if self.first is None:
            return with_undated
        return self.first <= year and (self.last is None or self.last >= year)

    def cameras_by(self, year: int | None, *, with_undated: bool = True) -> float | None:
        """Return the last number known by the end of a year; None: no number is published."""
        known = [
            each
            for each in self.cameras
            if year is None or (with_undated if each.year is None else each.year <= year)
        ]
        return max(known, key=lambda each: each.rank).value if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A territory as a map needs it."""

    key: str
    code: str
    name: str
    folded: str
    url: str
    people: int | None
    departement: str = ""
    epci: str = ""
    lon: float | None = None
    lat: float | None = None
    level: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "level", self.key.partition(":")[0])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Survey:
    """All that a map may show."""

    lines: tuple[Line, ...] = ()
    related: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By technology or family that a filter names: what it stands for besides itself."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Every département and région, and what else a project is in."""
    memo: dict[object, Any] = field(default_factory=dict)
    """What was counted already. It goes with the survey, when the next is published."""

    def once(self, key: object, make: Callable[[], Found]) -> Found:
        """Return what was made under a key; make it at the first time."""
        found: Found | None = self.memo.get(key)
        if found is None:
            found = make()
            if len(self.memo) >= KEPT:  # Another thread may do the same: no harm.
                self.memo.clear()
            self.memo[key] = found
        return found


@dataclass(slots=True)
class Tally:
    """What is counted in one territory."""

    projects: int = 0
    cameras: float | None = None
    """None: no number is published. Zero is a number."""
    families: dict[str, int] = field(default_factory=dict)
    communes: set[str] = field(default_factory=set)
    """Of a département: those that have a project."""

    def add(self, families: Iterable[str]) -> None:
        """Count one more project."""
        self.projects += 1
        held = self.families
        for family in families:
            held[family] = held.get(family, 0) + 1


def ordered(tally: Tally) -> list[tuple[str, int]]:
    """Return the families of a tally, the most used first, what is not said last."""
    return sorted(tally.families.items(), key=lambda each: (each[0] == UNSAID, -each[1], each[0]))


@dataclass(slots=True, kw_only=True)
class Count:
    """The tallies of all territories of one level."""

    level: str
    of: dict[str, Tally] = field(default_factory=dict)
    total: Tally = field(default_factory=Tally)
    elsewhere: int = 0
    """Projects in none of these territories: of the whole country, of a whole région."""


def passes(line: Line, filters: Filters, survey: Survey, only: frozenset[str] | None) -> bool:
    """Say whether a project is to be counted. `only`: those of an actor, when one is asked for."""
    return (
        (not filters.technology or _uses(line, filters.technology, survey))
        and (not filters.type or line.type == filters.type)
        and (not filters.status or line.status == filters.status)
        and (only is None or line.id in only)
        and (not filters.project or line.id == filters.project)
        and (
            filters.year is None or line.was_there(filters.year, with_undated=filters.with_undated)
        )
    )


def _uses(line: Line, technology: str, survey: Survey) -> bool:
    wanted = survey.related.get(technology, frozenset()) | {technology}
    return not wanted.isdisjoint(line.technologies) or not wanted.isdisjoint(line.families)


def wanted(
    survey: Survey, filters: Filters, *, inside: str = "", only: frozenset[str] | None = None
) -> list[Line]:
    """Return the lines that pass the filters, in a territory if one is given."""
    return [
        line
        for line in survey.lines
        if (not inside or line.where.is_in(inside))
        and (
            passes(line, filters, survey, only)
            if line.is_project
            # A number given of a town as a whole has no technique, and passes only without one.
            else not filters.is_about_projects
        )
    ]


def tally(lines: Iterable[Line], *, level: str, filters: Filters) -> Count:
    """Count lines by the territories of one level. It runs over 50,000 lines: it is kept plain."""
    count = Count(level=level)
    found = count.of
    with_undated = filters.with_undated or filters.year is None
    is_departement = level == "departement"
    for line in lines:
        cameras = line.cameras_by(filters.year, with_undated=with_undated) if line.cameras else None
        keys = line.where.at(level)
        _add(count.total, line, cameras)
        for key in keys:
            one = found.get(key)
            if one is None:
                one = found[key] = Tally()
            _add(one, line, cameras)
            if is_departement and line.is_project:
                communes = line.where.commune
                one.communes.update(communes if len(keys) == 1 else _of(communes, key))
        if line.is_project and not keys:
            count.elsewhere += 1
    return count


def departement_of(commune: str) -> str:
    """Return the département that a commune's code begins with."""
    return commune[:3] if commune.startswith(("97", "98")) else commune[:2]


def _of(communes: Iterable[str], departement: str) -> Iterator[str]:
    code = departement.partition(":")[2]
    return (key for key in communes if departement_of(key.partition(":")[2]) == code)


def _add(one: Tally, line: Line, cameras: float | None) -> None:
    if line.is_project:
        one.add(line.families)
    if cameras is not None:
        one.cameras = (one.cameras or 0) + cameras


def weights(lines: Iterable[Line]) -> dict[str, int]:
    """Return how many projects stand in each commune, and of those in none, in a département."""
    found: dict[str, int] = {}
    for line in lines:
        if line.is_project:
            for key in line.where.commune or line.where.departement:
                found[key] = found.get(key, 0) + 1
    return found


def years_of(lines: Iterable[Line], *, now: int | None = None) -> dict[int, int]:
    """Return how many of these projects were there in each year, from the first known to the last.

    Projects without a date are in none of them. `now`: no later year is counted.
    """
    dated = [line for line in lines if line.is_project and line.first is not None]
    if not dated:
        return {}
    begins: Counter[int] = Counter(line.first or 0 for line in dated)
    ends: Counter[int] = Counter(line.last + 1 for line in dated if line.last is not None)
    first = min(begins)
    last = max(each for line in dated for each in (line.first, line.last, line.latest) if each)
    last = min(last, max(now, first)) if now is not None else last
    found, there = {}, 0
    for year in range(first, last + 1):
        there += begins[year] - ends[year]
        found[year] = there
    return found


def without_year(filters: Filters) -> Filters:
    """Return the same filters for every year: what the bars under the map count."""
    return replace(filters, year=None, with_undated=False)


def best(statuses: Mapping[str, int], ranked: Sequence[str]) -> str:
    """Return the strongest status that some fact of a record has."""
    return next((status for status in ranked if statuses.get(status.upper())), "")
