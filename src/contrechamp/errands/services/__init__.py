"""The verbs of errands."""

from __future__ import annotations

from .doing import answer, hand, leave, refill, settle, take_back

__all__ = ["answer", "hand", "leave", "refill", "settle", "take_back"]
