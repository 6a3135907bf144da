"""The verbs of the watch."""

from __future__ import annotations

from .alerting import add_alert, change_pace, confirm_alert, end_alert, remove_alert, send_digests
from .deciding import accept, correct, publish, reject, undo, withdraw
from .inbox import Taken, take_in

__all__ = [
    "Taken",
    "accept",
    "add_alert",
    "change_pace",
    "confirm_alert",
    "correct",
    "end_alert",
    "publish",
    "reject",
    "remove_alert",
    "send_digests",
    "take_in",
    "undo",
    "withdraw",
]
