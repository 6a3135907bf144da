"""How many projects there are, where, of what, when; and how many authorised cameras.

The whole public census as a map sees it is one `Survey`, read once per publication; every view
of it is a count over its lines.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from .asking import Filters
from .symbols import UNSAID

Found = TypeVar("Found")
LEVELS_OF = ("commune", "epci", "departement", "region")
KEPT = 64
"""Counts kept in memory: a list of all projects each, at worst."""


@dataclass(frozen=True, slots=True, eq=False)
class Where:
    """The territories that a project is counted in, by level; several projects share one.

    Two are the same when they are one object: projects are counted by them, and to compare what
    they hold would cost more than the count.
    """

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
        return key.startswith("country:") or key in self.every

    @property
    def every(self) -> set[str]:
        """Return all its territories, the country apart."""
        return {*self.own, *self.commune, *self.epci, *self.departement, *self.region}


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
        if year is None and with_undated and len(self.cameras) == 1:
            return self.cameras[0].value
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


@dataclass(frozen=True, kw_only=True, eq=False)
class Survey:
    """All that a map may show."""

    lines: tuple[Line, ...] = ()
    related: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By technology or family that a filter names: what it stands for besides itself."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Every département and région, and what else a project is in."""
    memo: dict[object, Any] = field(default_factory=dict)
    """What was counted already. It goes with the survey, when the next is published."""
    stands: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By map: where on it each commune that has projects stands, for every filter."""

    @cached_property
    def projects(self) -> tuple[Line, ...]:
        """Return the lines that are projects."""
        return tuple(line for line in self.lines if line.is_project)

    @cached_property
    def _by_territory(self) -> dict[str, list[list[Line]]]:
        """Return the lines of each territory, in parts that share a `Where`."""
        parts: dict[Where, list[Line]] = defaultdict(list)
        for line in self.lines:
            parts[line.where].append(line)
        found: dict[str, list[list[Line]]] = defaultdict(list)
        for where, part in parts.items():
            for key in where.every:
                found[key].append(part)
        return dict(found)

    def inside(self, key: str) -> Sequence[Line]:
        """Return the lines of a territory and of all that it holds."""
        if not key or key.startswith("country:"):
            return self.lines
        return [line for part in self._by_territory.get(key, ()) for line in part]

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

    def add(self, families: Iterable[str], projects: int = 1) -> None:
        """Count more projects of the same families."""
        self.projects += projects
        held = self.families
        for family in families:
            held[family] = held.get(family, 0) + projects


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


def wanted(
    survey: Survey, filters: Filters, *, inside: str = "", only: frozenset[str] | None = None
) -> Sequence[Line]:
    """Return the lines that pass the filters, in a territory if one is given.

    `only`: the projects of an actor, when one is asked for. A number given of a town as a whole
    has no technique, and passes only where nothing is asked of projects. It runs over 50,000 lines:
    each filter that is on is one pass, and one that is off costs nothing.
    """
    found = survey.inside(inside)
    if filters.is_about_projects:
        found = [line for line in found if line.is_project]
    if filters.technology:
        found = _using(found, filters.technology, survey)
    if filters.type:
        found = [line for line in found if line.type == filters.type]
    if filters.status:
        found = [line for line in found if line.status == filters.status]
    if only is not None:
        found = [line for line in found if not line.is_project or line.id in only]
    if filters.project:
        found = [line for line in found if line.id == filters.project]
    if filters.year is not None:
        found = _there(found, filters.year, with_undated=filters.with_undated)
    return found


def _there(lines: Sequence[Line], year: int, *, with_undated: bool) -> list[Line]:
    """Return the projects that `Line.was_there` says were, without calling it for each."""
    return [
        line
        for line in lines
        if (
            with_undated
            if line.first is None
            else line.first <= year and (line.last is None or line.last >= year)
        )
        or not line.is_project
    ]


def _using(lines: Sequence[Line], technology: str, survey: Survey) -> list[Line]:
    named = survey.related.get(technology, frozenset()) | {technology}
    kept = {
        used
        for used in set(map(USED, lines))
        if not named.isdisjoint(used[0]) or not named.isdisjoint(used[1])
    }
    return [line for line in lines if (line.technologies, line.families) in kept]


# Read in one call of C for each line: a view counts 50,000 of them several times.
WHERE = attrgetter("where")
FAMILIES = attrgetter("families")
USED = attrgetter("technologies", "families")
SPAN = attrgetter("first", "last", "latest")
COUNTED = {level: attrgetter(f"where.{level}", "families") for level in LEVELS_OF}


def tally(lines: Sequence[Line], *, level: str, filters: Filters) -> Count:
    """Count lines by the territories of one level.

    Projects of the same families in the same territories of the level are counted together, so
    that what runs over every line is little.
    """
    count = Count(level=level)
    found: dict[str, Tally] = defaultdict(Tally)
    projects = [line for line in lines if line.is_project]
    for (keys, families), number in Counter(map(COUNTED[level], projects)).items():
        count.total.add(families, number)
        for key in keys:
            found[key].add(families, number)
        if not keys:
            count.elsewhere += number
    if level == "departement":
        for where in set(map(WHERE, projects)):
            for key in where.departement:
                alone = len(where.departement) == 1
                found[key].communes.update(where.commune if alone else _of(where.commune, key))
    _add_cameras(count, found, lines, filters)
    count.of = dict(found)
    return count


def _add_cameras(
    count: Count, found: dict[str, Tally], lines: Sequence[Line], filters: Filters
) -> None:
    with_undated = filters.with_undated or filters.year is None
    for line in lines:
        if not line.cameras:
            continue
        cameras = line.cameras_by(filters.year, with_undated=with_undated)
        keys = line.where.at(count.level)
        for one in (count.total, *(found[key] for key in keys)):
            if cameras is not None:
                one.cameras = (one.cameras or 0) + cameras


def departement_of(commune: str) -> str:
    """Return the département that a commune's code begins with."""
    return commune[:3] if commune.startswith(("97", "98")) else commune[:2]


def _of(communes: Iterable[str], departement: str) -> Iterator[str]:
    code = departement.partition(":")[2]
    return (key for key in communes if departement_of(key.partition(":")[2]) == code)


def weights(lines: Iterable[Line]) -> dict[str, int]:
    """Return how many projects stand in each commune, and of those in none, in a département."""
    found: dict[str, int] = {}
    for where, number in Counter(line.where for line in lines if line.is_project).items():
        for key in where.commune or where.departement:
            found[key] = found.get(key, 0) + number
    return found


def years_of(lines: Iterable[Line], *, now: int | None = None) -> dict[int, int]:
    """Return how many of these projects were there in each year, from the first known to the last.

    Projects without a date are in none of them. `now`: no later year is counted.
    """
    spans = Counter(map(SPAN, (line for line in lines if line.is_project)))
    begins: Counter[int] = Counter()
    ends: Counter[int] = Counter()
    latest = 0
    for (begun, ended, spoken), number in spans.items():
        if begun is None:
            continue
        begins[begun] += number
        if ended is not None:
            ends[ended + 1] += number
        latest = max(latest, begun, ended or 0, spoken or 0)
    if not begins:
        return {}
    first, last = min(begins), latest
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
