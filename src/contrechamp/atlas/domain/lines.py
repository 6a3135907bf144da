"""A project as the map sees it: where it is, of what sort, when it was there, its cameras."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter


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

    def by_departement(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return its départements, each with those of its communes that it holds."""
        if len(self.departement) == 1:
            return ((self.departement[0], self.commune),)
        return tuple((key, tuple(_of(self.commune, key))) for key in self.departement)


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


KIND = attrgetter("families", "technologies", "type", "status", "first", "last", "latest")
"""What filters ask of a line, read in one call of C: there are 50,000."""


def departement_of(commune: str) -> str:
    """Return the département that a commune's code begins with."""
    return commune[:3] if commune.startswith(("97", "98")) else commune[:2]


def _of(communes: Iterable[str], departement: str) -> Iterator[str]:
    code = departement.partition(":")[2]
    return (key for key in communes if departement_of(key.partition(":")[2]) == code)
