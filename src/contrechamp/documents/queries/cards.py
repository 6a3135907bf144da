"""What a page of the site shows of a document, gathered for one reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone

from contrechamp.documents.domain import QuoteAction, QuoteUse, QuoteUses
from contrechamp.documents.domain.naming import Cited, bibtex, citation
from contrechamp.documents.models import (
    Collection,
    CollectionItem,
    Document,
    OcrPage,
    Quote,
    TextLayer,
    Version,
)
from contrechamp.foundation.plug import offered

from .documents import visible_to
from .quotes import quotes_of
from .reading import Reading, thumbnails, words_on

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from contrechamp.accounts.models import User

    Reader = User | AnonymousUser

QUOTES_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteCard:
    """A quote with its addresses, how to cite it, and what rests on it."""

    quote: Quote
    url: str
    text: str
    bibtex: str
    uses: tuple[QuoteUse, ...]
    css: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something that a member can do with a quote, by its address."""

    label: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many pages of a content wait for recognition, and why some failed."""

    pages: int
    done: int
    waiting: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCard:
    """A document as one reader may see it."""

    document: Document
    version: Version
    versions: tuple[Version, ...]
    others: tuple[Document, ...]
    """Other documents with the same content."""
    children: tuple[Version, ...]
    parent: Version | None
    collections: tuple[Collection, ...]
    quotes: tuple[QuoteCard, ...]
    progress: Progress
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCard:
    """One page as one reader may see it."""

    number: int
    key: str
    """Of the page, for the parts that rooms above draw: `hash/12`."""
    previous: int | None
    next: int | None
    thumbnails: Sequence[int]
    width: int
    height: int
    quotes: tuple[QuoteCard, ...]
    cited: str
    """How one cites this page, without the words."""
    bibtex: str
    """The same for BibTeX, with §QUOTE§ where the words go."""
    url: str
    actions: tuple[Action, ...]
    may_cite: bool


def actions(document: Document, reader: Reader) -> tuple[Action, ...]:
    """Return what the rooms above offer a reader to do with a quote of a document."""
    is_public = not reader.is_authenticated or _is_public(document)
    return tuple(
        Action(label=each.label, name=each.url_name)
        for each in sorted(offered(QuoteAction), key=lambda each: each.order)
        if (each.is_for_all or reader.is_authenticated) and (is_public or not each.is_of_public)
        if each.is_here()
    )


def _is_public(document: Document) -> bool:
    """Answer whether anybody may read a document that is at hand: `public`, without asking."""
    return (
        document.state == Document.State.PUBLISHED
        and document.access == Document.Access.PUBLIC
        and (document.embargo_until is None or document.embargo_until <= timezone.now())
    )


def action_names() -> set[str]:
    """Return the names of all that can be done with a quote, whoever may."""
    return {each.url_name for each in offered(QuoteAction)}


def action_url(name: str, quote_id: str) -> str:
    """Return the address of an offered action for a quote, or an empty text."""
    for each in offered(QuoteAction):
        if each.url_name == name:
            return f"{reverse(each.url_name)}?{each.parameter}={each.prefix}{quote_id}"
    return ""


def document_card(
    version: Version, reader: Reader, *, address: Callable[[str], str]
) -> DocumentCard:
    """Gather what a reader may know of a document."""
    is_visitor = not reader.is_authenticated
    document = version.document
    quotes = list(quotes_of(version.file_id, is_visitor)[:QUOTES_SHOWN])
    seen = visible_to(reader)
    return DocumentCard(
        document=document,
        version=version,
        versions=tuple(
            document.versions.select_related("file").filter(file__area="OPEN").order_by("-number")
        ),
        others=tuple(
            seen.filter(versions__file=version.file_id).exclude(pk=document.pk).order_by("pk")[:10]
        ),
        children=tuple(_first_versions(seen.filter(parent=document))),
        parent=next(iter(_first_versions(seen.filter(pk=document.parent_id))), None),
        collections=tuple(collections(reader).filter(items__document=document).order_by("title")),
        quotes=quote_cards(version, quotes, address=address),
        progress=progress_of(version.file_id, version.file.pages_count),
        actions=actions(document, reader),
    )


def page_card(
    version: Version, reading: Reading, reader: Reader, *, address: Callable[[str], str]
) -> PageCard:
    """Gather what stands around a page."""
    number, count = reading.page.number, max(version.file.pages_count, reading.page.number)
    url = reverse("documents:page", args=[version.file_id, number])
    css = {mark.quote.id: mark.css for mark in reading.marks}
    cited = _cited(version, str(number), address(url))
    width = 910
    ratio = reading.page.height_pt / reading.page.width_pt if reading.page.width_pt else 1.414
    return PageCard(
        number=number,
        key=f"{version.file_id}/{number}",
        previous=number - 1 if number > 1 else None,
        next=number + 1 if number < count else None,
        thumbnails=thumbnails(count, number) if count > 1 else (),
        width=width,
        height=max(round(width * ratio), 1),
        quotes=quote_cards(
            version, [mark.quote for mark in reading.marks], address=address, css=css
        ),
        cited=citation(cited, ""),
        bibtex=bibtex(cited, "§QUOTE§"),
        url=address(url),
        actions=actions(version.document, reader),
        may_cite=reader.is_authenticated,
    )


def quote_cards(
    version: Version,
    quotes: Sequence[Quote],
    *,
    address: Callable[[str], str],
    css: dict[str, str] | None = None,
) -> tuple[QuoteCard, ...]:
    """Return quotes with their citations and what rests on them."""
    uses = _uses([quote.id for quote in quotes])
    return tuple(
        _quote_card(version, quote, uses.get(quote.id, ()), address, (css or {}).get(quote.id, ""))
        for quote in quotes
    )


def _quote_card(
    version: Version,
    quote: Quote,
    uses: Sequence[QuoteUse],
    address: Callable[[str], str],
    css: str,
) -> QuoteCard:
    path = reverse("documents:page", args=[version.file_id, quote.page_from])
    url = f"{path}#{quote.id}"
    last = f"-{quote.page_to}" if quote.page_to != quote.page_from else ""
    cited = _cited(version, f"{quote.page_from}{last}", address(url))
    return QuoteCard(
        quote=quote,
        url=url,
        text=citation(cited, quote.exact),
        bibtex=bibtex(cited, quote.exact),
        uses=tuple(uses),
        css=css,
    )


def _uses(quote_ids: Sequence[str]) -> dict[str, list[QuoteUse]]:
    found: dict[str, list[QuoteUse]] = {}
    if quote_ids:
        for offer in offered(QuoteUses):
            for use in offer.of(quote_ids):
                found.setdefault(use.quote, []).append(use)
    return found


def _cited(version: Version, page: str, url: str) -> Cited:
    document = version.document
    return Cited(
        title=document.title,
        author=document.author_text,
        dated=document.dated_text,
        page=page,
        url=url,
        sha256=version.file_id,
    )


def _first_versions(documents: QuerySet[Document]) -> list[Version]:
    """Return the newest version of each document, for links."""
    rows = (
        Version.objects.filter(document__in=documents.values("pk"), file__area="OPEN")
        .select_related("document", "file")
        .order_by("document", "number")
    )
    return list({version.document_id: version for version in rows}.values())


def progress_of(sha256: str, pages: int) -> Progress:
    """Count the pages of a content that wait for recognition or failed."""
    rows = OcrPage.objects.filter(page__file=sha256).values_list("state")
    counts = dict(rows.annotate(count=Count("pk")).order_by())
    waiting = counts.get("QUEUED", 0) + counts.get("RUNNING", 0)
    failed = counts.get("FAILED", 0)
    return Progress(
        pages=pages, done=max(pages - waiting - failed, 0), waiting=waiting, failed=failed
    )


def collections(reader: Reader) -> QuerySet[Collection]:
    """Return the collections that a person may see."""
    found = Collection.objects.all()
    return found if reader.is_authenticated else found.filter(is_public=True)


def collection_items(
    collection: Collection, reader: Reader
) -> list[tuple[CollectionItem, Version]]:
    """Return the documents of a collection that a person may read, in its order."""
    versions = {version.document_id: version for version in _first_versions(visible_to(reader))}
    items = collection.items.select_related("document").order_by("order", "pk")
    return [(item, versions[item.document_id]) for item in items if item.document_id in versions]


def newest_versions(documents: Sequence[Document]) -> list[Version]:
    """Return the newest open version of each document, in the order given."""
    rows = Version.objects.filter(document__in=documents, file__area="OPEN").select_related(
        "file", "document"
    )
    by_document = {row.document_id: row for row in rows.order_by("number")}
    return [by_document[each.pk] for each in documents if each.pk in by_document]


def page_record(version: Version, reading: Reading) -> dict[str, Any]:
    """Return a page as programs read it."""
    layer = reading.layer
    return {
        "document": {
            "sha256": version.file_id,
            "title": version.document.title,
            "url": reverse("documents:document", args=[version.file_id]),
        },
        "page": {
            "number": reading.page.number,
            "width_pt": reading.page.width_pt,
            "height_pt": reading.page.height_pt,
        },
        "text": reading.text,
        "layer": _layer_record(layer) if layer else None,
        "words": [list(word) for word in words_on(layer)] if layer else [],
        "quotes": [
            {
                "id": mark.quote.id,
                "exact": mark.quote.exact,
                "rects": [list(rect) for rect in mark.rects],
                "anchored": mark.quote.anchored,
            }
            for mark in reading.marks
        ],
        "layers": [
            _layer_record(each)
            for each in reading.page.layers.defer("words", "text").order_by("made_at", "pk")
        ],
    }


def _layer_record(layer: TextLayer) -> dict[str, Any]:
    return {
        "kind": layer.kind.lower(),
        "engine": layer.engine,
        "engine_version": layer.engine_version,
        "confidence": layer.confidence,
        "current": layer.is_current,
    }
