"""Collections: ordered sets of documents with a title and a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from contrechamp.documents.models import Collection, CollectionItem, Document
from contrechamp.foundation.signals import public_changed
from contrechamp.kernel.errors import Refused, gettext_noop

from .publication import refs_of

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@transaction.atomic
def make_collection(*, title: str, text: str = "", actor: User) -> Collection:
    """Make a collection, seen by members alone. The same title gives the same collection."""
    slug = slugify(title)[:70]
    if not slug:
        raise Refused(gettext_noop("Donnez un titre à la collection, avec des lettres."))
    collection, _ = Collection.objects.get_or_create(
        slug=slug, defaults={"title": title.strip(), "text": text, "made_by": actor}
    )
    return collection


@transaction.atomic
def describe_collection(collection: Collection, *, title: str, text: str) -> None:
    """Change what is said of a collection; its address stays."""
    Collection.objects.filter(pk=collection.pk).update(title=title.strip(), text=text)
    _changed(collection)


@transaction.atomic
def collect(collection: Collection, documents: Iterable[Document]) -> None:
    """Add documents at the end of a collection. Adding one twice changes nothing."""
    last = collection.items.aggregate(last=Max("order"))["last"] or 0
    added = list(documents)
    for document in added:
        _, is_new = CollectionItem.objects.get_or_create(
            collection=collection, document=document, defaults={"order": last + 1}
        )
        last += is_new
    _changed(collection, added)


@transaction.atomic
def take_out(collection: Collection, document: Document) -> None:
    """Take a document out of a collection; the document stays."""
    collection.items.filter(document=document).delete()
    _changed(collection, [document])


@transaction.atomic
def show_collection(collection: Collection, *, actor: User, is_public: bool = True) -> None:
    """Let visitors see a collection (of its documents only the public ones), or hide it."""
    if not actor.is_editor:
        raise Refused(gettext_noop("Seul un éditeur rend une collection publique."))
    Collection.objects.filter(pk=collection.pk).update(is_public=is_public)
    held = Document.objects.filter(collected__collection=collection)
    _changed(collection, held, is_seen=True)


def _changed(
    collection: Collection, documents: Iterable[Document] = (), *, is_seen: bool = False
) -> None:
    """Tell that a collection changed, and what of its documents is searched in it.

    What the team alone sees is in no index: then there is nothing to tell of the documents.
    """
    refs = [f"documents:collection:{collection.slug}"]
    if is_seen or Collection.objects.filter(pk=collection.pk, is_public=True).exists():
        refs += [ref for document in documents for ref in refs_of(document)]
    public_changed.send(Collection, refs=refs)
