"""What documents offer: pages and documents to search, lines of the menu."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter

from django.db.models import Q
from django.urls import reverse

from contrechamp.documents import queries
from contrechamp.documents.models import Document, File, TextLayer, Version
from contrechamp.documents.queries import shares
from contrechamp.foundation import vocabulary
from contrechamp.foundation.plug import Copied, Entry, Findable, MenuItem, Shortcuts
from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.tables import Column, Table
from contrechamp.ui.domain.share import Shareable

from .personal import PERSONAL

PAGE, DOCUMENT = "documents:page:", "documents:document:"
AT_ONCE, TOLD_APART = 200, 50


def page_entries() -> Iterator[Entry]:
    """Yield the current text of every page that anybody may read, once.

    Of all contents only the keys are held at a time: there may be a million pages.
    """
    shown = _shown()
    keys = list(shown)
    for first in range(0, len(keys), AT_ONCE):
        chosen = keys[first : first + AT_ONCE]
        versions = _versions(shown[key] for key in chosen)
        yield from _pages_of(versions, Q(page__file__in=chosen))


def some_pages(refs: Sequence[str]) -> Iterator[Entry]:
    """Yield those of the pages that anybody may read now."""
    wanted: dict[str, set[int]] = {}
    for ref in refs:
        key, _, number = ref.removeprefix(PAGE).partition("/")
        if number.isdecimal():
            wanted.setdefault(key, set()).add(int(number))
    shown = _shown(wanted)
    keys = list(shown)
    for first in range(0, len(keys), TOLD_APART):
        chosen = keys[first : first + TOLD_APART]
        pages = Q()
        for key in chosen:
            pages |= Q(page__file=key, page__number__in=wanted[key])
        yield from _pages_of(_versions(shown[key] for key in chosen), pages)


def document_entries() -> Iterator[Entry]:
    """Yield every document that anybody may read."""
    yield from _documents_of(_newest(queries.public()))


def some_documents(refs: Sequence[str]) -> Iterator[Entry]:
    """Yield those of the documents that anybody may read now."""
    keys = [ref.removeprefix(DOCUMENT) for ref in refs]
    yield from _documents_of(_newest(queries.public().filter(pk__in=keys)))


def _documents_of(versions: Iterable[Version]) -> Iterator[Entry]:
    rows = iter(versions)
    while part := list(islice(rows, AT_ONCE)):
        held = queries.collections_of([version.document_id for version in part])
        yield from (_document_entry(each, held.get(each.document_id, ())) for each in part)


def _shown(keys: Iterable[str] | None = None) -> dict[str, int]:
    """Return for each public content the number of the version that its pages are shown under."""
    rows = Version.objects.filter(document__in=queries.public(), file__area=File.Area.OPEN)
    if keys is not None:
        rows = rows.filter(file__in=list(keys))
    rows = rows.order_by("-document__published_at", "-document__added_at", "-number", "-pk")
    # The first one published wins, as at the page's address (`queries.find_public`).
    return dict(rows.values_list("file", "pk").iterator(chunk_size=10_000))


def _versions(numbers: Iterable[int]) -> dict[str, Version]:
    rows = Version.objects.filter(pk__in=list(numbers)).select_related("document")
    return {row.file_id: row for row in rows}


def _newest(documents: Iterable[Document]) -> Iterator[Version]:
    """Yield the last version of each document that can be shown."""
    rows = Version.objects.filter(document__in=documents, file__area=File.Area.OPEN)
    rows = rows.select_related("document", "file").order_by("document", "number")
    for _, versions in groupby(rows.iterator(chunk_size=500), key=attrgetter("document_id")):
        *_, last = versions
        yield last


def _pages_of(versions: dict[str, Version], chosen: Q) -> Iterator[Entry]:
    held = queries.collections_of([version.document_id for version in versions.values()])
    # To make an address takes longer than to read a page: one for each content is enough.
    addresses = {
        key: reverse("documents:page", args=[key, 0]).removesuffix("0") for key in versions
    }
    layers = TextLayer.objects.filter(chosen, is_current=True).exclude(text="")
    rows = layers.order_by("page__file", "page__number").values_list(
        "page__file", "page__number", "text"
    )
    for key, number, text in rows.iterator(chunk_size=500):
        version = versions[key]
        of_version = held.get(version.document_id, ())
        yield _page_entry(version, number, text, f"{addresses[key]}{number}", of_version)


def _page_entry(version: Version, number: int, text: str, url: str, held: tuple[str, ...]) -> Entry:
    document = version.document
    return Entry(
        ref=f"{PAGE}{version.file_id}/{number}",
        kind="page",
        title=f"{document.title}, p.\u00a0{number}",
        text=text,
        url=url,
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


TABLES = (
    Table(
        name="documents",
        about=gettext_noop("Les documents publics, une ligne par contenu qu'ils ont eu."),
        columns=(
            Column("id", gettext_noop("Identifiant du document.")),
            Column("sha256", gettext_noop("Empreinte SHA-256 du contenu ; sa page est /documents/<empreinte>.")),  # noqa: E501
            Column("title", gettext_noop("Titre.")),
            Column("type", gettext_noop("Type de document ; voir la table labels.")),
            Column("date", gettext_noop("Date, comme elle est écrite.")),
            Column("source_url", gettext_noop("Adresse d'où il vient.")),
            Column("pages", gettext_noop("Nombre de pages."), "integer"),
            Column("author", gettext_noop("Auteur.")),
            Column("language", gettext_noop("Langue, code ISO 639-1.")),
            Column("origin", gettext_noop("D'où il vient : FOI (demande d'accès), OFFICIAL_SITE (site officiel), REGISTER, PRESS, RECEIVED, IMPORT.")),  # noqa: E501
            Column("version", gettext_noop("Rang de ce contenu parmi ceux du document."), "integer"),  # noqa: E501
            Column("bytes", gettext_noop("Taille en octets."), "integer"),
            Column("mime", gettext_noop("Format.")),
            Column("places", gettext_noop("Territoires dont il parle, séparés par « | »."), "territory"),  # noqa: E501
        ),
        rows=queries.document_rows,
        is_keyed=False,
        searched=("title",),
    ),
    Table(
        name="pages",
        about=gettext_noop("Le texte de chaque page des documents publics."),
        columns=(
            Column("document", gettext_noop("Empreinte SHA-256 du contenu.")),
            Column("page", gettext_noop("Numéro de la page."), "integer"),
            Column("text", gettext_noop("Texte, du fichier ou reconnu sur l'image.")),
        ),
        rows=queries.page_rows,
        is_keyed=False,
        is_large=True,
        searched=("text",),
    ),
)  # fmt: skip

PLUG = (
    *PERSONAL,
    Shareable(view_name="documents:document", read=shares.read_document),
    Shareable(view_name="documents:page", read=shares.read_page, is_embeddable=False),
    Shareable(view_name="documents:quote", read=shares.read_quote),
    Shareable(view_name="documents:documents", read=shares.read_list, is_embeddable=False),
    Shareable(view_name="documents:collections", read=shares.read_collections, is_embeddable=False),
    Shareable(view_name="documents:collection", read=shares.read_collection),
    *TABLES,
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
    *(
        Copied(url_name=f"documents:{name}", questions=(("page",),))
        for name in ("documents", "text")
    ),
    Copied(url_name="documents:picture", questions=(("w",),), is_for_all=True),
    Copied(url_name="documents:download", is_for_all=True),
    Copied(url_name="documents:page-text", is_for_all=True),
    Copied(url_name="documents:search", is_live=True),
    Copied(url_name="documents:go", is_live=True),
)
