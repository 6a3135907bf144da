"""What worked: how actions ended, by kind and technology, from a least number on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

LEAST = 5
"""Below so many ended actions a share says nothing, and is not shown."""
WON = frozenset({"WON", "PARTLY", "SETTLED"})
LOST = frozenset({"LOST", "INADMISSIBLE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """One action that ended."""

    kind: str
    technology: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How the actions of one kind or technology ended. `share` in percent, None when too few."""

    code: str
    won: int
    lost: int
    other: int

    @property
    def total(self) -> int:
        """Return how many ended."""
        return self.won + self.lost + self.other

    @property
    def share(self) -> int | None:
        """Return how many of those won or lost were won, None where there are too few."""
        known = self.won + self.lost
        return round(100 * self.won / known) if known >= LEAST else None


def by_kind(ended: Iterable[Ended]) -> tuple[Line, ...]:
    """Return a line for each kind of action, the most frequent first."""
    return _lines((each.kind, each.outcome) for each in ended)


def by_technology(ended: Iterable[Ended]) -> tuple[Line, ...]:
    """Return a line for each technology, the most frequent first; none for those without."""
    return _lines((each.technology, each.outcome) for each in ended if each.technology)


def _lines(pairs: Iterable[tuple[str, str]]) -> tuple[Line, ...]:
    won: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for code, outcome in pairs:
        (won if outcome in WON else lost if outcome in LOST else other)[code] += 1
    lines = [
        Line(code=code, won=won[code], lost=lost[code], other=other[code])
        for code in {*won, *lost, *other}
    ]
    return tuple(sorted(lines, key=lambda line: (-line.total, line.code)))
