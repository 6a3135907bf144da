"""Classes of a map: into which of a few tints a number falls, with bounds that one can say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, inf, log10

STEPS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""What a bound may begin with: 15, 0.3, 2000. Nobody remembers 1,847."""
FEW_PEOPLE = 1_000
"""Below so many inhabitants one project more or less changes a rate so much that it says little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of a map's key: from `least` on, below `below` (the last has no bound)."""

    tint: int
    least: float
    below: float | None
    most: float
    """The largest number of the class that is on the map."""


def classes(numbers: Iterable[float], *, whole: bool = True, most: int = 4) -> tuple[Step, ...]:
    """Divide numbers above zero into at most so many classes, each as many times the one before.

    Counts of towns differ by factors and not by differences: equal ratios keep one capital from
    making all other places look alike. The bounds are rounded down to numbers that are easy to
    say, whole ones for counts. Zero and "not known" are no classes: they are drawn in ways of
    their own.
    """
    above = sorted(number for number in numbers if number > 0)
    if not above:
        return ()
    ratio = (above[-1] / above[0]) ** (1 / most)
    bounds = {_nice(above[0])} | {_nice(above[0] * ratio**part) for part in range(1, most)}
    least = sorted({float(ceil(bound)) for bound in bounds} if whole else bounds)
    held = [[n for n in above if low <= n < high] for low, high in pairwise([*least, inf])]
    used = [(low, group[-1]) for low, group in zip(least, held, strict=True) if group]
    # The darkest tint is always used: a map of one class must not look like a map of little.
    first = most - len(used) + 1
    return tuple(
        Step(
            tint=first + index,
            least=low,
            below=used[index + 1][0] if index + 1 < len(used) else None,
            most=largest,
        )
        for index, (low, largest) in enumerate(used)
    )


def tint_of(number: float | None, steps: tuple[Step, ...]) -> int:
    """Return the tint of a number: 0 for none, and for what is not known."""
    if not number or number <= 0 or not steps:
        return 0
    index = bisect_right([step.least for step in steps], number) - 1
    return steps[max(index, 0)].tint


def per_thousand(number: float | None, people: int | None) -> float | None:
    """Return a number per 1,000 inhabitants; nothing where either is not known."""
    if number is None or not people:
        return None
    return number * 1000 / people


def is_doubtful(people: int | None) -> bool:
    """Say whether a rate over so few people is to be read with care."""
    return bool(people) and (people or 0) < FEW_PEOPLE


def rounded(number: float) -> float:
    """Return a rate to two figures that matter: 4.7, 0.31, 0.0082; whole from 10 on."""
    if number <= 0:
        return 0.0
    digits = 1 - floor(log10(number))
    return round(number, max(digits, 0))


def _nice(number: float) -> float:
    """Return the largest number not above this one that is easy to say."""
    scale = 10.0 ** floor(log10(number))
    # 3e-05 / 1e-05 is a hair below 3: without the margin a bound would fall a step too low.
    first = max(step for step in STEPS if step <= number / scale * (1 + 1e-9) or step == 1.0)
    return min(float(f"{first * scale:.3g}"), number)
