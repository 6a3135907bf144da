"""Kept results of one's own tables, and the public tables that one may take: reads."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from contrechamp.documents.queries import documents
from contrechamp.foundation.store import store
from contrechamp.web.models import KeptAudit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from contrechamp.accounts.models import User
    from contrechamp.documents.models import Version

MIME = "text/csv"
MOST_TABLES = 30


def find_kept(key: str, today: date) -> KeptAudit | None:
    """Return the kept result of that name while it is kept, or None."""
    return KeptAudit.objects.filter(pk=key, until__gte=today).first()


def kept_by(user: User | AnonymousUser, today: date) -> QuerySet[KeptAudit]:
    """Return what a member keeps, the newest first."""
    if not user.is_authenticated:
        return KeptAudit.objects.none()
    return KeptAudit.objects.filter(owner=user.pk, until__gte=today).order_by("-kept_on", "pk")


def public_tables(most_bytes: int) -> list[Version]:
    """Return CSV files of public documents that are small enough, the newest documents first."""
    return documents.public_files(MIME, most_bytes, MOST_TABLES)


def public_table(sha256: str, most_bytes: int) -> bytes | None:
    """Return the content of a public CSV, or None: any other address is not looked at."""
    version = documents.find_public(sha256) if len(sha256) == 64 else None
    if version is None or version.file.mime != MIME or version.file.bytes > most_bytes:
        return None
    try:
        with store().open(version.file_id) as body:
            return body.read(most_bytes + 1)
    except KeyError:
        return None
