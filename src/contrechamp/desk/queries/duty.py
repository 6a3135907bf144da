"""Who is on duty, and what the signed statement says today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from airlock import canary
from contrechamp.desk.domain.roster import Duty, read_roster, week_of
from contrechamp.desk.models import Reader

from . import door


@dataclass(frozen=True, slots=True)
class Declared:
    """The statement that lies at the door, or why it must not be believed: then without text."""

    text: str = ""
    trouble: str = ""
    """Empty, or a word of `airlock.canary.REASONS`."""
    until: date | None = None
    is_old: bool = False
    """It is time to sign the next."""


def roster() -> Mapping[str, Duty]:
    """Return who is on duty by week; empty without a roster. Raises Misconfigured."""
    path = settings.DESK_DATA / "roster.toml"
    if not path.exists():
        return {}
    codes = set(Reader.objects.filter(is_active=True).values_list("code", flat=True))
    return read_roster(path.read_text("utf-8"), codes)


def on_duty(day: date) -> Duty | None:
    """Return who is on duty in the week of a day."""
    return roster().get(week_of(day))


def declared(now: datetime) -> Declared:
    """Return what the statement says, verified now with the door's own list of signers.

    Its text is returned only while it holds: signed, in time, of this door's keys and address.
    Where keys or address cannot be read to compare, it does not hold.
    """
    folder, today = settings.DESK_DOOR / "canary", timezone.localtime(now).date()
    names = ("statement.txt", "statement.txt.sig", "allowed_signers")
    statement, signature, signers = (folder / name for name in names)
    try:
        keys, onion = door.recipients(), door.onion()
        held = canary.verify(statement, signature, signers, today, recipients=keys, onion=onion)
    except canary.CanaryError as error:
        return Declared(trouble=error.reason)
    except door.Unreadable:
        return Declared(trouble="keys" if statement.exists() else "missing")
    return Declared(text=held.text(), until=held.valid_until, is_old=held.is_stale(today))
