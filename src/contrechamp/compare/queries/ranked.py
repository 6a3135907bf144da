"""What a ranking is: rows with their places, and all that is needed to doubt them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext

from contrechamp.census.published import Fact
from contrechamp.compare.domain import Bounds, Place, places_among

MOST_PROOFS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that is ranked, before it has its place."""

    key: str
    name: str
    url: str
    value: float
    bounds: Bounds
    detail: str
    proofs: tuple[str, ...] = ()
    """Facts that it is counted from."""
    list_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRow:
    """One line of a ranking."""

    entry: Entry
    place: Place
    share: int
    low_share: int
    high_share: int
    is_tie: bool

    @property
    def proofs(self) -> tuple[tuple[int, str], ...]:
        return tuple(enumerate(self.entry.proofs[:MOST_PROOFS], 1))

    @property
    def more_proofs(self) -> int:
        return max(len(self.entry.proofs) - MOST_PROOFS, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """What was left out, and why."""

    name: str
    url: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """A ranking with all that is needed to doubt it."""

    slug: str
    title: str
    lead: str
    method: str
    formula: str
    minimum: str
    certainty: str
    doubts: tuple[str, ...]
    unit: str
    decimals: int
    column: str
    rows: tuple[RankRow, ...]
    excluded: tuple[Excluded, ...]
    known: int
    universe: int
    coverage: str
    at: datetime | None

    @property
    def floats(self) -> str:
        """Return how a page writes its values: so many decimals, thousands apart."""
        return f"{self.decimals}g"

    @property
    def is_certain(self) -> bool:
        return all(row.place.is_sure or row.is_tie for row in self.rows)


@dataclass(slots=True, kw_only=True)
class Draft:
    """What a maker of a ranking returns."""

    method: str
    formula: str
    minimum: str
    unit: str
    column: str
    entries: list[Entry] = field(default_factory=list)
    excluded: list[Excluded] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    certainty: str = ""
    decimals: int = 0
    known: int = 0
    universe: int = 0
    coverage: str = ""


def proved_or_published() -> str:
    """Say how the bounds of what is counted are made."""
    return gettext(
        "Chaque valeur a deux bornes : ce que des documents prouvent, et tout ce qui est publié, "
        "faits allégués ou contredits compris. Une ligne n'est sûrement devant une autre que si sa "
        "borne basse dépasse la borne haute de l'autre ; sinon l'ordre n'est pas certain et nous "
        "donnons le meilleur et le moins bon rang possibles."
    )


def ranked(entries: Iterable[Entry]) -> tuple[RankRow, ...]:
    """Give each its place, the highest value first."""
    ordered = sorted(entries, key=lambda one: (-one.value, -one.bounds.low, one.name.casefold()))
    largest = max((one.bounds.high for one in ordered), default=0) or 1
    found = places_among([one.bounds for one in ordered])
    values = [one.value for one in ordered]

    def share(value: float) -> int:
        return round(max(value, 0) * 100 / largest)

    return tuple(
        RankRow(
            entry=entry,
            place=place,
            share=share(entry.value),
            low_share=share(entry.bounds.low),
            high_share=share(entry.bounds.high),
            is_tie=entry.bounds.is_exact and values.count(entry.value) > 1,
        )
        for entry, place in zip(ordered, found, strict=True)
    )


def is_proved(fact: Fact) -> bool:
    """Answer whether a document, a register or two publications establish a fact."""
    return fact.status in {"DOCUMENTED", "VERIFIED"}


def counted(facts: Sequence[Fact], keys: Callable[[Fact], str]) -> Bounds:
    """Return how many different things facts name: those that are proved, and all."""
    proved = {keys(fact) for fact in facts if is_proved(fact)}
    every = {keys(fact) for fact in facts}
    return Bounds(len(proved), len(every))
