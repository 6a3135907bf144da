from __future__ import annotations

from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "contrechamp.forum"
    label = "forum"

    def ready(self) -> None:
        """Look each minute at what waits, what is over, and what followers are to be told."""
        from contrechamp.foundation import jobs

        from . import tasks

        jobs.every_minute(tasks.look)
