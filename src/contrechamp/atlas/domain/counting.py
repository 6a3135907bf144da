"""How many projects there are, where, of what, when; and how many authorised cameras.

The whole public census as a map sees it is one `Survey`, read once per publication; every view
of it is a count over its summary, in which projects have no names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from .asking import Filters
from .lines import KIND, Line
from .summary import Kind, Summary, keeps, summarise
from .symbols import UNSAID

Found = TypeVar("Found")
KEPT = 64
"""Counts kept in memory: where each of all projects is, at worst."""


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
    stands: dict[str, dict[str, tuple[str, float, float] | None]] = field(default_factory=dict)
    """By map: where on it each commune that has projects stands, for every filter."""

    fixed: dict[object, Any] = field(default_factory=dict)
    """What is the same for every question. It is kept however much is asked."""

    @cached_property
    def summary(self) -> Summary:
        """Return how many projects of which kind are where."""
        return summarise(self.lines)

    @cached_property
    def kinds(self) -> Mapping[Kind, int]:
        """Return how many projects are of each kind."""
        return {kind: len(there) for kind, there in self.summary.there.items()}

    @cached_property
    def _by_territory(self) -> dict[str, list[list[Line]]]:
        """Return the lines of each territory, in parts that share a `Where`."""
        parts: dict[object, list[Line]] = defaultdict(list)
        for line in self.lines:
            parts[line.where].append(line)
        found: dict[str, list[list[Line]]] = defaultdict(list)
        for part in parts.values():
            for key in part[0].where.every:
                found[key].append(part)
        return dict(found)

    def inside(self, key: str) -> Sequence[Line]:
        """Return the lines of a territory and of all that it holds."""
        if not key or key.startswith("country:"):
            return self.lines
        return [line for part in self._by_territory.get(key, ()) for line in part]

    def named(self, technology: str) -> frozenset[str]:
        """Return all that a technology or a family stands for, itself included."""
        return self.related.get(technology, frozenset()) | {technology}

    def once(self, key: object, make: Callable[[], Found]) -> Found:
        """Return what was made under a key; make it at the first time."""
        found: Found | None = self.memo.get(key)
        if found is None:
            found = make()
            if len(self.memo) >= KEPT:  # Another thread may do the same: no harm.
                self.memo.clear()
            self.memo[key] = found
        return found

    def always(self, key: object, make: Callable[[], Found]) -> Found:
        """Return what was made under a key, which no question is part of."""
        if key not in self.fixed:
            self.fixed[key] = make()
        found: Found = self.fixed[key]
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


def picked(
    survey: Survey, filters: Filters, *, inside: str = "", only: frozenset[str] | None = None
) -> Summary:
    """Return what passes the filters, in a territory if one is given.

    `only`: the projects of an actor, when one is asked for. A number given of a town as a whole
    has no technique, and passes only where nothing is asked of projects.
    """
    if only is not None or filters.project:  # The summary names none, and they are few.
        return summarise(wanted(survey, filters, inside=inside, only=only))
    found = survey.once(("inside", inside), lambda: survey.summary.inside(inside))
    if not filters.is_any:
        return found
    passes = keeps(filters, survey.named(filters.technology))
    return found.of_kinds(passes, only_projects=filters.is_about_projects)


def wanted(
    survey: Survey, filters: Filters, *, inside: str = "", only: frozenset[str] | None = None
) -> Sequence[Line]:
    """Return the lines of what passes, in their order: where each project is asked for."""
    passes = keeps(filters, survey.named(filters.technology))
    kept = {kind for kind in survey.kinds if passes(kind)}
    found = survey.inside(inside)
    if filters.project:
        found = [line for line in found if line.id == filters.project]
    if only is not None:
        found = [line for line in found if line.id in only]
    return [
        line
        for line in found
        if (KIND(line) in kept if line.is_project else not filters.is_about_projects)
    ]


def tally(summary: Summary, *, level: str, filters: Filters) -> Count:
    """Count projects and cameras by the territories of one level.

    Projects of the same families in the same territories of the level are counted together.
    """
    count = Count(level=level, total=total_of(summary))
    found: dict[str, Tally] = defaultdict(Tally)
    at = summary.grounds.at(level)
    for families, there in summary.by_families():
        for keys, number in Counter(map(at.__getitem__, there)).items():
            for key in keys:
                found[key].add(families, number)
            if not keys:
                count.elsewhere += number
    if level == "departement":
        _add_communes(found, summary)
    with_undated = filters.with_undated or filters.year is None
    cameras: dict[str, float] = {}
    for where, value in summary.cameras(filters.year, with_undated=with_undated):
        count.total.cameras = (count.total.cameras or 0) + value
        for key in at[where]:
            cameras[key] = cameras.get(key, 0) + value
    for key, known in cameras.items():
        found[key].cameras = known
    count.of = dict(found)
    return count


def _add_communes(found: dict[str, Tally], summary: Summary) -> None:
    communes = summary.grounds.communes
    for where in set().union(*summary.there.values()):
        for key, held in communes[where]:
            found[key].communes.update(held)


def total_of(summary: Summary) -> Tally:
    """Count all projects by their families, wherever they are."""
    total = Tally()
    for kind, there in summary.there.items():
        total.add(kind.families, len(there))
    return total


def weights(summary: Summary) -> dict[str, int]:
    """Return how many projects stand in each commune, and of those in none, in a département."""
    found: dict[str, int] = {}
    stands = summary.grounds.stands
    for where, number in summary.everywhere().items():
        for key in stands[where]:
            found[key] = found.get(key, 0) + number
    return found


def undated(summary: Summary) -> int:
    """Return how many projects have no date."""
    return sum(len(there) for kind, there in summary.there.items() if kind.first is None)


def years_of(summary: Summary, *, now: int | None = None) -> dict[int, int]:
    """Return how many of these projects were there in each year, from the first known to the last.

    Projects without a date are in none of them. `now`: no later year is counted.
    """
    begins: Counter[int] = Counter()
    ends: Counter[int] = Counter()
    latest = 0
    for kind, there in summary.there.items():
        if kind.first is None:
            continue
        begins[kind.first] += len(there)
        if kind.last is not None:
            ends[kind.last + 1] += len(there)
        latest = max(latest, kind.first, kind.last or 0, kind.latest or 0)
    if not begins:
        return {}
    first, last = min(begins), latest
    last = min(last, max(now, first)) if now is not None else last
    found, there_then = {}, 0
    for year in range(first, last + 1):
        there_then += begins[year] - ends[year]
        found[year] = there_then
    return found


def without_year(filters: Filters) -> Filters:
    """Return the same filters for every year: what the bars under the map count."""
    return replace(filters, year=None, with_undated=False)


def best(statuses: Mapping[str, int], ranked: Sequence[str]) -> str:
    """Return the strongest status that some fact of a record has."""
    return next((status for status in ranked if statuses.get(status.upper())), "")
