"""What the laboratory computes while nobody waits."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date
from threading import get_native_id
from time import monotonic
from urllib.parse import parse_qsl

from django.utils.timezone import localdate

from contrechamp.foundation import jobs
from contrechamp.foundation.jobs import job
from contrechamp.lab import registry
from contrechamp.web.domain.lab.asking import Asked, read
from contrechamp.web.services import own
from contrechamp.web.services.lab import running, verifying

STARTED, SETTLING_S = monotonic(), 120.0
"""A server that has just started has other work first."""
NICE = 10
_days: list[date] = []


@job
def compute(experiment: str, query: str) -> None:
    """Compute one result that a page waits for."""
    asked = read(registry.get(experiment), parse_qsl(query))
    if isinstance(asked, Asked):
        running.finish(asked)


def hear_computation(*, experiment: str, query: str, **_: object) -> None:
    """Let a job compute what was asked for."""
    compute.enqueue(experiment, query)


def look() -> None:
    """Once a day forget results whose time is over; check all that is quoted, each night and after
    each change of the program.
    """
    today = localdate()
    if _days[-1:] != [today]:
        _days[:] = [today]
        own.forget_ended(today=today)
    if monotonic() - STARTED > SETTLING_S and verifying.is_due():
        jobs.run_beside("lab", _verify)


def _verify() -> None:
    """Make the table behind everything else that this machine does."""
    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, get_native_id(), NICE)  # Of this thread alone, on Linux.
    verifying.verify_and_keep()
