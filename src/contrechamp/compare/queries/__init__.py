"""Reads of the public census for comparisons and rankings."""

from __future__ import annotations

from .profiles import MEASURES, SETS, profile
from .rankings import Ranking, RankRow, ranking, rankings
from .things import KINDS, Choice, Found, find, suggestions

__all__ = [
    "KINDS",
    "MEASURES",
    "SETS",
    "Choice",
    "Found",
    "RankRow",
    "Ranking",
    "find",
    "profile",
    "ranking",
    "rankings",
    "suggestions",
]
