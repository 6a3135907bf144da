"""What the door's own files say: its keys, its address, how long it keeps a sealed file."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

from django.conf import settings

from contrechamp.desk.domain.keeping import Keeping, Leaving, leaving
from contrechamp.desk.models import Sheet


class Unreadable(OSError):
    """A file of the door cannot be read by the desk, or says nothing that it should."""


def _limits() -> dict[str, Any]:
    try:
        return tomllib.loads((settings.DESK_DOOR / "intake.toml").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Unreadable from error


def onion() -> str:
    """Return the address that the door answers to. Raises Unreadable."""
    return str(_limits().get("onion", "")) or "localhost"


def recipients() -> tuple[str, ...]:
    """Return the lines of the door's keys, as a statement names them. Raises Unreadable."""
    try:
        lines = (settings.DESK_DOOR / "recipients.txt").read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable from error
    keys = tuple(key for line in lines if (key := line.split("#", 1)[0].strip()))
    if not keys:  # A statement would be compared with nothing, and hold.
        raise Unreadable
    return keys


def keeping() -> Keeping | None:
    """Return how long the door keeps what is unread and what was collected; None: not known."""
    try:
        said = _limits()
    except Unreadable:
        return None
    days = said.get("keep_unread_days"), said.get("keep_collected_days")
    return Keeping(*days) if all(type(each) is int for each in days) else None  # type: ignore[arg-type]


def leaving_of(sheet: Sheet, kept: Keeping | None, today: date) -> Leaving | None:
    """Return when the door deletes a dossier; None when that is not known, or it is gone."""
    path = settings.DESK_DOOR / "orders" / f"{sheet.pk}.collected"
    if kept is None or sheet.size == 0:
        return None
    try:
        collected = date.fromisoformat(path.read_text("ascii").strip())
    except FileNotFoundError:
        collected = None
    except (OSError, ValueError):
        return None
    return leaving(kept, sheet.day, collected, today)
