"""From quotes and sentences to a dossier: only what anybody may read gets in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from contrechamp.documents import queries
from contrechamp.documents.domain.dossiers import (
    MOST_EXHIBITS,
    MOST_STATEMENTS,
    Cover,
    Dossier,
    Exhibit,
    Passage,
    Rows,
    Statement,
    cited,
)
from contrechamp.documents.models import Document, Quote, Version
from contrechamp.documents.services.quotes import NoSuchPassage, find_passage
from contrechamp.foundation import vocabulary
from contrechamp.foundation.words import written
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.ui.templatetags.look import uncertain


class NotPublic(Refused):
    """A document, or a passage, that not everybody may read."""


class TooLarge(Refused):
    """More than one dossier may hold."""


def passage_of_quote(quote_id: str, *, site: str, public_only: bool = True) -> Passage:
    """Return a quote as a passage of a dossier.

    Raise `NotPublic` when its document, or with `public_only` the quote itself, is not public.
    """
    quote = queries.find_quote(quote_id)
    if quote is None or (public_only and not quote.is_public):
        raise NotPublic(gettext_noop("Le passage {quote} n'existe pas ici."), quote=quote_id)
    check_public(quote.file_id)
    return passage_from(quote, site=site)


def passage_from(quote: Quote, *, site: str, stance: str = "") -> Passage:
    """Return a quote of a public document as a passage."""
    path = reverse("documents:page", args=[quote.file_id, quote.page_from])
    return Passage(
        sha256=quote.file_id,
        page_from=quote.page_from,
        page_to=quote.page_to,
        exact=quote.exact,
        before=quote.prefix,
        after=quote.suffix,
        rects=_rows(quote.rects),
        url=f"{site}{path}#{quote.id}",
        stance=stance,
    )


def passage_of_words(sha256: str, page: int, exact: str, *, site: str, stance: str = "") -> Passage:
    """Return words of a public document as a passage, marked where they are found on the page."""
    check_public(sha256)
    url = site + reverse("documents:page", args=[sha256, page])
    try:
        found = find_passage(sha256, page=page, exact=exact)
    except NoSuchPassage:
        return Passage(
            sha256=sha256, page_from=page, page_to=page, exact=exact, url=url, stance=stance
        )
    return Passage(
        sha256=sha256,
        page_from=found.page_from,
        page_to=found.page_to,
        exact=found.anchor.exact,
        before=found.anchor.prefix,
        after=found.anchor.suffix,
        rects=_rows(found.rects),
        url=url,
        stance=stance,
    )


def passage_of_document(sha256: str, *, site: str) -> Passage:
    """Return a whole public document as a passage that shows its first page."""
    version = check_public(sha256)
    url = site + reverse("documents:document", args=[version.file_id])
    return Passage(sha256=version.file_id, page_from=1, page_to=1, url=url)


def check_public(sha256: str) -> Version:
    """Return the version of a public document that has this content, or raise `NotPublic`."""
    version = queries.find_public(sha256)
    if version is not None:
        return version
    withdrawn = queries.find_withdrawn(sha256)
    if withdrawn is not None:
        raise NotPublic(
            gettext_noop(
                "Le document « {title} » a été retiré le {day} : un dossier n'en contient pas. "
                "Enlevez ce passage."
            ),
            title=withdrawn.document.title,
            day=withdrawn.document.withdrawn_on,
        )
    raise NotPublic(
        gettext_noop(
            "Le document {hash} n'est pas public : un dossier ne contient que ce que tout le monde "
            "peut lire. Publiez-le, ou enlevez ce passage."
        ),
        hash=sha256[:12],
    )


def assemble(cover: Cover, statements: Sequence[Statement], *, site: str) -> Dossier:
    """Number the exhibits of statements and describe them.

    Raise `NotPublic` when a document is not public, `TooLarge` beyond what one dossier holds.
    """
    if not statements:
        raise Refused(
            gettext_noop("Ce dossier est vide : ajoutez un fait, un acte ou un document.")
        )
    _check_count(len(statements), MOST_STATEMENTS, TOO_MANY_STATEMENTS)
    keys = cited(statements)
    _check_count(len(keys), MOST_EXHIBITS, TOO_MANY_EXHIBITS)
    exhibits = tuple(_exhibit(check_public(key), site) for key in keys)
    size, most = sum(each.bytes for each in exhibits), settings.CONTRECHAMP.dossier_limit_mb
    if size > most * 1_000_000:
        raise TooLarge(
            gettext_noop(
                "Les pièces font {size} Mo, un dossier {most} Mo au plus "
                "(CONTRECHAMP_DOSSIER_LIMIT_MB). Faites-en deux dossiers."
            ),
            size=round(size / 1e6),
            most=most,
        )
    return Dossier(cover=cover, statements=tuple(statements), exhibits=exhibits)


TOO_MANY_STATEMENTS = gettext_noop(
    "{count} éléments : un dossier en contient {most} au plus. Faites-en deux dossiers."
)
TOO_MANY_EXHIBITS = gettext_noop(
    "{count} pièces : un dossier en contient {most} au plus. Faites-en deux dossiers."
)


def _check_count(count: int, most: int, sentence: str) -> None:
    if count > most:
        raise TooLarge(sentence, count=count, most=most)


def _exhibit(version: Version, site: str) -> Exhibit:
    document, file = version.document, version.file
    key, kind = queries.drawn_from(file)
    has_pictures = kind in {"pdf", "image"}
    dated = uncertain(document.dated_text) if document.dated_text else ""
    kind_words = vocabulary.label("document_types", document.doc_type)
    return Exhibit(
        sha256=file.sha256,
        title=document.title,
        bytes=file.bytes,
        pages=file.pages_count,
        mime=file.mime,
        about=", ".join(part for part in (kind_words, dated) if part),
        dated=document.dated_text,
        dated_words=dated,
        author=document.author_text,
        origin=origin_of(document),
        source_url=version.seen_at_url or document.source_url,
        url=site + reverse("documents:document", args=[file.sha256]),
        language=document.language,
        drawn=key if has_pictures else "",
        drawn_kind=kind if has_pictures else "",
        texts=() if has_pictures else tuple(_texts(file.sha256, file.pages_count)),
    )


def _texts(sha256: str, count: int) -> Iterable[str]:
    said = dict(queries.texts(sha256))
    return (said.get(page, "") for page in range(1, count + 1))


def origin_of(document: Document) -> str:
    """Say how a document was obtained, and when."""
    day = written(document.obtained_on) if document.obtained_on else ""
    match document.origin:
        case Document.Origin.FOI:
            dated = gettext("Obtenu par une demande d'accès aux documents, le {day}.")
            plain = gettext("Obtenu par une demande d'accès aux documents.")
        case Document.Origin.OFFICIAL_SITE:
            dated = gettext("Publié sur un site officiel, copié le {day}.")
            plain = gettext("Publié sur un site officiel.")
        case Document.Origin.REGISTER:
            dated = gettext("Tiré d'un registre public, le {day}.")
            plain = gettext("Tiré d'un registre public.")
        case Document.Origin.PRESS:
            dated = plain = gettext("Publié par la presse.")
        case Document.Origin.IMPORT:
            dated = plain = gettext("Venu d'un autre recensement.")
        case _:
            # Neither from whom nor when: a gift must not be told apart from another.
            dated = plain = gettext("Reçu par l'équipe.")
    return dated.format(day=day) if day else plain


def _rows(rects: Mapping[str, Sequence[Sequence[float]]]) -> tuple[tuple[int, Rows], ...]:
    return tuple(
        (int(page), tuple((row[0], row[1], row[2], row[3]) for row in rows))
        for page, rows in sorted(rects.items(), key=lambda pair: int(pair[0]))
    )
