"""What is known of a content that is, or is to be, an exhibit: for `domain.entering`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from contrechamp.cases.domain.entering import Known, Work
from contrechamp.cases.models import Action, SourceDecision
from contrechamp.documents import queries as documents

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.documents.models import Document, Version

RECEIVED, PRIVATE, PUBLIC = "RECEIVED", "PRIVATE", "PUBLIC"
PUBLISHED, WITHDRAWN = "PUBLISHED", "WITHDRAWN"


def known_of(action: Action, sha256: str, actor: User, *, now: datetime | None = None) -> Known:
    """Return what is known of a content for somebody of the team."""
    rows = documents.visible_to(actor).filter(versions__file=sha256).distinct()
    return Known(
        works=tuple(work_of(row, now or timezone.now()) for row in rows),
        is_open=documents.find_visible(sha256, actor) is not None,
        is_decided=decision_of(action, sha256) is not None,
    )


def work_of(row: Document, now: datetime) -> Work:
    """Return a document as the rules see it."""
    is_shown = row.embargo_until is None or row.embargo_until <= now
    return Work(
        is_private=row.access == PRIVATE,
        is_withdrawn=row.state == WITHDRAWN,
        is_received=row.origin == RECEIVED,
        is_public=row.state == PUBLISHED and row.access == PUBLIC and is_shown,
    )


def decision_of(action: Action, sha256: str) -> SourceDecision | None:
    """Return the decision of two people that lets a source's document in, or None."""
    return (
        SourceDecision.objects.filter(action=action, sha256=sha256, ended_at=None)
        .exclude(confirmed_by=None)
        .first()
    )


def version_of(sha256: str, actor: User) -> Version | None:
    """Return the version whose document may be shown: neither private nor withdrawn first."""
    version = documents.find_visible(sha256, actor)
    if version is None:
        return None
    rows = documents.visible_to(actor).filter(versions__file=version.file_id)
    best = rows.exclude(access=PRIVATE).exclude(state=WITHDRAWN).order_by("pk").first()
    if best is None or best.pk == version.document_id:
        return version
    return best.versions.select_related("file", "document").get(file=version.file_id)
