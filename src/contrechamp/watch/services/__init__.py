"""The verbs of the watch."""

from __future__ import annotations

from .deciding import accept, correct, publish, reject, undo, withdraw
from .fetching import Ran
from .inbox import Taken, take_in
from .running import Busy, due, run_source
from .sources import add_source, known_sites, pause_source, resume_source

__all__ = [
    "Busy",
    "Ran",
    "Taken",
    "accept",
    "add_source",
    "correct",
    "due",
    "known_sites",
    "pause_source",
    "publish",
    "reject",
    "resume_source",
    "run_source",
    "take_in",
    "undo",
    "withdraw",
]
