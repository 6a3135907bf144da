"""Intervals of 95 % that several experiments give."""

from __future__ import annotations

Z95 = 1.959963984540054


def wilson(value: float, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of `count` trials (Wilson)."""
    square = Z95**2 / count
    middle = (value + square / 2) / (1 + square)
    half = Z95 * (value * (1 - value) / count + square / (4 * count)) ** 0.5 / (1 + square)
    low = max(middle - half, 0.0) if value > 0 else 0.0
    return low, min(middle + half, 1.0) if value < 1 else 1.0
