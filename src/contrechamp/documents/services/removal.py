"""Take a document away as if it had never come: what travels with the software, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.documents.models import BatchItem, Document, File, Quote
from contrechamp.foundation.signals import public_changed
from contrechamp.foundation.store import store

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@transaction.atomic
def remove_untouched(sha256: str, *, author: User, unused_quotes: set[str]) -> bool:
    """Remove a content and its document; return whether that was done.

    Only what `author` brought, and only while nobody else has cited it or brought it too.
    `unused_quotes` are the quotes on which nothing rests any more: the room above knows.
    """
    documents = Document.objects.filter(versions__file=sha256)
    if not documents.exists() or documents.exclude(added_by=author).exists():
        return False
    if Quote.objects.filter(file=sha256).exclude(pk__in=unused_quotes).exists():
        return False
    pages = File.objects.get(pk=sha256).pages.values_list("number", flat=True)
    refs = [f"documents:page:{sha256}/{number}" for number in pages]
    refs += [f"documents:document:{document.pk}" for document in documents]
    Quote.objects.filter(file=sha256).delete()
    BatchItem.objects.filter(document__in=documents).delete()
    documents.delete()
    File.objects.filter(pk=sha256).delete()
    public_changed.send(Document, refs=refs)
    transaction.on_commit(lambda: store().forget(sha256))
    return True
