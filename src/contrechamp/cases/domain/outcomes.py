"""What worked: how actions ended, by kind and technology, from a least number on.

A share, a median, a sum of money say nothing of a few: below `LEAST` they are not given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

LEAST = 5
"""Below so many ended actions a share says nothing, and is not shown."""
LEAST_TIMED = 3
"""Below so many whose length is known, a median is one of them: not shown."""
WON = frozenset({"WON", "PARTLY", "SETTLED"})
LOST = frozenset({"LOST", "INADMISSIBLE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """One action that ended: how, in how many days, with what money granted, in euros."""

    kind: str
    technology: str
    outcome: str
    days: int | None = None
    """From the filing to what ended it, both ends known; None otherwise."""
    granted: Decimal | None = None
    """What the judge made the other side pay; None: nothing is told."""
    charged: Decimal | None = None
    """What the judge made the action's own side pay; None: nothing is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How the actions of one kind or technology ended. `share` in percent, None when too few."""

    code: str
    won: int
    lost: int
    other: int
    days: int | None = None
    """Median length in days of those whose length is known, None where there are too few."""
    timed: int = 0
    """Of how many the length is known."""
    granted: Decimal | None = None
    """Euros that judges granted in all, None where nothing is told of any."""
    charged: Decimal | None = None
    """Euros that judges charged in all, None where nothing is told of any."""

    @property
    def total(self) -> int:
        """Return how many ended."""
        return self.won + self.lost + self.other

    @property
    def share(self) -> int | None:
        """Return how many of those won or lost were won, None where there are too few."""
        known = self.won + self.lost
        return round(100 * self.won / known) if known >= LEAST else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """How the actions of one kind about one technology ended; `technology` empty: not said."""

    kind: str
    technology: str
    line: Line


def by_kind(ended: Iterable[Ended]) -> tuple[Line, ...]:
    """Return a line for each kind of action, the most frequent first."""
    return _lines((each.kind, each) for each in ended)


def by_technology(ended: Iterable[Ended]) -> tuple[Line, ...]:
    """Return a line for each technology, the most frequent first; none for those without."""
    return _lines((each.technology, each) for each in ended if each.technology)


def crossed(ended: Iterable[Ended]) -> tuple[Crossed, ...]:
    """Return a line for each kind of action about each technology, the most frequent first."""
    lines = _lines((f"{each.kind}\n{each.technology}", each) for each in ended)
    return tuple(
        Crossed(kind=kind, technology=technology, line=line)
        for line in lines
        for kind, _, technology in [line.code.partition("\n")]
    )


def by_outcome(ended: Iterable[Ended]) -> tuple[tuple[str, int], ...]:
    """Return each outcome with how many ended so, the most frequent first."""
    counted = Counter(each.outcome for each in ended)
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def length(filed: date | None, over: date | None) -> int | None:
    """Return the days from the filing to the end, None where one is unknown or they clash."""
    if filed is None or over is None or over < filed:
        return None
    return (over - filed).days


def _lines(pairs: Iterable[tuple[str, Ended]]) -> tuple[Line, ...]:
    found: dict[str, list[Ended]] = {}
    for code, each in pairs:
        found.setdefault(code, []).append(each)
    lines = [_line(code, group) for code, group in found.items()]
    return tuple(sorted(lines, key=lambda line: (-line.total, line.code)))


def _line(code: str, group: Sequence[Ended]) -> Line:
    won = sum(each.outcome in WON for each in group)
    lost = sum(each.outcome in LOST for each in group)
    days = [each.days for each in group if each.days is not None]
    return Line(
        code=code,
        won=won,
        lost=lost,
        other=len(group) - won - lost,
        days=round(median(days)) if len(days) >= LEAST_TIMED else None,
        timed=len(days),
        granted=_sum(each.granted for each in group),
        charged=_sum(each.charged for each in group),
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    told = [amount for amount in amounts if amount is not None]
    return sum(told, Decimal(0)) if told else None
