"""Documents and pages: reads. What is not public does not exist for a visitor.

A content (`File`) is open to whom one of its documents is open. `Version` joins the two: the
reads by hash return it, so that a page knows both what it shows and what work it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Collection as CollectionOf
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from contrechamp.documents.models import (
    Collection,
    CollectionItem,
    Document,
    File,
    Page,
    Redaction,
    RedactionBox,
    TextLayer,
    Version,
)

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from contrechamp.accounts.models import User

SHORTEST = 12
"""Hexadecimal digits of a hash that name a content when no other begins so."""


def public(now: datetime | None = None) -> QuerySet[Document]:
    """Return the documents that anybody may read at that moment."""
    now = now or timezone.now()
    return Document.objects.filter(
        Q(embargo_until=None) | Q(embargo_until__lte=now),
        state=Document.State.PUBLISHED,
        access=Document.Access.PUBLIC,
    )


def public_with(files: CollectionOf[str], now: datetime | None = None) -> list[str]:
    """Return the documents that anybody may read and that have one of these contents.

    Two steps: joined, the database would hold each public document against each content.
    """
    holders = Version.objects.filter(file__in=files).values_list("document_id", flat=True)
    return list(public(now).filter(pk__in=set(holders)).values_list("pk", flat=True))


def visible_to(user: User | AnonymousUser | None) -> QuerySet[Document]:
    """Return the documents that a person may read: a visitor public ones, a member the team's."""
    if user is None or not user.is_authenticated:
        return public()
    return Document.objects.exclude(~Q(added_by=user.pk), access=Document.Access.PRIVATE)


def find_document(document_id: str, user: User | AnonymousUser | None) -> Document | None:
    """Return the document of that identifier if the person may read it, or None."""
    return visible_to(user).filter(id=document_id).first()


def find_public(sha256_or_prefix: str, now: datetime | None = None) -> Version | None:
    """Return the version of a public document that has this content, or None.

    A beginning of 12 digits or more will do when only one public content begins so.
    """
    return _find(sha256_or_prefix, public(now))


def public_files(mime: str, most_bytes: int, limit: int = 30) -> list[Version]:
    """Return contents of one sort of public documents, up to a size, the newest documents first."""
    found = _versions(public()).filter(
        file__mime=mime, file__bytes__lte=most_bytes, file__area=File.Area.OPEN
    )
    newest = found.select_related("file", "document").order_by("-document__published_at", "pk")
    return list({version.file_id: version for version in reversed(newest[:limit])}.values())[::-1]


def find_visible(sha256_or_prefix: str, user: User | AnonymousUser | None) -> Version | None:
    """Do what `find_public` does, among the documents that a person may read."""
    return _find(sha256_or_prefix, visible_to(user))


def find_withdrawn(sha256: str) -> Version | None:
    """Return the version of a document that was public and was withdrawn, or None."""
    was_public = Document.objects.filter(
        Q(embargo_until=None)
        | Q(embargo_until__lte=F("published_at"))
        | Q(embargo_until__date__lt=F("withdrawn_on")),
        state=Document.State.WITHDRAWN,
        published_at__isnull=False,
    )
    return _find(sha256, was_public) if len(sha256) == 64 else None


def find_replaced(sha256: str) -> Redaction | None:
    """Return the public copy of that hash that another one has replaced, or None."""
    if len(sha256) != 64:
        return None
    rows = Redaction.objects.filter(
        copy=sha256, state=Redaction.State.REPLACED, document__in=public()
    )
    return rows.select_related("document").first()


def redaction_log(sha256: str) -> Redaction | None:
    """Return the public copy of that hash with its boxes, for everybody; or None."""
    rows = Redaction.objects.filter(copy=sha256, state=Redaction.State.PUBLIC)
    return rows.prefetch_related(
        Prefetch("boxes", RedactionBox.objects.order_by("page", "pk"))
    ).first()


def find_redaction(redaction_id: str, document: Document) -> Redaction | None:
    """Return a public copy of a document, whatever its state, for editors."""
    rows = Redaction.objects.filter(pk=redaction_id, document=document)
    return rows.select_related("document", "original", "copy", "made_by").first()


def redactions_of(document: Document) -> QuerySet[Redaction]:
    """Return the public copies of a document that were not given up, newest first."""
    rows = Redaction.objects.filter(document=document).exclude(state=Redaction.State.DROPPED)
    return rows.select_related("copy", "made_by", "confirmed_by").order_by("-made_at", "-pk")


def is_public(sha256: str, now: datetime | None = None) -> bool:
    """Answer whether anybody may read this content."""
    return _versions(public(now)).filter(file=sha256).exists()


