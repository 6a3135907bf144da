"""Intervals of 95 % that several experiments give."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .late import special

Z95 = 1.959963984540054


def wilson(value: float, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of `count` trials (Wilson)."""
    square = Z95**2 / count
    middle = (value + square / 2) / (1 + square)
    half = Z95 * (value * (1 - value) / count + square / (4 * count)) ** 0.5 / (1 + square)
    low = max(middle - half, 0.0) if value > 0 else 0.0
    return low, min(middle + half, 1.0) if value < 1 else 1.0


def of_mean(values: Sequence[float]) -> tuple[float, tuple[float, float]]:
    """Return the standard error of the mean of several runs, and its interval (Student)."""
    count, mean = len(values), math.fsum(values) / len(values)
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (count - 1))
    error = spread / count**0.5
    half = float(special.stdtrit(count - 1, 0.975)) * error
    return error, (mean - half, mean + half)
