from __future__ import annotations

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "contrechamp.archive"
    label = "archive"

    def ready(self) -> None:
        """Let the process that runs jobs look at outside pages."""
        from contrechamp.foundation import jobs

        from . import tasks

        jobs.every_minute(tasks.look)