def public_titles(keys: Sequence[str]) -> dict[str, str]:
    """Return the titles of those of these contents that anybody may read, by hash."""
    rows = _versions(public()).filter(file__in=list(keys))
    # The first one published wins, as at the address of a page.
    rows = rows.order_by("-document__published_at", "-document__added_at", "-number", "-pk")
    return dict(rows.values_list("file_id", "document__title"))


def public_contents(now: datetime | None = None) -> QuerySet[Version]:
    """Return the versions that anybody may read, for a condition of another query (`file`)."""
    return _versions(public(now))


def contents_of(documents: Sequence[str]) -> list[str]:
    """Return the hashes of all versions of some documents, whoever may read them."""
    if not documents:
        return []
    rows = Version.objects.filter(document__in=list(documents)).order_by("file_id")
    return list(rows.values_list("file_id", flat=True).distinct())


def public_papers(keys: Sequence[str], now: datetime | None = None) -> list[tuple[str, str, str]]:
    """Return hash, SHA-1 and title of those of these contents that anybody may read, by hash.

    Of several documents with one content the first by identifier gives the title.
    """
    open_ones = Version.objects.filter(file__in=list(keys), file__area=File.Area.OPEN)
    rows = sorted(open_ones.values_list("file_id", "document_id", "pk", "file__sha1"))
    # In two steps, as in `public_with`.
    holders = list({document for _, document, *_ in rows})
    titles: dict[str, str] = {}
    for start in range(0, len(holders), 900):
        chosen = public(now).filter(pk__in=holders[start : start + 900])
        titles |= dict(chosen.values_list("pk", "title"))
    found: dict[str, tuple[str, str, str]] = {}
    for key, document, _, sha1 in rows:
        if document in titles:
            found.setdefault(key, (key, sha1, titles[document]))
    return list(found.values())


def public_collections(slugs: Sequence[str]) -> dict[str, str]:
    """Return the titles of those of these collections that visitors may see, by slug."""
    rows = Collection.objects.filter(slug__in=list(slugs), is_public=True)
    return dict(rows.values_list("slug", "title"))


def collections_of(documents: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return by document the slugs of the public collections that hold it, with one question."""
    found: dict[str, tuple[str, ...]] = {}
    rows = CollectionItem.objects.filter(document__in=list(documents), collection__is_public=True)
    for key, slug in rows.order_by("collection__slug").values_list(
        "document_id", "collection__slug"
    ):
        found[key] = (*found.get(key, ()), slug)
    return found


def _versions(documents: QuerySet[Document]) -> QuerySet[Version]:
    return Version.objects.filter(document__in=documents, file__area=File.Area.OPEN)


def _find(sha256_or_prefix: str, documents: QuerySet[Document]) -> Version | None:
    if not re.fullmatch(f"[0-9a-f]{{{SHORTEST},64}}", sha256_or_prefix):
        return None
    last = sha256_or_prefix.ljust(64, "f")
    found = list(
        _versions(documents)
        .filter(file__gte=sha256_or_prefix.ljust(64, "0"), file__lte=last)
        .select_related("file", "document", "document__added_by")
        .order_by("file", "document__published_at", "document__added_at", "number", "pk")[:20]
    )
    return found[0] if len({version.file_id for version in found}) == 1 else None


def pages(sha256: str) -> QuerySet[Page]:
    """Return the pages of a content, in order."""
    return Page.objects.filter(file=sha256).order_by("number")


def find_page(sha256: str, number: int) -> Page | None:
    """Return one page of a content, or None."""
    return Page.objects.filter(file=sha256, number=number).first()


def current_layer(sha256: str, page: int) -> TextLayer | None:
    """Return the text of a page that is shown and searched, with its boxes, or None."""
    return TextLayer.objects.filter(page__file=sha256, page__number=page, is_current=True).first()


def current_text(sha256: str, page: int) -> str | None:
    """Return what a page says; empty while it waits for recognition; None without such a page."""
    row = (
        Page.objects.filter(file=sha256, number=page)
        .values_list("layers__text", "layers__is_current")
        .order_by("-layers__is_current")
        .first()
    )
    if row is None:
        return None
    return row[0] or "" if row[1] else ""


def texts(sha256: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, str]]:
    """Yield the number and the current text of each page that has one, in order."""
    rows = TextLayer.objects.filter(page__file=sha256, is_current=True)
    if numbers is not None:
        rows = rows.filter(page__number__in=list(numbers))
    yield from (
        rows.order_by("page__number").values_list("page__number", "text").iterator(chunk_size=200)
    )


def drawn_from(file: File) -> tuple[str, str]:
    """Return the key and the kind of the content that a file's pages are drawn from."""
    return (file.rendition, "pdf") if file.rendition else (file.sha256, file.kind)
