"""The files that prove what a paper says: the request, its receipt, the refusal, each hashed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from contrechamp.documents import queries as documents
from contrechamp.documents.queries.cards import newest_versions
from contrechamp.foi import printing
from contrechamp.foi.domain.facts import Kind, standing
from contrechamp.foi.domain.referral import FileLine, Piece
from contrechamp.foi.models import FactRow, Paper, Request
from contrechamp.foundation.store import store
from contrechamp.mail import queries as mail

from .facts import facts_of
from .letters import letter_of
from .papers import kept

KINDS = {
    Kind.ACKNOWLEDGED: (Piece.ACKNOWLEDGEMENT, _("Accusé de réception"), "accuse"),
    Kind.RECEIPT: (Piece.RECEIPT, _("Preuve de réception"), "reception"),
    Kind.REFUSED: (Piece.REFUSAL, _("Refus"), "refus"),
    Kind.PARTIAL: (Piece.REFUSAL, _("Réponse partielle"), "refus-partiel"),
    Kind.CONFIRMED: (Piece.REFUSAL, _("Refus confirmé"), "refus-confirme"),
    Kind.CADA_REGISTERED: (Piece.RECEIPT, _("Enregistrement par la CADA"), "cada-enregistrement"),
    Kind.CADA_OPINION: (Piece.OTHER, _("Avis de la CADA"), "cada-avis"),
}
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "text/plain": "txt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that goes with a paper."""

    line: FileLine
    media_type: str
    content: bytes = field(repr=False)
    fact: str = ""
    """The fact that it proves."""


def enclosures(request: Request) -> list[Enclosure]:
    """Return the files of a request, the request itself first; each content once."""
    found: dict[str, Enclosure] = {}
    with override("fr"):
        for each in (request_copy(request), *_of_facts(request)):
            found.setdefault(each.line.sha256, each)
    return list(found.values())


def request_copy(request: Request) -> Enclosure:
    """Return the letter of the request as it left; set anew where no copy was kept."""
    paper = request.papers.filter(kind="request").order_by("is_final", "made_at").last()
    if paper is not None:
        content = _pdf(paper)
    else:
        day = request.sent_on or request.made_at.date()
        content = printing.letter_pdf(letter_of(request, day=day)).body
    return _enclosure(
        Piece.REQUEST, gettext(_("Copie de la demande")), "demande", "application/pdf", content
    )


def _pdf(paper: Paper) -> bytes:
    with kept().open(paper.file) as content:
        return content.read()


def _of_facts(request: Request) -> Iterator[Enclosure]:
    rows = {row.pk: row for row in request.facts.select_related("made_by")}
    for fact in standing(facts_of(request)):
        if fact.kind not in KINDS:
            continue
        piece, label, name = KINDS[fact.kind]
        row = rows[fact.id]
        if row.document:
            yield from _document(row, piece, gettext(label), name)
        elif row.message:
            incoming = mail.find_incoming(row.message)
            if incoming is not None:
                raw = mail.raw_of(incoming.sha256)
                yield _enclosure(piece, gettext(label), name, "message/rfc822", raw, fact.id)


def _document(row: FactRow, piece: Piece, label: str, name: str) -> Iterator[Enclosure]:
    """Yield the scan of a fact, as whoever recorded it may open it."""
    rows = documents.visible_to(row.made_by).filter(pk=row.document)
    for version in newest_versions(list(rows)):
        with store().open(version.file_id) as content:
            body = content.read()
        yield _enclosure(piece, label, name, version.file.mime, body, row.pk)


def _enclosure(
    piece: Piece, label: str, name: str, media_type: str, content: bytes, fact: str = ""
) -> Enclosure:
    sha256 = hashlib.sha256(content).hexdigest()
    ending = "eml" if media_type == "message/rfc822" else ENDINGS.get(media_type, "bin")
    line = FileLine(kind=piece, name=f"{name}-{sha256[:6]}.{ending}", label=label, sha256=sha256)
    return Enclosure(line=line, media_type=media_type, content=content, fact=fact)
