from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "contrechamp.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Let the process that runs jobs send mails of notices that are due."""
        from contrechamp.foundation import jobs

        from . import tasks

        jobs.every_minute(tasks.look)
