from __future__ import annotations

from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "contrechamp.watch"
    label = "watch"

    def ready(self) -> None:
        """Let the process that runs jobs run sources whose time has come."""
        from contrechamp.foundation import jobs

        from . import tasks

        jobs.every_minute(tasks.look)
