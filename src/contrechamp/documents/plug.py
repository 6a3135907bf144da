"""What documents offer: pages and documents to search, lines of the menu."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Q
from django.urls import reverse

from contrechamp.documents import queries
from contrechamp.documents.models import Document, File, TextLayer, Version
from contrechamp.foundation import vocabulary
from contrechamp.foundation.plug import Entry, Findable, MenuItem, Shortcuts
from contrechamp.kernel.errors import gettext_noop

PAGE, DOCUMENT = "documents:page:", "documents:document:"
AT_ONCE = 200


def page_entries() -> Iterator[Entry]:
    """Yield the current text of every page that anybody may read, once."""
    yield from _pages_of(_shown_versions())


def some_pages(refs: Sequence[str]) -> Iterator[Entry]:
    """Yield those of the pages that anybody may read now."""
    wanted: dict[str, set[int]] = {}
    for ref in refs:
        key, _, number = ref.removeprefix(PAGE).partition("/")
        if number.isdecimal():
            wanted.setdefault(key, set()).add(int(number))
    yield from _pages_of(_shown_versions(wanted), wanted)


def document_entries() -> Iterator[Entry]:
    """Yield every document that anybody may read."""
    yield from _documents_of(_newest(queries.public()))


def some_documents(refs: Sequence[str]) -> Iterator[Entry]:
    """Yield those of the documents that anybody may read now."""
    keys = [ref.removeprefix(DOCUMENT) for ref in refs]
    yield from _documents_of(_newest(queries.public().filter(pk__in=keys)))


def _documents_of(versions: Iterable[Version]) -> Iterator[Entry]:
    rows = list(versions)
    for first in range(0, len(rows), AT_ONCE):
        part = rows[first : first + AT_ONCE]
        held = queries.collections_of([version.document_id for version in part])
        yield from (_document_entry(each, held.get(each.document_id, ())) for each in part)


def _shown_versions(keys: Iterable[str] | None = None) -> dict[str, Version]:
    """Return for each public content the version that its pages are shown under."""
    rows = Version.objects.filter(document__in=queries.public(), file__area=File.Area.OPEN)
    if keys is not None:
        rows = rows.filter(file__in=list(keys))
    rows = rows.select_related("document").order_by(
        "-document__published_at", "-document__added_at", "-number", "-pk"
    )
    # The first one published wins, as at the page's address (`queries.find_public`).
    return {row.file_id: row for row in rows}


def _newest(documents: Iterable[Document]) -> Iterable[Version]:
    rows = Version.objects.filter(document__in=documents, file__area=File.Area.OPEN)
    rows = rows.select_related("document", "file").order_by("document", "number")
    return {row.document_id: row for row in rows}.values()


def _pages_of(
    versions: dict[str, Version], numbers: dict[str, set[int]] | None = None
) -> Iterator[Entry]:
    """Yield the pages of these contents, or of each those numbers, with few questions."""
    keys = list(versions)
    for first in range(0, len(keys), AT_ONCE):
        part = keys[first : first + AT_ONCE]
        held = queries.collections_of([versions[key].document_id for key in part])
        chosen = Q(page__file__in=part)
        if numbers is not None:
            chosen = Q()
            for key in part:
                chosen |= Q(page__file=key, page__number__in=numbers[key])
        layers = TextLayer.objects.filter(chosen, is_current=True).exclude(text="")
        rows = layers.order_by("page__file", "page__number").values_list(
            "page__file", "page__number", "text"
        )
        for key, number, text in rows.iterator(chunk_size=500):
            version = versions[key]
            yield _page_entry(version, number, text, held.get(version.document_id, ()))


def _page_entry(version: Version, number: int, text: str, held: tuple[str, ...]) -> Entry:
    document = version.document
    return Entry(
        ref=f"{PAGE}{version.file_id}/{number}",
        kind="page",
        title=f"{document.title}, p.\u00a0{number}",
        text=text,
        url=reverse("documents:page", args=[version.file_id, number]),
        places=tuple(document.place_codes),
        date=document.dated_earliest,
        at=document.published_at,
        page=number,
        document=version.file_id,
        collections=held,
    )


def _document_entry(version: Version, held: tuple[str, ...]) -> Entry:
    document = version.document
    kind = vocabulary.label("document_types", document.doc_type)
    about = (kind, document.dated_text, document.author_text)
    return Entry(
        ref=f"{DOCUMENT}{document.pk}",
        kind="document",
        title=document.title,
        text=" · ".join(part for part in about if part),
        url=reverse("documents:document", args=[version.file_id]),
        also=" ".join([document.source_url, version.file_id, document.author_text]),
        places=tuple(document.place_codes),
        date=document.dated_earliest,
        at=document.published_at,
        document=version.file_id,
        collections=held,
    )


PLUG = (
    Findable(prefix=PAGE, entries=page_entries, some=some_pages),
    Findable(prefix=DOCUMENT, entries=document_entries, some=some_documents),
    MenuItem(label=gettext_noop("Documents"), url_name="documents:documents", order=40, key="g d"),
    Shortcuts(
        where=gettext_noop("Dans un document"),
        keys=(
            ("p", gettext_noop("page précédente")),
            ("n", gettext_noop("page suivante")),
            ("/", gettext_noop("chercher")),
            ("c", gettext_noop("citer la sélection")),
            ("+", gettext_noop("agrandir")),
            ("-", gettext_noop("réduire")),
        ),
        order=30,
    ),
)
