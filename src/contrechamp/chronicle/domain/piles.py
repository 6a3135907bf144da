"""Facts that lie together in a drawing: by family and unit of time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .families import family_of
from .periods import UNITS, heap_bounds

Pile = tuple[str, date, date, bool]
"""Family, first day, last day, and whether its dates are looser than the unit."""
_Bounds = tuple[str, date | None, date | None, date | None]


def pile(
    tallies: Iterable[tuple[str, date | None, date | None, date | None, int]],
    finest: int,
    most: int,
) -> dict[Pile, int]:
    """Count what lies together, by the finest of `UNITS` from a number on that gives few enough.

    `tallies`: property, earliest, begun, latest, and how many facts have these.
    """
    kinds: dict[_Bounds, int] = {}
    for property_, earliest, begun, latest, count in tallies:
        key = (family_of(property_), earliest, begun, latest)
        kinds[key] = kinds.get(key, 0) + count
    counts: dict[Pile, int] = {}
    for unit in UNITS[finest:]:
        counts = {}
        for (family, earliest, begun, latest), number in kinds.items():
            if where := heap_bounds(earliest, begun, latest, unit):
                pile_key = (family, *where)
                counts[pile_key] = counts.get(pile_key, 0) + number
            if len(counts) > most and unit != UNITS[-1]:
                break
        else:
            break
    return counts
