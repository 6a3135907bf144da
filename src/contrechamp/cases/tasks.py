"""What actions do by themselves: listen to refusals, follow the days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.transaction import on_commit
from django.utils import timezone
from django.utils.timezone import localdate

from contrechamp.foundation import jobs
from contrechamp.foundation.jobs import job

from . import services

if TYPE_CHECKING:
    from contrechamp.cases.models import Action
    from contrechamp.foi.models import Request


def refusal_confirmed(sender: object, request: Request, **_: object) -> None:
    """The court is open on a refused request."""
    services.invite(request.pk, owner=request.author, now=timezone.now())


def look() -> None:
    """Look at the actions whose day has come, and at the windows that silence opens."""
    now = timezone.now()
    services.derive_due(now=now)
    services.resume_bundles()
    services.refresh_silent(now=now)
    if _written.get("day") != localdate(now):
        jobs.run_beside("windows", write_windows)
    if now.minute == 0:  # Once an hour, what is to be said.
        jobs.run_beside("reminders of actions", remind)


def remind() -> None:
    """Keep and send the reminders of the day."""
    now = timezone.now()
    services.note_due(now=now)
    services.send_reminders(now=now)


_written: dict[str, date] = {}
"""The day on which this process last wrote the whole list of windows."""


def write_windows() -> None:
    """Write the list of windows anew: once when the process starts, then after each midnight."""
    now = timezone.now()
    services.rebuild(now=now)
    _written["day"] = localdate(now)


def public_changed(sender: object, refs: Sequence[str] = (), **_: object) -> None:
    """What visitors get of acts, decisions or requests changed: so do their windows."""
    wanted = [ref for ref in refs if ref.startswith(("watch:act:", "census:", "foi:request:"))]
    if wanted:
        services.refresh(wanted, now=timezone.now())


def action_changed(sender: object, action: Action, **_: object) -> None:
    """A public action changed, or is public no more."""
    services.refresh_action(action, now=timezone.now())


@job()
def bind(key: str) -> None:
    """Make a bundle that was asked for."""
    services.make_bundle(key, now=timezone.now())


def bind_soon(sender: object, *, key: str, **_: object) -> None:
    """Let a bundle be made, once it is sure that it was asked for."""
    on_commit(lambda: bind.enqueue(key))
