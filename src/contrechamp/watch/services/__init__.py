"""The verbs of the watch."""

from __future__ import annotations

from .deciding import accept, correct, publish, reject, undo, withdraw
from .fetching import Ran
from .inbox import Taken, take_in
from .running import Busy, asked_for_later, due, ready, run_source
from .sources import add_source, known_sites, pause_source, resume_source

__all__ = [
    "Busy",
    "Ran",
    "Taken",
    "accept",
    "add_source",
    "asked_for_later",
    "correct",
    "due",
    "known_sites",
    "pause_source",
    "publish",
    "ready",
    "reject",
    "resume_source",
    "run_source",
    "take_in",
    "undo",
    "withdraw",
]
