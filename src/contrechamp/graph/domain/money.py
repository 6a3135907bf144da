"""Money as width: how wide an edge is drawn for its amount. Amounts are never added up here.

Widths go with the logarithm: a framework of ten million would else hide every contract of ten
thousand. An amount is an estimate, a maximum, a sum awarded or paid: the words beside it say which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import floor, log10

from .network import Edge

THIN, WIDEST = 1, 16
LOWEST, STEP = 3.0, 3.6
"""A thousand euros are as thin as a line is; each tenfold is so much wider."""
SAMPLES = 3


def width(amount: float) -> int:
    """Return how wide an amount in euros is drawn."""
    if amount <= 0:
        return THIN
    return max(THIN + 1, min(WIDEST, round(2 + STEP * (log10(amount) - LOWEST))))


def amount_of(edge: Edge) -> float | None:
    """Return the amount of an edge in euros, or None."""
    try:
        return None if edge.amount is None else float(edge.amount)
    except ValueError:
        return None


def widths(edges: Mapping[str, Edge]) -> dict[str, int]:
    """Return the width of each edge: thin without an amount."""
    return {
        key: THIN if (amount := amount_of(edge)) is None else width(amount)
        for key, edge in edges.items()
    }


def samples(edges: Iterable[Edge]) -> list[tuple[float, int]]:
    """Return three round amounts that span those shown, with their widths, for the legend."""
    amounts = [found for edge in edges if (found := amount_of(edge)) is not None and found > 0]
    if not amounts:
        return []
    low, high = floor(log10(min(amounts))), floor(log10(max(amounts)))
    high = max(high, low + 2)
    steps = sorted({low, (low + high) // 2, high})[:SAMPLES]
    return [(10.0**power, width(10.0**power)) for power in steps]


def kinds(edges: Iterable[Edge]) -> list[tuple[str, str]]:
    """Return the kinds of amounts that are shown, each with its tax: they are not alike."""
    return sorted({(edge.amount_kind, edge.tax) for edge in edges if edge.amount is not None})
