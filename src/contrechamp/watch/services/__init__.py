"""The verbs of the watch."""

from __future__ import annotations

from .deciding import accept, correct, publish, reject, undo, withdraw
from .inbox import Taken, take_in

__all__ = ["Taken", "accept", "correct", "publish", "reject", "take_in", "undo", "withdraw"]
