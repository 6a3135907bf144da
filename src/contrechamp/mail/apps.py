"""Letters by e-mail that are evidence: what we sent, what came, when the mailbox was read."""

from __future__ import annotations

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "contrechamp.mail"
    label = "mail"

    def ready(self) -> None:
        """Let the process that runs jobs send what is due and read the mailbox."""
        from contrechamp.foundation import jobs
        from contrechamp.foundation.later import later

        jobs.every_minute(later("contrechamp.mail.tasks.look"))
