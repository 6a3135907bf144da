"""How many published projects there are in territories, without reading them: for drawings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from contrechamp.census import published

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
