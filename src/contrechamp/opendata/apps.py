from __future__ import annotations

from django.apps import AppConfig


class OpendataConfig(AppConfig):
    name = "contrechamp.opendata"
    label = "opendata"

    def ready(self) -> None:
        """Let the process that runs jobs make the dump when its hour has come."""
        from contrechamp.foundation import jobs
        from contrechamp.foundation.later import later

        jobs.every_minute(later("contrechamp.opendata.tasks.look"))
