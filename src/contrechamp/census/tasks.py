"""Small jobs of the census."""

from __future__ import annotations

from django.utils import timezone

from contrechamp.foundation.jobs import job

from . import services


@job()
def publish_due() -> int:
    """Show the accepted claims whose time has come."""
    return len(services.publish_due(now=timezone.now()))
