from __future__ import annotations

from django.apps import AppConfig


class FoiConfig(AppConfig):
    name = "contrechamp.foi"
    label = "foi"

    def ready(self) -> None:
        """Listen to the mail, and look each minute at what a day that has come changes."""
        from contrechamp.foundation import jobs
        from contrechamp.foundation.later import later
        from contrechamp.mail import signals

        from . import signals as own

        signals.sent.connect(later("contrechamp.foi.tasks.sent"))
        signals.arrived.connect(later("contrechamp.foi.tasks.arrived"))
        signals.taken_out.connect(later("contrechamp.foi.tasks.taken_out"))
        signals.bounced.connect(later("contrechamp.foi.tasks.bounced"))
        signals.checked.connect(later("contrechamp.foi.tasks.checked"))
        own.batch_asked.connect(later("contrechamp.foi.tasks.go_on_soon"))
        own.public_changed.connect(later("contrechamp.foi.tasks.public_changed"))
        jobs.every_minute(later("contrechamp.foi.tasks.look"))
