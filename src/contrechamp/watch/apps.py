from __future__ import annotations

from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "contrechamp.watch"
    label = "watch"

    def ready(self) -> None:
        """Let the process that runs jobs tell the alerts that are due."""
        from contrechamp.foundation.jobs import every_minute

        every_minute(_tell)


def _tell() -> None:
    from django.utils import timezone

    from . import services

    services.send_digests(timezone.now())
