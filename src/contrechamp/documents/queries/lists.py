"""Lists of documents and collections, narrowed by what a person asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Q, QuerySet

from contrechamp.documents.domain import passages
from contrechamp.documents.models import Batch, BatchItem, Collection, Document, File, OcrPage

from .cards import collections
from .documents import visible_to

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

    Reader = User | AnonymousUser


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list is narrowed to; empty means all."""

    words: str = ""
    doc_type: str = ""
    origin: str = ""
    year: str = ""
    state: str = ""
    collection: str = ""

    @property
    def is_narrow(self) -> bool:
        """Answer whether anything is asked for."""
        return any((self.words, self.doc_type, self.origin, self.year, self.state, self.collection))


def wanted(asked: Mapping[str, str], reader: Reader) -> Wanted:
    """Read what is asked for; a visitor cannot ask for a state."""
    year = asked.get("annee", "")
    return Wanted(
        words=asked.get("q", "").strip()[:200],
        doc_type=asked.get("type", ""),
        origin=asked.get("origine", ""),
        year=year if year.isdecimal() and len(year) == 4 else "",
        state=asked.get("etat", "") if reader.is_authenticated else "",
        collection=asked.get("collection", ""),
    )


def listed(asked: Wanted, reader: Reader) -> QuerySet[Document]:
    """Return the documents that a person may read and asks for, the newest first."""
    found = visible_to(reader).filter(versions__file__area=File.Area.OPEN)
    if asked.words:
        found = found.filter(pk__in=_with_words(found, asked.words))
    narrowed = {
        "doc_type": asked.doc_type,
        "origin": asked.origin,
        "state": asked.state,
        "dated_earliest__year": asked.year,
    }
    found = found.filter(**{name: value for name, value in narrowed.items() if value})
    if asked.collection:
        seen = collections(reader).filter(slug=asked.collection)
        found = found.filter(collected__collection__in=seen)
    order = "published_at" if not reader.is_authenticated else "added_at"
    return found.distinct().order_by(F(order).desc(nulls_last=True), "pk")


def public_after(asked: Wanted, after: str, limit: int) -> list[Document]:
    """Return the next public documents by identifier, for programs that read all of them."""
    found = listed(asked, AnonymousUser()).filter(pk__gt=after)
    return list(found.order_by("pk")[:limit])


def _with_words(found: QuerySet[Document], words: str) -> list[str]:
    """Return those with all the words in title or author, whatever case, accents and plural.

    The database folds no accents; titles are short, so that reading them all costs little.
    """
    if re.fullmatch(r"[0-9a-f]{12,64}", words):
        hashed = found.filter(versions__file__sha256__startswith=words)
        return list(hashed.values_list("pk", flat=True))
    wanted = passages.terms(words)
    rows = found.order_by().values_list("pk", "title", "author_text").distinct()
    return [
        key
        for key, title, author in rows.iterator()
        if passages.has_all(f"{title} {author}", wanted)
    ]


def years(reader: Reader) -> list[int]:
    """Return the years of the documents that a person may read, the newest first."""
    days = visible_to(reader).exclude(dated_earliest=None).dates("dated_earliest", "year")
    return sorted({day.year for day in days}, reverse=True)


def counted_collections(reader: Reader) -> QuerySet[Collection]:
    """Return the collections that a person may see, each with the number of what they may read."""
    seen = visible_to(reader).filter(versions__file__area=File.Area.OPEN)
    count = Count("items", filter=Q(items__document__in=seen), distinct=True)
    return collections(reader).annotate(documents_count=count).order_by("title")


def find_batch(batch_id: str, reader: Reader) -> Batch | None:
    """Return an arrival for who made it, or for an editor, or None."""
    found = Batch.objects.filter(id=batch_id).select_related("by").first()
    if found is None or not reader.is_authenticated:
        return None
    if found.by_id == reader.pk:
        return found
    hides = found.items.filter(document__access=Document.Access.PRIVATE).exists()
    return found if reader.is_editor and not hides else None


def batches_of(reader: User) -> QuerySet[Batch]:
    """Return a member's own arrivals, the newest first, with how many files each had."""
    return Batch.objects.filter(by=reader).annotate(files=Count("items")).order_by("-at")


def batch_items(batch: Batch) -> QuerySet[BatchItem]:
    """Return what became of each file of an arrival: refusals first."""
    return (
        batch.items.select_related("document")
        .prefetch_related("document__versions__file")
        .order_by("-state", "path")
    )


def batch_documents(batch: Batch, reader: User) -> QuerySet[Document]:
    """Return the documents of an arrival that the person may read."""
    return visible_to(reader).filter(arrivals__batch=batch).distinct()


def batch_files(batch: Batch) -> list[str]:
    """Return the contents of an arrival."""
    found = File.objects.filter(versions__document__arrivals__batch=batch)
    return list(found.values_list("sha256", flat=True).distinct())


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchProgress:
    """How many files came in and how far their pages are read."""

    added: int
    known: int
    refused: int
    pages: int
    waiting: int
    failed: int
    reading: int
    """Contents whose pages are not in the tables yet."""

    @property
    def done(self) -> int:
        """Return how many pages need nothing more."""
        return max(self.pages - self.waiting - self.failed, 0)

    @property
    def is_over(self) -> bool:
        """Answer whether nothing is under way."""
        return not (self.waiting or self.reading)


def batch_progress(batch: Batch) -> BatchProgress:
    """Count what became of an arrival."""
    states = dict(batch.items.values_list("state").annotate(count=Count("pk")).order_by())
    files = File.objects.filter(sha256__in=batch_files(batch))
    ledger = OcrPage.objects.filter(page__file__in=files).values_list("state")
    counts = dict(ledger.annotate(count=Count("pk")).order_by())
    return BatchProgress(
        added=states.get("ADDED", 0),
        known=states.get("KNOWN", 0),
        refused=states.get("REFUSED", 0),
        pages=sum(files.values_list("pages_count", flat=True)),
        waiting=counts.get("QUEUED", 0) + counts.get("RUNNING", 0),
        failed=counts.get("FAILED", 0),
        reading=files.filter(read_state="waiting").count(),
    )
