"""What is known of a content that is, or is to be, an exhibit: for `domain.entering`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from contrechamp.cases.domain.entering import Known, Work
from contrechamp.cases.models import Action, SourceDecision
from contrechamp.documents import queries as documents

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.documents.models import Version

RECEIVED, PRIVATE, PUBLIC = "RECEIVED", "PRIVATE", "PUBLIC"
OPEN, PUBLISHED, WITHDRAWN = "OPEN", "PUBLISHED", "WITHDRAWN"


def known_of(action: Action, sha256: str, actor: User, *, now: datetime | None = None) -> Known:
    """Return what is known of a content for somebody of the team."""
    return known_of_many(action, [sha256], actor, now=now)[sha256]


def known_of_many(
    action: Action, keys: Sequence[str], actor: User, *, now: datetime | None = None
) -> dict[str, Known]:
    """Return what is known of each content, with two questions for all."""
    moment = now or timezone.now()
    found: dict[str, Known] = {key: Known() for key in keys}
    rows = documents.visible_to(actor).filter(versions__file__in=list(keys))
    decided = set(_decisions(action).values_list("sha256", flat=True))
    for key, area, *said in rows.order_by("pk").values_list(
        "versions__file", "versions__file__area", *FIELDS
    ):
        before = found[key]
        found[key] = Known(
            works=(*before.works, work_of(*said, now=moment)),
            is_open=area == OPEN,
            is_decided=key in decided,
        )
    return found


FIELDS = ("access", "state", "origin", "embargo_until")


def work_of(
    access: str, state: str, origin: str, embargo: datetime | None, *, now: datetime
) -> Work:
    """Return a document as the rules see it."""
    is_shown = embargo is None or embargo <= now
    return Work(
        is_private=access == PRIVATE,
        is_withdrawn=state == WITHDRAWN,
        is_received=origin == RECEIVED,
        is_public=state == PUBLISHED and access == PUBLIC and is_shown,
    )


def _decisions(action: Action) -> QuerySet[SourceDecision]:
    """Return what two people have let in, and nobody took back."""
    rows = SourceDecision.objects.filter(action=action, ended_at=None)
    return rows.exclude(confirmed_by=None)


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
