"""What the watch does by itself: sources whose time has come are run, one after the other."""

from __future__ import annotations

import logging

from django.utils import timezone

from contrechamp.foundation import jobs

from . import services


def run_due() -> None:
    """Run each source whose time has come, once. What one does stops no other."""
    for name in services.due(timezone.now()):
        try:
            services.run_source(name)
        except services.Busy:
            continue
        # A source that nobody foresaw must not keep the others from running.
        except Exception:
            logging.getLogger(__name__).exception("The source %s failed", name)


def look() -> None:
    """Let sources run whose time has come. A run may take hours: it is no job."""
    if services.due(timezone.now()):
        jobs.run_beside("watch", run_due)
