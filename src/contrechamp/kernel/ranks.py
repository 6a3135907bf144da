"""How sure a place in a ranking is.

A value is known between two bounds: what is proved, and all that is published; or, for a share of
few cases, the interval of E. B. Wilson, "Probable inference, the law of succession, and
statistical inference", Journal of the American Statistical Association 22 (1927), 209-212, which
stays within 0 and 1 and holds for small numbers, as the usual ± does not.

One is surely before another only when its lower bound is above the other's upper bound. So each
has a best and a worst place; where they differ, the order is not certain and the page says so.
Pure.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054
"""Of the normal distribution: 95 of 100 lie within."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between what a value lies."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"{self.low} is above {self.high}")

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Place:
    """The best and the worst place that a row can have, from 1."""

    best: int
    worst: int

    @property
    def is_sure(self) -> bool:
        return self.best == self.worst


def places_among(rows: Sequence[Bounds]) -> list[Place]:
    """Return the place of each, the highest value first; equal values share theirs.

    best = 1 + how many are surely above, worst = how many may be at or above.
    """
    lows = sorted(row.low for row in rows)
    highs = sorted(row.high for row in rows)
    count = len(rows)
    return [
        Place(
            best=1 + count - bisect_right(lows, row.high),
            worst=count - bisect_left(highs, row.low),
        )
        for row in rows
    ]


def wilson(hits: int, cases: int, z: float = Z95) -> Bounds:
    """Return between which shares (0 to 1) the true one lies, by Wilson's score interval."""
    if not 0 <= hits <= cases or cases == 0:
        raise ValueError(f"{hits} of {cases}")
    share, square = hits / cases, z * z
    middle = (share + square / (2 * cases)) / (1 + square / cases)
    half = (
        z / (1 + square / cases) * sqrt(share * (1 - share) / cases + square / (4 * cases * cases))
    )
    low = 0.0 if hits == 0 else max(middle - half, 0.0)
    high = 1.0 if hits == cases else min(middle + half, 1.0)
    return Bounds(low, high)
