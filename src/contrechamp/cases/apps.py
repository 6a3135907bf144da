from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "contrechamp.cases"
    label = "cases"

    def ready(self) -> None:
        """Listen to refusals that are confirmed, and look each minute at what a day changes."""
        from contrechamp.foi.signals import refusal_confirmed
        from contrechamp.foundation import jobs

        from . import tasks

        refusal_confirmed.connect(tasks.refusal_confirmed)
        jobs.every_minute(tasks.look)
