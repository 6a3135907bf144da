"""Small jobs: bring the index up to date when the moment itself had no time for it."""

from __future__ import annotations

from contrechamp.foundation.jobs import job

from . import services


@job()
def refresh_index() -> None:
    """Index all that waits; when another process does so, wait for it and look again."""
    services.refresh(wait=True)
