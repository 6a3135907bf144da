"""What actions do by themselves: listen to refusals, follow the days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from . import services

if TYPE_CHECKING:
    from contrechamp.foi.models import Request


def refusal_confirmed(sender: object, request: Request, **_: object) -> None:
    """The court is open on a refused request."""
    services.invite(request.pk, owner=request.author, now=timezone.now())


def look() -> None:
    """Look at the actions whose day has come."""
    services.derive_due(now=timezone.now())
