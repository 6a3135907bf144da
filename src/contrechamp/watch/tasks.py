"""Jobs of the watch: sources whose time has come are run, one after the other."""

from __future__ import annotations

import logging

from django.utils import timezone

from contrechamp.foundation import jobs
from contrechamp.foundation.jobs import job

from . import services


@job()
def run_due() -> None:
    """Run the source that waits longest; come again while others wait.

    One at a time, so that other jobs have their turn between.
    """
    for name in services.due(timezone.now()):
        try:
            services.run_source(name)
        except services.Busy:
            continue
        logging.getLogger(__name__).info("Ran %s", name)
        break
    else:
        return
    if services.due(timezone.now()):
        jobs.enqueue_once(run_due)


def look() -> None:
    """Let sources run whose time has come."""
    if services.due(timezone.now()):
        jobs.enqueue_once(run_due)
