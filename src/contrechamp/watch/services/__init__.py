"""The verbs of the watch."""

from __future__ import annotations

from .alerting import add_alert, change_alert, confirm_alert, end_alert, remove_alert, send_digests
from .deciding import accept, correct, publish, reject, undo, withdraw
from .fetching import Ran
from .inbox import Taken, take_in
from .known import bring_known, remove_known
from .reaching import fetcher
from .running import Busy, asked_for_later, due, ready, run_source
from .sources import add_source, known_sites, pause_source, resume_source

__all__ = [
    "Busy",
    "Ran",
    "Taken",
    "accept",
    "add_alert",
    "add_source",
    "asked_for_later",
    "bring_known",
    "change_alert",
    "confirm_alert",
    "correct",
    "due",
    "end_alert",
    "fetcher",
    "known_sites",
    "pause_source",
    "publish",
    "ready",
    "reject",
    "remove_alert",
    "remove_known",
    "resume_source",
    "run_source",
    "send_digests",
    "take_in",
    "undo",
    "withdraw",
]
