"""The graph of projects, authorities, companies and money, as the census publishes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.db import transaction


class GraphConfig(AppConfig):
    name = "contrechamp.graph"
    label = "graph"

    def ready(self) -> None:
        from contrechamp.foundation.signals import public_changed

        public_changed.connect(_hear, dispatch_uid="graph")


def _hear(sender: object, refs: Sequence[str] = (), **more: Any) -> None:
    from . import services

    if any(ref.startswith("census:") for ref in refs):
        services.note_change()
        transaction.on_commit(_lay_out, robust=True)


def _lay_out() -> None:
    from . import tasks

    tasks.refresh_layout.enqueue()
