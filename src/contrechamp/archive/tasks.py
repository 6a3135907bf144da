"""What is done by itself: pages elsewhere are copied and looked at, some at a time."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from contrechamp.foundation import jobs

from . import services


def look_round() -> None:
    """Look at what is due. Pauses between requests make it long: it is no job."""
    services.look_round(now=timezone.now())


def look() -> None:
    """Begin a round, unless one runs or nothing is to be asked of anybody."""
    if settings.CONTRECHAMP.archive_sources:
        jobs.run_beside("archive", look_round)
