"""The same act on many documents: those of one arrival."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from contrechamp.documents.models import Collection, Document

from .collections import collect
from .publication import describe_document, submit_document

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@transaction.atomic
def describe_all(
    documents: Iterable[Document],
    *,
    collection: Collection | None = None,
    actor: User,
    now: datetime,
    **fields: Any,
) -> None:
    """Say the same of all documents: all or none."""
    described = list(documents)
    if fields:
        for document in described:
            describe_document(
                document, expected_version=document.version, actor=actor, now=now, **fields
            )
    if collection is not None:
        collect(collection, described)


@transaction.atomic
def submit_all(documents: Iterable[Document], *, actor: User, now: datetime) -> None:
    """Hand all drafts to a second person."""
    for document in documents:
        if document.state == Document.State.DRAFT:
            submit_document(document, actor=actor, now=now)
