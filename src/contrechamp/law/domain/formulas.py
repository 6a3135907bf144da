"""The closed set of formulas that a rule may name: nothing of a pack is ever evaluated.

`a` is the anchor, `k` the months of distance. M adds months, R rolls to a worked day, F is a franc
period, WD adds working days: the operators are those of `kernel.periods`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from contrechamp.kernel.dates import add_days, add_months
from contrechamp.kernel.periods import add_worked, franc, next_worked


def _roll(day: date, _: int) -> date:
    return next_worked(day)


def _start(day: date, _: int) -> date:
    return day


OPERATORS: Mapping[str, Callable[[date, int], date]] = {
    "START": _start,
    "M": add_months,
    "DAYS": add_days,
    "WD": add_worked,
    "R": _roll,
    "F": franc,
}
"""What the `op` of a line of a derivation does to its day; a derivation is replayed with these."""


@dataclass(frozen=True, slots=True)
class Op:
    """One operator of a formula. `why`: its basis, where it is not the rule's own."""

    name: str
    n: int = 0
    with_distance: bool = False
    why: str = ""

    def months(self, distance: int) -> int:
        """Return how many it adds, the distance included where it lengthens the period."""
        return self.n + distance if self.with_distance else self.n


END_OF_DAY = Op("DAYS", 1, why="born at the end of the day")
DAY_BEFORE = Op("DAYS", -1, why="strict reading, not rolled")
ROLL = Op("R", why="CPC 642")

FORMULAS: Mapping[str, tuple[Op, ...]] = {
    "a": (),
    "earliest": (),
    "a+1": (END_OF_DAY,),
    "M(a,1)": (Op("M", 1),),
    "M(a,2)": (Op("M", 2),),
    "M(a,3)": (Op("M", 3),),
    "M(a,4)": (Op("M", 4),),
    "M(a,12)": (Op("M", 12),),
    "M(a,60)": (Op("M", 60),),
    "M(a,2+k)": (Op("M", 2, with_distance=True),),
    "M(a,2)-1": (Op("M", 2), DAY_BEFORE),
    "R(M(a,2))": (Op("M", 2), ROLL),
    "a+2": (Op("DAYS", 2),),
    "a+15": (Op("DAYS", 15),),
    "R(a+16)": (Op("DAYS", 16), ROLL),
    "F(a,1)": (Op("F", 1),),
    "F(a,2)": (Op("F", 2),),
    "F(a,2+k)": (Op("F", 2, with_distance=True),),
    "WD(a,1)": (Op("WD", 1),),
    "WD(a,10)": (Op("WD", 10),),
}
