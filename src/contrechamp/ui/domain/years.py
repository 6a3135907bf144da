"""How many in each year, as bars that lie on one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

STEP, GAP, TALL = 10, 1, 48
LEAST = 2
"""A year with one thing among thousands is still seen."""
LONGEST = 120
"""Years whose gaps are kept; of a longer time only the years that have something are drawn."""


class Count(Protocol):
    """What a caller has for one year; `url` and `is_chosen` are for those who filter by year."""

    year: int
    count: int
    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in a drawing 50 high and 10 wide for each year."""

    year: int
    x: int
    left: int
    y: int
    height: int
    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """All bars; `first` and `last` are years, empty when there is none."""

    bars: tuple[Bar, ...]
    width: int
    first: str
    last: str


def lay_out(counts: Iterable[Count]) -> Bars:
    """Place one bar for each year; years without anything leave their room empty."""
    kept = sorted((each for each in counts if each.count > 0), key=lambda each: each.year)
    if not kept:
        return Bars((), 0, "", "")
    first, last = kept[0].year, kept[-1].year
    most = max(each.count for each in kept)
    spread = last - first < LONGEST
    bars = []
    for place, each in enumerate(kept):
        x = STEP * (each.year - first if spread else place)
        height = max(LEAST, round(TALL * each.count / most))
        bars.append(
            Bar(
                year=each.year,
                x=x,
                left=x + GAP,
                y=50 - height,
                height=height,
                label=each.label,
                url=each.url,
                is_chosen=each.is_chosen,
            )
        )
    return Bars(tuple(bars), bars[-1].x + STEP, str(first), str(last))
