"""Rules on opinions: their published file, their outcomes."""

from __future__ import annotations

from .asking import Asked, read_query
from .citing import Citing, Mention
from .kinds import Kind, kinds, surveillance_query
from .masking import masked
from .odds import Odds, odds_of
from .outcomes import Outcome, Sense, outcome_of, read_senses

__all__ = [
    "Asked",
    "Citing",
    "Kind",
    "Mention",
    "Odds",
    "Outcome",
    "Sense",
    "kinds",
    "masked",
    "odds_of",
    "outcome_of",
    "read_query",
    "read_senses",
    "surveillance_query",
]
