"""What is looked at each minute: who asked to be erased seven days ago, and old tries."""

from __future__ import annotations

from django.utils import timezone

from . import services


def look() -> None:
    """Erase the accounts whose time has come; forget the wrong tries of another day."""
    now = timezone.now()
    services.erase_due(now)
    services.forget_old_tries(now)
