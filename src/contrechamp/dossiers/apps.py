from __future__ import annotations

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "contrechamp.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        """Join news and jobs: services know no jobs."""
        from contrechamp.foundation.later import later

        from . import signals

        signals.wanted.connect(
            later("contrechamp.dossiers.tasks.prepare_soon"), dispatch_uid="dossiers.prepare"
        )
