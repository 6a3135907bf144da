"""Rules of comparing: what may be compared, how sure a place in a ranking is. Pure."""

from __future__ import annotations

from contrechamp.kernel.ranks import Bounds, Place, places_among, wilson

from .things import Cell, Comparison, Item, Profile, Shared, compare

__all__ = [
    "Bounds",
    "Cell",
    "Comparison",
    "Item",
    "Place",
    "Profile",
    "Shared",
    "compare",
    "places_among",
    "wilson",
]
