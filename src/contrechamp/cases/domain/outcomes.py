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

from contrechamp.kernel.ranks import wilson

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
        return round(100 * self.won / self.known) if self.known >= LEAST else None

    @property
    def known(self) -> int:
        """Return how many were won or lost."""
        return self.won + self.lost

    @property
    def bounds(self) -> tuple[int, int] | None:
        """Return between which percents the share lies were more of them known (95 of 100)."""
        if self.share is None:
            return None
        found = wilson(self.won, self.known)
        return round(100 * found.low), round(100 * found.high)


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


# The picture

WIDTH, ROW, WORDS, BAR = 640, 62, 24, 26
"""Units of the picture: its width, height of a row, of the words in it, of the bar under them."""
PALETTE = {"won": 3, "lost": 2, "other": 6}
"""The number of each outcome in `ui.domain.palette`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One stretch of a bar: its count is written in it, so nothing hangs on its colour."""

    sort: str
    count: int
    x: float
    width: float

    @property
    def palette(self) -> int:
        """Return the number of its colour."""
        return PALETTE[self.sort]

    @property
    def middle(self) -> float:
        """Return where its count is written."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The bar of one kind or technology."""

    code: str
    y: int
    parts: tuple[Part, ...]

    @property
    def base(self) -> int:
        """Return where its words stand."""
        return self.y + WORDS - 4

    @property
    def top(self) -> int:
        """Return where its bar begins."""
        return self.y + WORDS + 4

    @property
    def inside(self) -> int:
        """Return where counts stand in it."""
        return self.top + BAR - 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Bars one under the other, all on one scale: one unit of length for each action."""

    bars: tuple[Bar, ...]
    width: int = WIDTH
    bar: int = BAR

    @property
    def height(self) -> int:
        """Return how high the picture is."""
        return ROW * len(self.bars)


def drawn(lines: Sequence[Line]) -> Plot:
    """Return the bars of some lines, in their order."""
    most = max((line.total for line in lines), default=1)
    unit = WIDTH / most
    return Plot(bars=tuple(_bar(line, number * ROW, unit) for number, line in enumerate(lines)))


def _bar(line: Line, y: int, unit: float) -> Bar:
    parts, x = [], 0.0
    for sort, count in (("won", line.won), ("lost", line.lost), ("other", line.other)):
        if count:
            parts.append(Part(sort=sort, count=count, x=round(x, 1), width=round(count * unit, 1)))
            x += count * unit
    return Bar(code=line.code, y=y, parts=tuple(parts))
