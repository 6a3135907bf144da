"""Small jobs: lay the graph out after it changed."""

from __future__ import annotations

from contrechamp.foundation.jobs import job

from . import services


@job()
def refresh_layout() -> None:
    """Lay the graph out, once for all changes that came before."""
    if not services.is_laid_out():
        services.rebuild_layout()
