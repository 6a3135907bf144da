from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "contrechamp.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Keep the month of the last sign-in, not the minute; look who leaves."""
        from django.contrib.auth.signals import user_logged_in

        from contrechamp.foundation import jobs
        from contrechamp.foundation.later import later

        user_logged_in.disconnect(dispatch_uid="update_last_login")
        jobs.every_minute(later("contrechamp.accounts.tasks.look"))
