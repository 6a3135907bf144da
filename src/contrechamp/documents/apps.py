from __future__ import annotations

from django.apps import AppConfig
from django.db import transaction


class DocumentsConfig(AppConfig):
    name = "contrechamp.documents"
    label = "documents"

    def ready(self) -> None:
        """Join news and jobs: services know no jobs."""
        from contrechamp.foundation import jobs
        from contrechamp.foundation.later import later

        from . import signals

        signals.page_text_ready.connect(_find_quotes_again, dispatch_uid="documents.quotes")
        signals.pages_queued.connect(
            later("contrechamp.documents.tasks.recognise_soon"), dispatch_uid="documents.recognise"
        )
        jobs.every_minute(later("contrechamp.documents.tasks.look"))


def _find_quotes_again(sender: object, pages: list[tuple[str, int]], **_: object) -> None:
    # After the commit: boxes are measured in another process, and nobody waits for that with
    # the database held.
    from .services import anchor_pages

    transaction.on_commit(lambda: anchor_pages(pages))
