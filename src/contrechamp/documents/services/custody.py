"""What happened to a document is written down, line after line."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from contrechamp.documents.models import CustodyEvent, Document
from contrechamp.kernel.errors import Refused

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


class NotYours(Refused):
    """The rights of the person do not reach so far."""

    status = 403


def moment_of(document: Document, now: datetime) -> datetime:
    """Return when something is said to have happened: of a gift the day, not the hour."""
    if document.origin == Document.Origin.RECEIVED:
        return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return now


def record(document: Document, what: str, *, by: User | None, at: datetime, **more: Any) -> None:
    """Add a line to what happened to a document."""
    name = by.get_username() if by else ""
    CustodyEvent.objects.create(document=document, at=at, what=what, by=name, **more)
