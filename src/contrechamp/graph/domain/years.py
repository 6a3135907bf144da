"""How many relations hold in each year, as far as their dates say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .network import Edge

LONGEST = 40
"""So many years at most: one wrong date must not make a thousand bars."""


@dataclass(frozen=True, slots=True)
class Year:
    """One bar."""

    year: int
    count: int


def per_year(edges: Iterable[Edge]) -> list[Year]:
    """Return for each year, from the first date to the last, how many dated relations hold in it.

    A relation that has begun and has no end holds to the last year that is known at all.
    """
    dated = [edge for edge in edges if edge.is_dated]
    known = sorted(day.year for e in dated for day in (e.earliest, e.latest) if day)
    if not known:
        return []
    last = known[-1]
    first = max(known[0], last - LONGEST + 1)
    changes = [0] * (last - first + 2)
    for edge in dated:
        begin = edge.earliest.year if edge.earliest else first
        end = edge.latest.year if edge.latest else last
        begin, end = max(begin, first), min(end, last)
        if begin <= end:
            changes[begin - first] += 1
            changes[end - first + 1] -= 1
    found, running = [], 0
    for number, change in enumerate(changes[:-1]):
        running += change
        found.append(Year(first + number, running))
    return found
