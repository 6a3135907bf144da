"""Two to four things of a kind, side by side: what all have, what only one has, what is unknown.

Not known is never zero: a cell without a value is empty and draws no bar. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What is known of one measure of one thing."""

    text: str
    value: float | None = None
    """For a bar and for files; None when it is no number."""
    url: str = ""
    """Its proof, or the list that it is counted from."""
    is_counted: bool = False
    """Counted from our facts, so that a gap in them makes it smaller."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that a thing has: a supplier, a technology."""

    key: str
    name: str
    url: str
    proof: str = ""
    """The fact that says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One thing with all that can be compared."""

    key: str
    name: str
    url: str
    kind: str
    about: str = ""
    cells: Mapping[str, Cell] = field(default_factory=dict)
    """By measure; a measure that is missing is not known."""
    sets: Mapping[str, Mapping[str, Item]] = field(default_factory=dict)
    """By name of the set, then by key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One measure, a cell for each thing; None: not known."""

    code: str
    cells: tuple[Cell | None, ...]
    shares: tuple[int | None, ...]
    """Length of each bar, in percent of the largest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """One set: what all have in common, what several have, what one alone has."""

    code: str
    common: tuple[tuple[Item, ...], ...]
    """For each common thing its items, one per thing compared: each with its own proof."""
    some: tuple[tuple[Item, tuple[int, ...]], ...]
    """What more than one but not all have, and which of them (their numbers)."""
    alone: tuple[tuple[Item, ...], ...]
    """For each thing compared what it alone has."""

    @property
    def is_empty(self) -> bool:
        return not (self.common or self.some or any(self.alone))


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that the page shows."""

    things: tuple[Profile, ...]
    lines: tuple[Line, ...]
    shared: tuple[Shared, ...]


def compare(things: Sequence[Profile], measures: Sequence[str], sets: Sequence[str]) -> Comparison:
    """Put things side by side. A measure that none has is left out; so is an empty set."""
    lines = [_line(code, things) for code in measures]
    found = [_shared(code, things) for code in sets]
    return Comparison(
        things=tuple(things),
        lines=tuple(line for line in lines if any(line.cells)),
        shared=tuple(one for one in found if not one.is_empty),
    )


def _line(code: str, things: Sequence[Profile]) -> Line:
    cells = tuple(thing.cells.get(code) for thing in things)
    values = [cell.value for cell in cells if cell and cell.value is not None]
    largest = max((abs(value) for value in values), default=0)
    drawn = len(values) > 1 and largest > 0
    return Line(
        code=code,
        cells=cells,
        shares=tuple(
            round(max(cell.value, 0) * 100 / largest)
            if drawn and cell and cell.value is not None
            else None
            for cell in cells
        ),
    )


def _shared(code: str, things: Sequence[Profile]) -> Shared:
    sets = [thing.sets.get(code, {}) for thing in things]
    owners: dict[str, list[int]] = {}
    for number, items in enumerate(sets):
        for key in items:
            owners.setdefault(key, []).append(number)

    def named(keys: Sequence[str]) -> list[str]:
        return sorted(keys, key=lambda key: (sets[owners[key][0]][key].name.casefold(), key))

    every = named(list(owners))
    return Shared(
        code=code,
        common=tuple(
            tuple(items[key] for items in sets) for key in every if len(owners[key]) == len(sets)
        )
        if len(sets) > 1
        else (),
        some=tuple(
            (sets[owners[key][0]][key], tuple(owners[key]))
            for key in every
            if 1 < len(owners[key]) < len(sets)
        ),
        alone=tuple(
            tuple(items[key] for key in every if owners[key] == [number])
            for number, items in enumerate(sets)
        ),
    )
