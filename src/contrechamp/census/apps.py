from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from contrechamp.documents.models import Document


class CensusConfig(AppConfig):
    name = "contrechamp.census"
    label = "census"

    def ready(self) -> None:
        """Join documents to their facts, a schedule to its job, and news to the edition."""
        from contrechamp.documents import signals as documents
        from contrechamp.foundation.signals import public_changed

        from . import signals

        documents.document_published.connect(_follow_document, dispatch_uid="census")
        documents.document_withdrawn.connect(_follow_document, dispatch_uid="census")
        documents.copy_published.connect(_follow_copy, dispatch_uid="census")
        signals.publication_scheduled.connect(_wait, dispatch_uid="census")
        public_changed.connect(_note_edition, dispatch_uid="census")


def _follow_document(document: Document, **_: Any) -> None:
    from django.utils import timezone

    from . import services

    hashes = document.versions.values_list("file", flat=True)
    services.documents_changed(list(hashes), now=timezone.now())


def _follow_copy(original: str, copy: str, quotes: Mapping[str, str], **_: Any) -> None:
    from django.utils import timezone

    from . import services

    services.cite_copy(original, copy, quotes, now=timezone.now())


def _note_edition(sender: object, refs: Sequence[str] = (), **_: Any) -> None:
    from . import services

    services.note_edition(refs)


def _wait(at: datetime, **_: Any) -> None:
    from . import tasks

    tasks.publish_due.using(run_after=at).enqueue()
