"""One search over every room, read through their plugs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.db import transaction

AT_ONCE = 200
"""So many changes are indexed before the answer to who made them; the rest is a job."""


class SearchConfig(AppConfig):
    name = "contrechamp.search"
    label = "search"

    def ready(self) -> None:
        from contrechamp.foundation.signals import public_changed

        from .signals import too_much

        public_changed.connect(_hear, dispatch_uid="search")
        too_much.connect(_leave_to_a_job, dispatch_uid="search")


def _hear(sender: object, refs: Sequence[str] = (), **more: Any) -> None:
    from . import services

    services.note(refs)
    # Robust: what was done is done, even when the index cannot be written. When one act sends
    # much news, the first call does it all and the others find nothing to do.
    transaction.on_commit(_refresh, robust=True)


def _refresh() -> None:
    from . import services, tasks

    if not services.refresh(most=AT_ONCE):
        tasks.refresh_index.enqueue()


def _leave_to_a_job(sender: object, **more: Any) -> None:
    from . import tasks

    tasks.refresh_index.enqueue()
