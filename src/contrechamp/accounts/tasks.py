"""What is looked at each minute: who asked to be erased seven days ago."""

from __future__ import annotations

from django.utils import timezone

from . import services


def look() -> None:
    """Erase the accounts whose time has come."""
    services.erase_due(timezone.now())
