"""Where a number stands on an axis, which numbers the axis names, and how they are written."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

THIN = "\u202f"
"""Between thousands, in French; English has a comma."""
RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


class Scale(Protocol):
    """What turns a value into a place between 0 and 1, and names some values."""

    @property
    def low(self) -> float:
        """Return the value at 0."""

    @property
    def high(self) -> float:
        """Return the value at 1."""

    def at(self, value: float) -> float:
        """Return where a value stands, from 0 to 1."""

    def between(self, low: float | None, high: float | None) -> Scale:
        """Return the same scale between other ends, where they are given."""

    def ticks(self, most: int) -> list[float]:
        """Return round values to name, at most so many."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Equal steps for equal differences."""

    low: float
    high: float

    def at(self, value: float) -> float:
        """Return where a value stands, from 0 to 1."""
        return (value - self.low) / ((self.high - self.low) or 1.0)

    def between(self, low: float | None, high: float | None) -> Scale:
        """Return the same scale between other ends, where they are given."""
        return Linear(self.low if low is None else low, self.high if high is None else high)

    def ticks(self, most: int) -> list[float]:
        """Return multiples of 1, 2, 2.5 or 5 times a power of ten."""
        span = self.high - self.low
        if not span > 0:
            return [self.low]
        step = _step(span, most)
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [round(n * step, 12) for n in range(first, last + 1)]


@dataclass(frozen=True, slots=True)
class Logarithmic:
    """Equal steps for equal ratios: for what goes from a hundred to a thousand million."""

    low: float
    high: float

    def at(self, value: float) -> float:
        """Return where a value stands, from 0 to 1; what is not above 0 stands at the edge."""
        if value <= 0:
            return 0.0
        return (math.log10(value) - math.log10(self.low)) / (
            (math.log10(self.high) - math.log10(self.low)) or 1.0
        )

    def between(self, low: float | None, high: float | None) -> Scale:
        """Return the same scale between other ends, where they are given."""
        return Logarithmic(self.low if low is None else low, self.high if high is None else high)

    def ticks(self, most: int) -> list[float]:
        """Return powers of ten, some of them where there are many."""
        first = math.ceil(math.log10(self.low) - 1e-9)
        last = math.floor(math.log10(self.high) + 1e-9)
        step = max(1, math.ceil((last - first + 1) / most))
        return [10.0**n for n in range(first, last + 1, step)]


def _step(span: float, most: int) -> float:
    raw = span / max(1, most - 1)
    power = 10.0 ** math.floor(math.log10(raw))
    return next((n * power for n in STEPS if n * power >= raw * (1 - 1e-9)), 10 * power)


def fit(values: Iterable[float], *, with_zero: bool) -> Linear:
    """Return a linear scale that holds all values, its ends round; shares keep 0 to 1."""
    found = [value for value in values if math.isfinite(value)]
    if not found:
        return Linear(0.0, 1.0)
    low, high = min(found), max(found)
    if with_zero or (0 <= low < 0.4 * high):
        low = min(0.0, low)
        high = max(0.0, high)
    if low == high:
        around = abs(low) / 2 or 0.5
        return Linear(low - around if low else 0.0, high + around)
    if low >= 0 and 0.7 < high <= 1:
        return Linear(0.0 if low < 0.4 else math.floor(low * 10 - 0.5) / 10, 1.0)
    step = _step(high - low, 6)
    return Linear(
        round(math.floor(low / step + 1e-9) * step, 12),
        round(math.ceil(high / step - 1e-9) * step, 12),
    )


def spread(values: Sequence[float]) -> Linear:
    """Return the scale of an axis along which something is followed: no more than its ends."""
    found = [value for value in values if math.isfinite(value)]
    if not found:
        return Linear(0.0, 1.0)
    low, high = min(found), max(found)
    if low == high:
        return Linear(low - 0.5, high + 0.5)
    return Linear(low, high)


def logarithmic(values: Iterable[float]) -> Logarithmic:
    """Return a scale of ratios over whole powers of ten."""
    found = [value for value in values if math.isfinite(value) and value > 0]
    low, high = (min(found), max(found)) if found else (1.0, 10.0)
    first, last = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
    return Logarithmic(10.0**first, 10.0 ** max(last, first + 1))


def written(value: float | None, language: str) -> str:
    """Write a number for people: four significant digits, thousands apart, the language's point."""
    if value is None or not math.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    size = abs(value)
    if size >= 1e15 or size < 1e-4:
        text = f"{value:.3g}"
        mantissa, _, power = text.partition("e")
        raised = str(int(power or 0)).translate(RAISED)
        text = f"{mantissa} × 10{raised}" if power else mantissa
        return _pointed(text, language)
    decimals = max(0, 3 - math.floor(math.log10(size)))
    text = f"{value:,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return _pointed(text, language)


def _pointed(text: str, language: str) -> str:
    text = text.replace("-", "−")
    if language != "fr":
        return text
    return text.replace(",", THIN).replace(".", ",")


def of_axis(ticks: Sequence[float], language: str) -> list[str]:
    """Write the values of an axis, all with as many decimals as the finest of them needs."""
    if any(abs(one) >= 1e6 for one in ticks):
        return [_large(one, language) for one in ticks]
    sizes = [abs(one) for one in ticks if one]
    is_ratio = bool(sizes) and max(sizes) / min(sizes) > 100 and 0 not in ticks
    if is_ratio or any(one < 1e-4 for one in sizes):
        return [written(one, language) for one in ticks]
    decimals = max((_decimals(one) for one in ticks), default=0)
    return [_pointed(f"{one:,.{decimals}f}", language) for one in ticks]


def _decimals(value: float) -> int:
    text = f"{value:.6f}".rstrip("0")
    return len(text.partition(".")[2])


def _large(value: float, language: str) -> str:
    million, milliard = ("M", "Md") if language == "fr" else ("M", "bn")
    for size, name in ((1e9, milliard), (1e6, million)):
        if abs(value) >= size:
            return f"{written(value / size, language)} {name}"
    return written(value, language)
