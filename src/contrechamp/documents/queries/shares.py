"""What documents and quotes give to others: read as a visitor reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Max
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext, ngettext

from contrechamp.documents.models import Document, Quote, Version
from contrechamp.foundation import vocabulary
from contrechamp.ui.domain.share import Gone, Share, Shared

from .cards import collection_items, collections
from .documents import find_public, find_withdrawn, public
from .lists import counted_collections
from .quotes import quotes_of

if TYPE_CHECKING:
    from contrechamp.documents.models import Collection


def _version(key: str) -> Version | Gone | None:
    found = find_public(key)
    if found is None:
        return Gone() if find_withdrawn(key) else None
    return found


def read_document(key: str) -> Shared:
    """Return what a public document gives to others, by its hash."""
    version = _version(key)
    return document_share(version) if isinstance(version, Version) else version


def document_share(version: Version) -> Share:
    """Return what a document gives to others. Its address names its bytes: it is its own state."""
    document = version.document
    pages = version.file.pages_count
    quotes = quotes_of(version.file_id).count()
    figures = [
        ngettext("{n} page", "{n} pages", pages).format(n=pages) if pages else "",
        ngettext("{n} passage cité", "{n} passages cités", quotes).format(n=quotes)
        if quotes
        else "",
    ]
    return Share(
        sort="document",
        id=version.file_id[:16],
        label=_kind(document),
        title=document.title,
        url=reverse("documents:document", args=[version.file_id]),
        at=document.published_at or document.added_at,
        summary=", ".join(filter(None, [document.author_text, document.dated_text])),
        figures=tuple(filter(None, figures)),
        author=document.author_text,
        dated=document.dated_text,
        sha256=version.file_id,
    )


def _kind(document: Document) -> str:
    words = vocabulary.label("document_types", document.doc_type)
    return words[:1].upper() + words[1:]


def read_page(key: str, number: int) -> Shared:
    """Return what a page of a public document gives to others."""
    version = _version(key)
    if not isinstance(version, Version):
        return version
    if not 1 <= number <= max(version.file.pages_count, 1):
        return None
    share = document_share(version)
    page = gettext("page {page}").format(page=number)
    return Share(
        sort="document",
        id=f"{share.id}-p{number}",
        label=share.label,
        title=f"{share.title}, {page}",
        url=reverse("documents:page", args=[version.file_id, number]),
        at=share.at,
        summary=share.summary,
        figures=share.figures,
        author=share.author,
        dated=share.dated,
        page=str(number),
        sha256=version.file_id,
    )


def find_public_quote(quote_id: str) -> tuple[Quote, Version] | None:
    """Return a quote on which something public rests, with its public document, or None."""
    quote = Quote.objects.filter(id=quote_id, is_public=True).first()
    version = find_public(quote.file_id) if quote else None
    return (quote, version) if quote and version else None


def read_quote(quote_id: str) -> Shared:
    """Return what a public quote gives to others, by its identifier."""
    found = find_public_quote(quote_id)
    return quote_share(*found) if found else None


def quote_share(quote: Quote, version: Version) -> Share:
    """Return what a quote gives to others."""
    document = version.document
    last = f"-{quote.page_to}" if quote.page_to != quote.page_from else ""
    page = f"{quote.page_from}{last}"
    words = " ".join(quote.exact.split())
    where = reverse("documents:page", args=[version.file_id, quote.page_from])
    return Share(
        sort="quote",
        id=quote.id,
        label=gettext("Passage cité"),
        title=document.title,
        url=reverse("documents:quote", args=[quote.id]),
        at=document.published_at or document.added_at,
        quote=words[:1200] or gettext("Une zone de l'image"),
        source=gettext("{title}, p. {page}").format(title=document.title, page=page),
        source_url=f"{where}#{quote.id}",
        author=document.author_text,
        dated=document.dated_text,
        page=page,
        sha256=version.file_id,
    )


def read_list() -> Share:
    """Return what the list of public documents gives to others."""
    rows = public()
    total = rows.count()
    return _list("documents", gettext("Documents publics sur la surveillance"), total, _last(rows))


def read_collections() -> Share:
    """Return what the list of public collections gives to others."""
    found = counted_collections(AnonymousUser())
    return Share(
        sort="dataset",
        id="collections",
        label=gettext("Collections de documents"),
        title=gettext("Collections de documents sur la surveillance"),
        url=reverse("documents:collections"),
        at=_last(public()),
        figures=(ngettext("{n} collection", "{n} collections", len(found)).format(n=len(found)),),
    )


def read_collection(slug: str) -> Shared:
    """Return what a public collection gives to others."""
    found: Collection | None = collections(AnonymousUser()).filter(slug=slug).first()
    if found is None:
        return None
    entries = collection_items(found, AnonymousUser())
    days = [version.document.published_at for _, version in entries]
    return Share(
        sort="dataset",
        id=f"collection-{found.slug}",
        label=gettext("Collection de documents"),
        title=found.title,
        url=reverse("documents:collection", args=[found.slug]),
        at=max((day for day in days if day), default=_last(public())),
        summary=found.text,
        figures=(_documents(len(entries)),),
    )


def _list(id_: str, title: str, total: int, at: Any) -> Share:
    return Share(
        sort="dataset",
        id=id_,
        label=gettext("Jeu de données"),
        title=title,
        url=reverse("documents:documents"),
        at=at,
        figures=(_documents(total),),
    )


def _documents(count: int) -> str:
    return ngettext("{n} document", "{n} documents", count).format(n=count)


def _last(rows: Any) -> Any:
    return rows.aggregate(last=Max("published_at"))["last"] or now()


def versions_as_data(versions: Sequence[Version], site: str) -> list[dict[str, Any]]:
    """Return documents as plain values: what a list says of each."""
    return [version_as_data(version, site) for version in versions]


def version_as_data(version: Version, site: str) -> dict[str, Any]:
    """Return a document as plain values; never who added it."""
    about = version.document
    return {
        "sha256": version.file_id,
        "title": about.title,
        "type": about.doc_type,
        "type_label": vocabulary.label("document_types", about.doc_type),
        "dated": about.dated_text,
        "author": about.author_text,
        "language": about.language,
        "origin": about.origin.lower(),
        "source_url": about.source_url,
        "obtained_on": about.obtained_on.isoformat() if about.obtained_on else None,
        "places": list(about.place_codes),
        "pages": version.file.pages_count,
        "bytes": version.file.bytes,
        "mime": version.file.mime,
        "published_at": about.published_at.isoformat() if about.published_at else None,
        "url": f"{site}{reverse('documents:document', args=[version.file_id])}",
    }
