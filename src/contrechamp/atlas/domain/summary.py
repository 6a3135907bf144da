"""The projects of a map without their names: how many of which kind are where.

A view needs no project, only how many there are. Those that no filter tells apart are counted
together, and where each is, is one number in an array: a filter reads the few hundred kinds, and
what runs over every project runs in C.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from .asking import Filters
from .lines import KIND, Line, Where


class Kind(NamedTuple):
    """All that filters ask of a project, where it is apart."""

    families: tuple[str, ...]
    technologies: tuple[str, ...]
    type: str
    status: str
    first: int | None
    last: int | None
    latest: int | None

    def was_there(self, year: int, *, with_undated: bool) -> bool:
        """Say what `Line.was_there` says."""
        if self.first is None:
            return with_undated
        return self.first <= year and (self.last is None or self.last >= year)


@dataclass(frozen=True, eq=False)
class Grounds:
    """Where the projects of a survey are, each place once; they are named by their number here."""

    wheres: tuple[Where, ...]
    _at: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)

    def at(self, level: str) -> list[tuple[str, ...]]:
        """Return the territories of one level that each place is in."""
        found = self._at.get(level)
        if found is None:
            found = self._at[level] = _once(where.at(level) for where in self.wheres)
        return found

    @cached_property
    def stands(self) -> list[tuple[str, ...]]:
        """Return the communes in which each place is drawn; without, its départements."""
        return _once(where.commune or where.departement for where in self.wheres)

    @cached_property
    def communes(self) -> list[tuple[tuple[str, tuple[str, ...]], ...]]:
        """Return the départements of each place, with those of its communes that they hold."""
        return [where.by_departement() for where in self.wheres]

    @cached_property
    def inside(self) -> Mapping[str, frozenset[int]]:
        """Return the places in each territory."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, where in enumerate(self.wheres):
            for key in where.every:
                found[key].append(number)
        return {key: frozenset(numbers) for key, numbers in found.items()}


def _once(found: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return equal things as one object: to look one up is then to compare no strings."""
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    return [known.setdefault(each, each) for each in found]


@dataclass(slots=True)
class Numbers:
    """Numbers of cameras of records that have one alone, from the same year on."""

    kind: Kind | None
    """None: it is not of a project."""
    year: int | None
    where: array[int] = field(default_factory=lambda: array("I"))
    values: array[float] = field(default_factory=lambda: array("d"))


@dataclass(frozen=True, slots=True)
class Several:
    """A record with several numbers of cameras: which holds depends on the year."""

    kind: Kind | None
    where: int
    line: Line


@dataclass(frozen=True, slots=True)
class Summary:
    """Projects and cameras: all of a survey, or those that pass a question."""

    grounds: Grounds
    there: Mapping[Kind, Sequence[int]]
    """By kind: where each project is, by its number in `grounds`."""
    numbers: Sequence[Numbers]
    several: Sequence[Several]

    def __len__(self) -> int:
        return sum(map(len, self.there.values()))

    def everywhere(self) -> Counter[int]:
        """Return how many projects there are in each place."""
        return Counter(chain.from_iterable(self.there.values()))

    def by_families(self) -> Iterator[tuple[tuple[str, ...], Iterator[int]]]:
        """Yield families that projects have together, with where each of the projects is."""
        found: dict[tuple[str, ...], list[Sequence[int]]] = defaultdict(list)
        for kind, there in self.there.items():
            found[kind.families].append(there)
        for families, parts in found.items():
            yield families, chain.from_iterable(parts)

    def cameras(self, year: int | None, *, with_undated: bool) -> Iterator[tuple[int, float]]:
        """Yield the numbers of cameras known by the end of a year, each with where it counts."""
        for each in self.numbers:
            if year is None or (with_undated if each.year is None else each.year <= year):
                yield from zip(each.where, each.values, strict=True)
        for one in self.several:
            value = one.line.cameras_by(year, with_undated=with_undated or year is None)
            if value is not None:
                yield one.where, value

    def of_kinds(self, keeps: Callable[[Kind], bool], *, only_projects: bool) -> Summary:
        """Return what is of the kinds that are kept; of no project only where that is asked."""
        there = {kind: where for kind, where in self.there.items() if keeps(kind)}
        kept = {*there} if only_projects else {*there, None}
        return Summary(
            self.grounds,
            there,
            [each for each in self.numbers if each.kind in kept],
            [each for each in self.several if each.kind in kept],
        )

    def inside(self, key: str) -> Summary:
        """Return what is in a territory and in all that it holds."""
        if not key or key.startswith("country:"):
            return self
        inside = self.grounds.inside.get(key, frozenset())
        parts = ((kind, [n for n in there if n in inside]) for kind, there in self.there.items())
        return Summary(
            self.grounds,
            {kind: part for kind, part in parts if part},
            [part for each in self.numbers if (part := _part(each, inside)).where],
            [each for each in self.several if each.where in inside],
        )


def _part(numbers: Numbers, inside: frozenset[int]) -> Numbers:
    found = Numbers(numbers.kind, numbers.year)
    for where, value in zip(numbers.where, numbers.values, strict=True):
        if where in inside:
            found.where.append(where)
            found.values.append(value)
    return found


def summarise(lines: Iterable[Line]) -> Summary:
    """Return lines without what no view asks of them."""
    wheres: dict[Where, int] = {}
    kinds: dict[tuple[object, ...], Kind] = {}
    there: dict[Kind, array[int]] = {}
    numbers: dict[tuple[Kind | None, int | None], Numbers] = {}
    several: list[Several] = []
    for line in lines:
        where = wheres.setdefault(line.where, len(wheres))
        kind: Kind | None = None
        if line.is_project:
            asked = KIND(line)
            kind = kinds.get(asked)
            if kind is None:
                kind = kinds[asked] = Kind._make(asked)
                there[kind] = array("I")
            there[kind].append(where)
        if len(line.cameras) == 1:
            (reading,) = line.cameras
            key = (kind, reading.year)
            if key not in numbers:
                numbers[key] = Numbers(*key)
            numbers[key].where.append(where)
            numbers[key].values.append(reading.value)
        elif line.cameras:
            several.append(Several(kind, where, line))
    return Summary(Grounds(tuple(wheres)), there, list(numbers.values()), several)


def keeps(filters: Filters, named: frozenset[str]) -> Callable[[Kind], bool]:
    """Return what says whether a kind passes; `named`: what the technology asked for stands for."""

    def passes(kind: Kind) -> bool:
        return (
            (
                not filters.technology
                or not named.isdisjoint(kind.technologies)
                or not named.isdisjoint(kind.families)
            )
            and (not filters.type or kind.type == filters.type)
            and (not filters.status or kind.status == filters.status)
            and (
                filters.year is None
                or kind.was_there(filters.year, with_undated=filters.with_undated)
            )
        )

    return passes
