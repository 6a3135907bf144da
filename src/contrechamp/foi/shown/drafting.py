"""Drafts made ready for their pages: steps, the catalogue by holder, the letter, what was found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from contrechamp.directory import queries as directory
from contrechamp.directory.domain.freshness import freshness_of
from contrechamp.directory.domain.officers import is_missing
from contrechamp.directory.domain.showing import public_value
from contrechamp.foi.domain.catalogue import Document, Filling, Holder, Words, catalogue, worded
from contrechamp.foi.domain.filling import filling_of
from contrechamp.foi.domain.guards import Finding
from contrechamp.foi.domain.paper import Items, Letter, Paragraph
from contrechamp.foi.domain.wording import say
from contrechamp.foi.models import Item, Request
from contrechamp.foi.queries.drafting import findings, holder_of
from contrechamp.opinions import queries as opinions
from contrechamp.opinions.queries import Precedents

from .words import said

if TYPE_CHECKING:
    from contrechamp.directory.models import Body

STEPS = (
    ("body", _("À qui"), "foi:draft-body"),
    ("documents", _("Quels documents"), "foi:draft-documents"),
    ("items", _("Formulation"), "foi:draft-items"),
    ("requester", _("Qui signe"), "foi:draft-requester"),
    ("review", _("Relecture"), "foi:draft-review"),
    ("send", _("Envoi"), "foi:draft-send"),
)
HOLDERS = {
    Holder.TOWN: _("Communes, intercommunalités, départements, régions"),
    Holder.PREFECTURE: _("Préfectures"),
    Holder.MINISTRY: _("Ministères"),
    Holder.OPERATOR: _("Entreprises et organismes chargés d'un service public"),
    Holder.SCHOOL_OR_TRANSPORT: _("Établissements scolaires, transports"),
}
WHERE = {
    "identity": ("foi:draft-requester", ""),
    "no_item": ("foi:draft-documents", ""),
    "too_many": ("foi:draft-documents", ""),
    "many_holders": ("foi:draft-documents", ""),
    "not_subject": ("foi:draft-body", ""),
    "perhaps_subject": ("foi:draft-body", ""),
    "online_service": ("foi:draft-review", "#voie"),
    "text": ("foi:draft-text", ""),
    "duplicate": ("foi:draft-documents", ""),
    "often": ("foi:draft-body", ""),
}
"""Where a finding is mended: a page of the draft, and a place in it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of drafting."""

    label: str
    url: str
    is_here: bool


def steps(request: Request, here: str) -> list[Step]:
    """Return the steps of a draft, each open at any time."""
    return [
        Step(gettext(label), reverse(name, args=[request.pk]), code == here)
        for code, label, name in STEPS
    ]


def way_to(body: Body, today: date) -> dict[str, Any]:
    """Return how a body is written to and why, what to be careful about, and its officer."""
    choice = directory.address_for(body.pk)
    way = choice.address
    fresh = freshness_of(way, today) if way else None
    return {
        "body": body,
        "choice": choice,
        "way": way,
        "value": public_value(way) if way else "",
        "freshness": said(fresh.sentence, {"on": fresh.on} if fresh.on else {}) if fresh else "",
        "is_stale": bool(fresh and fresh.is_stale),
        "lacks_officer": is_missing(body.needs_access_officer, body.has_access_officer),
    }


def in_language(words: Words) -> str:
    """Return a label in the reader's language."""
    return words.en if (get_language() or "fr").startswith("en") else words.fr


@lru_cache(maxsize=512)
def _precedents(query: str, limit: int, edition: object) -> Precedents:
    return opinions.precedents(query, limit)


