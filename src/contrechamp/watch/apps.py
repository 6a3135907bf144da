from __future__ import annotations

from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "contrechamp.watch"
    label = "watch"

    def ready(self) -> None:
        """Let the process that runs jobs look for sources and alerts that are due."""
        from contrechamp.foundation import jobs
        from contrechamp.foundation.later import later

        jobs.every_minute(later("contrechamp.watch.tasks.look"))
        jobs.every_minute(_tell)


def _tell() -> None:
    from django.utils import timezone

    from . import services

    services.send_digests(timezone.now())
