"""What actions do by themselves: listen to refusals, follow the days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.transaction import on_commit
from django.utils import timezone

from contrechamp.foundation.jobs import job

from . import services

if TYPE_CHECKING:
    from contrechamp.foi.models import Request


def refusal_confirmed(sender: object, request: Request, **_: object) -> None:
    """The court is open on a refused request."""
    services.invite(request.pk, owner=request.author, now=timezone.now())


def look() -> None:
    """Look at the actions whose day has come."""
    services.derive_due(now=timezone.now())
    services.resume_bundles()


@job()
def bind(key: str) -> None:
    """Make a bundle that was asked for."""
    services.make_bundle(key, now=timezone.now())


def bind_soon(sender: object, *, key: str, **_: object) -> None:
    """Let a bundle be made, once it is sure that it was asked for."""
    on_commit(lambda: bind.enqueue(key))
