"""Numbers as French and English readers write them, for the sentences of experiments."""

from __future__ import annotations

import math

from .model import Text

NBSP = "\N{NO-BREAK SPACE}"
THIN = "\N{NARROW NO-BREAK SPACE}"
NOTHING = Text("—", "—")
UNKNOWN = Text("inconnu", "unknown")


def amount(value: float | None, digits: int = 0) -> Text:
    """Return a number with so many decimals: `1 234,5` and `1,234.5`."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    rounded = round(float(value), digits) + 0.0  # No minus before a nought.
    english = f"{rounded:,.{digits}f}"
    french = english.replace(",", THIN).replace(".", ",").replace("-", "−")
    return Text(french, english.replace("-", "−"))


def share(value: float | None, digits: int = 1) -> Text:
    """Return a share of 1 in per cent: `93,2 %` and `93.2%`."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    said = amount(100 * value, digits)
    return Text(f"{said.fr}{NBSP}%", f"{said.en}%")


def between(low: float | None, high: float | None, digits: int = 1) -> Text:
    """Return an interval of shares: `92,8 à 93,6 %` and `92.8 to 93.6%`."""
    if low is None or high is None:
        return UNKNOWN
    start, end = amount(100 * low, digits), share(high, digits)
    return Text(f"{start.fr} à {end.fr}", f"{start.en} to {end.en}")


def between_amounts(low: float | None, high: float | None, digits: int = 0) -> Text:
    """Return an interval of numbers: `12 à 15` and `12 to 15`."""
    start, end = amount(low, digits), amount(high, digits)
    return Text(f"{start.fr} à {end.fr}", f"{start.en} to {end.en}")
