"""The same act on many documents: those that somebody brought in at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from contrechamp.documents.models import Collection, Document, OcrPage
from contrechamp.documents.signals import pages_queued

from .arrival import add_paths
from .collections import collect
from .ocr import retry_failed
from .publication import describe_document, submit_document

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def add_uploads(
    names: Mapping[Path, str],
    *,
    title: str = "",
    dated: dict[str, Any] | None = None,
    actor: User,
    now: datetime,
    **wishes: Any,
) -> str:
    """Take in what came by a form, each with its name; return the identifier of the arrival.

    The title is for a single file. What is known already is left as it is described.
    """
    report = add_paths(
        list(names),
        actor=actor,
        now=now,
        names=names,
        record_known=True,
        **wishes,
    )
    added = [entry.id for entry in report.documents if entry.state == "added" and entry.id]
    fields = dict(dated or {})
    if title and len(report.documents) == 1:
        fields["title"] = title
    if fields:
        describe_all(Document.objects.filter(pk__in=added), actor=actor, now=now, **fields)
    return report.batch or ""


@transaction.atomic
def read_again(keys: Iterable[str]) -> int:
    """Let pages wait again on which recognition failed, and say that they do; return how many."""
    count = retry_failed(keys)
    if count:
        pages_queued.send(OcrPage)
    return count


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
