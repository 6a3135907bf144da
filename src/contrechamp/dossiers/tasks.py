"""Jobs of the dossiers."""

from __future__ import annotations

from django.db.transaction import on_commit
from django.utils import timezone

from contrechamp.foundation.jobs import job

from . import services


@job()
def prepare(key: str) -> None:
    """Make one file that was asked for."""
    services.prepare(key, now=timezone.now())


def prepare_soon(sender: object, *, key: str, **_: object) -> None:
    """Let a file be made, once it is sure that it was asked for."""
    on_commit(lambda: prepare.enqueue(key))
