"""Rules of errands: when two people agree, and which errand is handed next."""

from __future__ import annotations

from .agreeing import Answer, Outcome, State, outcome
from .handing import LEASE, Candidate, choose

__all__ = ["LEASE", "Answer", "Candidate", "Outcome", "State", "choose", "outcome"]
