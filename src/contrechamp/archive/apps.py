from __future__ import annotations

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "contrechamp.archive"
    label = "archive"

    def ready(self) -> None:
        """Let the process that runs jobs look at outside pages."""
        from contrechamp.foundation import jobs
        from contrechamp.foundation.later import later

        jobs.every_minute(later("contrechamp.archive.tasks.look"))