def precedents(document: Document, limit: int = 0) -> Precedents:
    """Return what the CADA answered when others asked for the like; kept until the next import."""
    run = opinions.last_run()
    return _precedents(document.cada_query, limit, run.pk if run else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of document as the page shows it."""

    document: Document
    label: str
    objection: str
    warnings: Sequence[str]
    wording: str
    is_chosen: bool
    precedents: Precedents


def groups(
    body: Body | None, filling: Filling, chosen: Collection[str]
) -> list[tuple[str, bool, list[Kind]]]:
    """Return the catalogue by holder: what this body holds first, what others hold after.

    Each with a title and whether it is open.
    """
    holder = holder_of(body.kind) if body else None
    known = catalogue().values()
    if holder is None:
        return [
            (gettext(HOLDERS[each]), True, _kinds(rows, filling, chosen))
            for each in Holder
            if (rows := [doc for doc in known if doc.holders[0] is each])
        ]
    here = [doc for doc in known if holder in doc.holders]
    others = [doc for doc in known if holder not in doc.holders]
    is_open = any(doc.code in chosen for doc in others)
    mine = gettext("En principe détenus par cette administration")
    found = [(mine, True, _kinds(here, filling, chosen))]
    for each in Holder:
        rows = [doc for doc in others if doc.holders[0] is each]
        if rows:
            title = gettext("Détenus par d'autres : {holder}").format(holder=gettext(HOLDERS[each]))
            found.append((title, is_open, _kinds(rows, filling, chosen)))
    return found


def _kinds(rows: Iterable[Document], filling: Filling, chosen: Collection[str]) -> list[Kind]:
    return [
        Kind(
            document=each,
            label=in_language(each.label),
            objection=in_language(each.objection),
            warnings=[in_language(words) for words in each.warnings],
            wording=worded(each, filling),
            is_chosen=each.code in chosen,
            precedents=precedents(each),
        )
        for each in rows
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """A document of a draft, to be reworded."""

    number: int
    code: str
    wording: str
    label: str
    is_changed: bool
    """It is not the catalogue's wording any more."""
    answer: str
    objection: str
    precedents: Precedents | None
    mends: Sequence[Mend]


def lines(request: Request, rows: Sequence[Item], *, today: date) -> list[ItemLine]:
    """Return the documents of a draft with what was found in each and what the CADA said."""
    filling = filling_of(request.slots, today)
    found = findings(request, today=today)
    return [
        _line(row, at, filling, mends(request, [each for each in found if each.item == at]))
        for at, row in enumerate(rows, 1)
    ]


def _line(row: Item, number: int, filling: Filling, found: Sequence[Mend]) -> ItemLine:
    document = catalogue().get(row.code)
    return ItemLine(
        number=number,
        code=row.code,
        wording=row.wording,
        label=in_language(document.label) if document else gettext("En vos propres mots"),
        is_changed=bool(document and row.wording != worded(document, filling)),
        answer=document.answer_set if document else "",
        objection=in_language(document.objection) if document else "",
        precedents=precedents(document, 5) if document else None,
        mends=found,
    )


def letter_heads(letter: Letter) -> tuple[str, str]:
    """Return the lines of the subject and of the reference, as they are printed."""
    return (
        say("Objet : {subject}", subject=letter.subject),
        say("Référence : {reference}", reference=letter.reference),
    )


def letter_blocks(letter: Letter) -> list[dict[str, Any]]:
    """Return the blocks of a letter as a template draws them."""
    found: list[dict[str, Any]] = []
    for block in letter.blocks:
        if isinstance(block, Items):
            found.append({"rows": block.rows, "start": block.start})
        elif isinstance(block, Paragraph):
            found.append({"text": block.text})
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """Something found, said, with where to mend it."""

    severity: str
    sentence: str
    url: str
    label: str
    also: str = ""
    """The address of an earlier request that it speaks of."""


def mends(request: Request, found: Iterable[Finding]) -> list[Mend]:
    """Return what was found in a draft, each with the field where it is mended."""
    return [_mend(request, each) for each in found]


def _mend(request: Request, finding: Finding) -> Mend:
    name, place = WHERE.get(finding.code, ("foi:draft-items", ""))
    if finding.code == "source" and finding.item is None and request.text:
        name = "foi:draft-text"
    if finding.item is not None:
        name, place = "foi:draft-items", f"#document-{finding.item}"
    elif finding.code == "identity" and request.requester_id:
        return _of_identity(request, finding)
    elif name == "foi:draft-items":
        place = "#objet"
    earlier = str(finding.values.get("request") or "")
    return Mend(
        severity=str(finding.severity),
        sentence=said(finding.sentence, finding.values),
        url=reverse(name, args=[request.pk]) + place,
        label=gettext("Document n° {number}").format(number=finding.item)
        if finding.item
        else gettext("Corriger"),
        also=reverse("foi:request", args=[earlier]) if earlier else "",
    )


def _of_identity(request: Request, finding: Finding) -> Mend:
    field = f"#id_{finding.values.get('field', 'name')}"
    return Mend(
        severity=str(finding.severity),
        sentence=said(finding.sentence, finding.values),
        url=reverse("foi:requester", args=[request.requester_id]) + field,
        label=gettext("Compléter l'identité"),
    )
