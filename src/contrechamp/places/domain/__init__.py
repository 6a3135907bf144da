"""Rules of places: what a town's name means, what was typed in a box, how a map is drawn."""

from __future__ import annotations

from .resolve import Outcome, Resolution, Town, resolve_town, spellings, split_towns
from .typed import Typed, read_typed

__all__ = [
    "Outcome",
    "Resolution",
    "Town",
    "Typed",
    "read_typed",
    "resolve_town",
    "spellings",
    "split_towns",
]
