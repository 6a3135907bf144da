"""What worked: how actions ended, by kind and technology; a share from a least number on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contrechamp.kernel.ranks import wilson

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
