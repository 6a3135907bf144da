from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "contrechamp.web"
    label = "web"

    def ready(self) -> None:
        """Let jobs compute what takes long, and check what is quoted each night."""
        from contrechamp.foundation import jobs
        from contrechamp.foundation.later import later

        from . import signals

        signals.lab_computation_asked.connect(later("contrechamp.web.tasks.hear_computation"))
        jobs.every_minute(later("contrechamp.web.tasks.look"))
