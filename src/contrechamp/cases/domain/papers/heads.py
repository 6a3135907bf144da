"""The head and foot of each paper: who, to whom, when, and that it is a draft to be checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from contrechamp.foi.domain.wording import flowing, say, set_in_french

from .material import Material, PaperKind, Party
from .paper import Paper, Section
from .parts import NO_ADVICE, lines_of
from .wording import capital

COURT = frozenset({PaperKind.ANNULMENT, PaperKind.SUSPENSION})
SIGNED = set_in_french("[À la main : nom et signature]")
TO_A_PERSON = "Madame, Monsieur,"


def head(
    kind: PaperKind,
    material: Material,
    *,
    title: str,
    subject: str,
    sections: Iterable[Section],
    addressee: Party | None = None,
    closing: str = "",
) -> Paper:
    """Return a draft with its head and foot."""
    to = addressee or material.addressee or material.attacked.author
    return Paper(
        kind=kind,
        title=title,
        sender=() if kind is PaperKind.MANDATE else lines_of(material.applicant),
        addressee=_addressee(kind, material, to),
        subject=subject,
        reference=material.reference,
        place=flowing(material.place),
        day=material.today,
        sections=tuple(sections),
        exhibits=material.exhibits,
        salutation=_salutation(kind),
        closing=closing,
        signature=() if kind is PaperKind.MANDATE else _signature(material.applicant),
        note=_note(material.checked_by),
        banner=say(NO_ADVICE),
    )


def final(paper: Paper, *, checked_by: str = "") -> Paper:
    """Return a paper without its marks of a draft; who checked it stands at its foot.

    Where nobody is said to have checked it, the foot still says that it is no legal advice.
    """
    note = _note(checked_by) if checked_by.strip() else paper.note
    return replace(paper, is_draft=False, banner="", note=note)


def _note(checked_by: str) -> str:
    if checked_by.strip():
        return say("Préparé avec Contrechamp, vérifié par {who}.", who=flowing(checked_by))
    return say("Préparé avec Contrechamp. Ceci informe et n'est pas un conseil juridique.")


def _addressee(kind: PaperKind, material: Material, to: Party) -> tuple[str, ...]:
    """Return whom the paper goes to; a form goes to nobody before it is signed."""
    if kind is PaperKind.MANDATE:
        return ()
    return _court(kind, material) if kind in COURT else lines_of(to)


def _court(kind: PaperKind, material: Material) -> tuple[str, ...]:
    court = material.court
    if court is None:
        return (say("[À compléter : tribunal administratif]"),)
    judge = (flowing(court.judge) or say("Juge des référés"),)
    lines = [flowing(line) for line in (court.name, *court.address.splitlines())]
    urgent = judge if kind is PaperKind.SUSPENSION else ()
    return tuple(line for line in (*urgent, *lines) if line)


def _salutation(kind: PaperKind) -> str:
    if kind is PaperKind.MANDATE:
        return ""
    if kind is PaperKind.ANNULMENT:
        return say("Mesdames et Messieurs les juges,")
    if kind is PaperKind.SUSPENSION:
        return say("Madame, Monsieur le juge des référés,")
    return TO_A_PERSON


def _signature(party: Party) -> tuple[str, ...]:
    if party.is_person:
        return (set_in_french("[À la main : date, nom et signature]"),)
    lines = (flowing(party.name), capital(flowing(party.represented_by)), SIGNED)
    return tuple(line for line in lines if line)
