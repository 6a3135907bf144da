"""What the forum does by itself: each minute, and once a day."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from contrechamp.foundation import jobs

from .queries.federation import is_on
from .services import attaching, federating, tidying

_days: list[date] = []


def look() -> None:
    """Say what waits too long; publish what the operator wants unread; once a day forget."""
    now = timezone.now()
    tidying.raise_alarm(now)
    tidying.publish_unread(now)
    if _days[-1:] != [timezone.localdate(now)]:
        _days[:] = [timezone.localdate(now)]
        tidying.forget_old(now)
        attaching.sweep(now)
        federating.forget_old(now)
    if is_on():
        jobs.run_beside("federation", federate)


def federate() -> None:
    """Tell followers elsewhere what is new, and deliver what is due."""
    now = timezone.now()
    federating.tell_new(now)
    federating.deliver(now)
