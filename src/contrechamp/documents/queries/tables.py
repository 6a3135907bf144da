"""Documents and the texts of their pages as rows of an export."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from contrechamp.documents.models import Document, File, TextLayer, Version

from .documents import public

Row = tuple[object, ...]
OWN = (
    *("document_id", "file_id", "document__title", "document__doc_type", "document__dated_text"),
    *("document__source_url", "file__pages_count", "document__author_text", "document__language"),
    *("document__origin", "number", "file__bytes", "file__mime", "document__place_codes"),
)


def document_rows(documents: QuerySet[Document] | None = None) -> Iterator[Row]:
    """Yield one row for each content that a document had, of those that anybody may read.

    Other documents, for whoever may read them, as given.
    """
    chosen = public() if documents is None else documents
    rows = Version.objects.filter(document__in=chosen, file__area=File.Area.OPEN)
    rows = rows.order_by("document", "number", "pk")
    for *said, places in rows.values_list(*OWN).iterator(chunk_size=1_000):
        yield (*said, " | ".join(places))


def page_rows() -> Iterator[Row]:
    """Yield hash, page and current text of each page that anybody may read."""
    shown = Version.objects.filter(document__in=public(), file__area=File.Area.OPEN)
    layers = TextLayer.objects.filter(page__file__in=shown.values("file"), is_current=True)
    rows = layers.exclude(text="").order_by("page__file", "page__number")
    rows_of = rows.values_list("page__file", "page__number", "text")
    yield from rows_of.iterator(chunk_size=200)
