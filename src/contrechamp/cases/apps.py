from __future__ import annotations

from django.apps import AppConfig

from .domain.flags import flag_kinds
from .domain.grounds import library


class CasesConfig(AppConfig):
    name = "contrechamp.cases"
    label = "cases"

    def ready(self) -> None:
        """Check the law that is shipped; listen to refusals; look each minute at what changes."""
        from contrechamp.foi.signals import refusal_confirmed
        from contrechamp.foundation import jobs
        from contrechamp.foundation.later import later
        from contrechamp.foundation.signals import public_changed

        from . import signals

        library()
        flag_kinds()
        refusal_confirmed.connect(later("contrechamp.cases.tasks.refusal_confirmed"))
        signals.bundle_wanted.connect(
            later("contrechamp.cases.tasks.bind_soon"), dispatch_uid="cases.bind"
        )
        jobs.every_minute(later("contrechamp.cases.tasks.look"))
        public_changed.connect(
            later("contrechamp.cases.tasks.public_changed"), dispatch_uid="cases windows"
        )
        signals.changed.connect(
            later("contrechamp.cases.tasks.action_changed"), dispatch_uid="cases windows"
        )
        signals.public_changed.connect(
            later("contrechamp.cases.tasks.action_changed"), dispatch_uid="cases windows"
        )
