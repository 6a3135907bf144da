from __future__ import annotations

from django.apps import AppConfig


class FoiConfig(AppConfig):
    name = "contrechamp.foi"
    label = "foi"

    def ready(self) -> None:
        """Listen to the mail, and look each minute at what a day that has come changes."""
        from contrechamp.foundation import jobs
        from contrechamp.mail import signals

        from . import signals as own
        from . import tasks

        signals.sent.connect(tasks.sent)
        signals.arrived.connect(tasks.arrived)
        signals.taken_out.connect(tasks.taken_out)
        signals.bounced.connect(tasks.bounced)
        signals.checked.connect(tasks.checked)
        own.batch_asked.connect(tasks.go_on_soon)
        own.public_changed.connect(tasks.public_changed)
        jobs.every_minute(tasks.look)
