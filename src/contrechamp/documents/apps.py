from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "contrechamp.documents"
    label = "documents"

    def ready(self) -> None:
        """Join news and jobs: services know no jobs."""
        from contrechamp.foundation import jobs

        from . import signals, tasks

        signals.pages_queued.connect(tasks.recognise_soon, dispatch_uid="documents.recognise")
        jobs.every_minute(tasks.look)
