"""The dump of the night, made beside everything else."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from contrechamp.foundation import jobs

from . import services

AGAIN = timedelta(hours=1)
"""After a failure (a full disk) it is tried again, and not every minute."""
_tried: list[datetime] = []


def look() -> None:
    """Make the dump when its hour has come. It may take minutes: it is no job."""
    now = timezone.now()
    if services.is_due(timezone.localtime(now)) and not (_tried and now - _tried[-1] < AGAIN):
        _tried[:] = [now]
        jobs.run_beside("opendata", make)


def make() -> None:
    """Make the dump of today."""
    services.make_tonights(timezone.localtime())
