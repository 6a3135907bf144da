from __future__ import annotations

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "contrechamp.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        """Join news and jobs: services know no jobs."""
        from . import signals, tasks

        signals.wanted.connect(tasks.prepare_soon, dispatch_uid="dossiers.prepare")
