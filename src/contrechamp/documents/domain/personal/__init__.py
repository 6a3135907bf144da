"""What of a text may tell of a private person: numbers, addresses, names. Proposals, no verdicts.

A machine finds what has a form, and misses the rest: a signature, a face, a nickname. Whoever
publishes looks at each page.
"""

from __future__ import annotations

from .kinds import BY_HAND, REASONS, Kind, Passage
from .screening import RULES, screen

__all__ = ["BY_HAND", "REASONS", "RULES", "Kind", "Passage", "screen"]
