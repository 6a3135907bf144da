"""The papers of a series: the annex that R343-3-1 asks for, and the notice to each body.

A referral counts for a member only if the requester has informed it: one notice per body, with its
proof. Source: design/foi.md §2, design/cases.md §6.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .following import LEVERS, Exchange
from .letter import CLOSING, Said, signature, voice_of
from .paper import Letter
from .requester import letterhead
from .series import Member, Series
from .wording import flowing, in_full, say

COLUMNS = (
    "Organisme",
    "Numéro officiel",
    "Adresse électronique ou postale",
    "Date de la demande",
    "Date du refus",
    "Pièce justificative",
    "Informé le",
    "Preuve de l’information",
)
SILENT = "implicite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """The list of the bodies of a series. `rows` are for people, `cells` for spreadsheets (ISO)."""

    title: str
    reference: str
    day: date
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[str, ...], ...]
    is_draft: bool = False


def annex(series: Series, *, about: str, reference: str, day: date) -> Annex:
    """Return the annex of a series. It is a draft until all are informed and one is proved."""
    whole = series.is_series and series.has_proof
    informed = all(each.informed_on and each.proof_of_notice for each in series.members)
    return Annex(
        title="Liste des organismes de la série",
        reference=reference,
        day=day,
        about=flowing(about),
        columns=COLUMNS,
        rows=tuple(_row(each, day, written=True) for each in series.members),
        cells=tuple(_row(each, day, written=False) for each in series.members),
        is_draft=not (whole and informed),
    )


def _row(member: Member, on: date, *, written: bool) -> tuple[str, ...]:
    def said(day: date | None) -> str:
        if day is None:
            return ""
        return in_full(day) if written else day.isoformat()

    refused = said(member.refused_on)
    if not refused and member.silent_from is not None and member.silent_from <= on:
        refused = SILENT
    return (
        flowing(member.body_name),
        member.number,
        flowing(member.reached_at),
        said(member.asked_on),
        refused,
        member.proof,
        said(member.informed_on),
        member.proof_of_notice,
    )


_NOTICE = (
    "Par une demande du {asked_on}, {have} sollicité auprès de vous la communication de documents "
    "administratifs ayant pour objet : {about}. {refused}"
)
_REFUSED = "Vous l'avez refusée par une décision notifiée le {on}."
_NOT_ANSWERED = "Le silence gardé pendant un mois a fait naître un refus."
_INFORMS = (
    "Cette demande fait partie d'une série de {bodies} demandes ayant le même objet, adressées à "
    "des administrations différentes. En application des articles L. 342-1 et R. 343-3-1 du code "
    "des relations entre le public et l'administration, nous vous informons que la Commission "
    "d'accès aux documents administratifs est saisie du refus opposé par l'une d'elles, {pilot}, "
    "par une saisine {dated}."
)
_INFORMS_ME = _INFORMS.replace("nous vous informons", "je vous informe")
_EFFECT = (
    "Votre organisme figure sur la liste jointe à cette saisine, qui vaut recours administratif "
    "préalable obligatoire à l'égard de votre propre refus. L'avis rendu vous sera notifié ; il "
    "vous appartiendra, dans le mois suivant cette notification, de {me} faire connaître la suite "
    "que vous entendez y donner."
)
_MAY_STILL = (
    "Vous pouvez, sans attendre cet avis, communiquer les documents demandés à l'adresse {address}."
)
SENTENCES = (_NOTICE, _REFUSED, _NOT_ANSWERED, _INFORMS, _INFORMS_ME, _EFFECT, _MAY_STILL)


def notice(
    exchange: Exchange, member: Member, *, pilot: str, bodies: int, filed_on: date | None = None
) -> Letter:
    """Return the notice by which the requester informs a body of the referral of its series.

    `pilot` is the body whose refusal is referred; `filed_on` the day of the referral, else the
    letter's.
    """
    voice = voice_of(exchange.requester)
    say_ = Said(voice)
    refused = say(_REFUSED, on=member.refused_on) if member.refused_on else say(_NOT_ANSWERED)
    dated = say("du {day}", day=filed_on or exchange.day)
    blocks = (
        say_(_NOTICE, asked_on=member.asked_on, about=flowing(exchange.about), refused=refused),
        say_(
            _INFORMS_ME if exchange.requester.is_person else _INFORMS,
            bodies=bodies,
            pilot=flowing(pilot),
            dated=dated,
        ),
        say_(_EFFECT),
        say_(_MAY_STILL, address=exchange.reply_to or exchange.requester.email.strip()),
        say_(LEVERS),
    )
    return Letter(
        code="series_notice",
        title="Information sur la saisine de la CADA",
        sender=letterhead(exchange.requester, exchange.reply_to),
        addressee=exchange.body.lines,
        place=flowing(exchange.place),
        day=exchange.day,
        subject=say(
            "Information sur la saisine de la CADA pour une série de demandes : {about}",
            about=flowing(exchange.about),
        ),
        reference=exchange.reference,
        blocks=blocks,
        signature=signature(exchange.requester),
        closing=say_(CLOSING).text,
        is_draft=exchange.is_draft,
    )
