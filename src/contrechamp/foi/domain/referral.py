"""The referral to the CADA: complete, or it is not registered; and its registration starts the
second deadline.

It holds what R343-1 asks (D9): object, provisions, identity, copy of the request and of the
refusal or of the unanswered request; and what helps: items with the reason given and the answer to
it, the window with its derivation, the series, the files with their hashes.
Source: design/foi.md §1–§2, design/cases.md §6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contrechamp.kernel.errors import gettext_noop

from .following import Exchange
from .letter import CLOSING, Said, Voice, signature, voice_of
from .paper import Addressee, Block, Grid, Heading, Items, Letter, Paragraph
from .requester import Kind, Requester, lacks_for_cada, letterhead, written_number
from .wording import flowing, in_full, say, set_in_french

CADA = Addressee(
    name="Commission d’accès aux documents administratifs",
    address="TSA 50730\n75334 Paris Cedex 07",
)


class Piece(StrEnum):
    """What a file of a referral is."""

    REQUEST = "REQUEST"
    RECEIPT = "RECEIPT"
    ACKNOWLEDGEMENT = "ACKNOWLEDGEMENT"
    REFUSAL = "REFUSAL"
    NOTICE = "NOTICE"
    ANNEX = "ANNEX"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """A file that goes with a paper."""

    kind: Piece
    name: str
    label: str
    sha256: str
    pages: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedItem:
    """A document that was refused, the reason given and the answer to it (both may be empty)."""

    item: str
    reason: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowLine:
    """A dated step of the law, as `law` derives it: days are civil days, `None` when unknown."""

    step: str
    """Its name for people, as `Saisine de la CADA`."""
    not_before: date | None = None
    act_by_safe: date | None = None
    last_day: date | None = None
    basis: str = ""
    derivation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesBlock:
    """What a referral says of its series: how many bodies, and that each is informed."""

    bodies: int
    annex: str
    """The name of the annex's file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A referral. Of `refused_on` (notified refusal) and `silent_since` one at least is given."""

    exchange: Exchange
    items: tuple[RefusedItem, ...]
    received_on: date | None = None
    refused_on: date | None = None
    silent_since: date | None = None
    windows: tuple[WindowLine, ...] = ()
    provisions: tuple[str, ...] = ("articles L. 311-1, L. 300-2 et L. 311-7 du CRPA",)
    arguments: tuple[str, ...] = ()
    files: tuple[FileLine, ...] = ()
    series: SeriesBlock | None = None
    commission: Addressee = CADA


@dataclass(frozen=True, slots=True, kw_only=True)
class Incomplete:
    """What a referral lacks to be registered, and what to do."""

    field: str
    sentence: str


_NO_REQUEST = gettext_noop("Joignez la copie de la demande : la CADA l'exige (CRPA R343-1).")
_NO_REFUSAL = gettext_noop("Joignez la copie du refus : la CADA l'exige (CRPA R343-1).")
_NOT_REFUSED = gettext_noop(
    "Aucun refus n'est né : attendez la réponse ou la fin du mois de silence (CRPA R311-13)."
)
_NOTHING = gettext_noop("Indiquez au moins un document refusé : c'est l'objet de la saisine.")
_NO_ANNEX = gettext_noop("Joignez la liste des organismes de la série (CRPA R343-3-1).")


def incomplete(referral: Referral) -> tuple[Incomplete, ...]:
    """Return what a referral lacks (D9); nothing when it can be registered."""
    kinds = {each.kind for each in referral.files}
    found = [
        Incomplete(field=lack.field, sentence=lack.sentence)
        for lack in lacks_for_cada(referral.exchange.requester)
    ]
    checks = (
        ("items", _NOTHING, any(flowing(each.item) for each in referral.items)),
        ("refusal", _NOT_REFUSED, bool(referral.refused_on or referral.silent_since)),
        ("request_copy", _NO_REQUEST, Piece.REQUEST in kinds),
        ("refusal_copy", _NO_REFUSAL, referral.refused_on is None or Piece.REFUSAL in kinds),
        ("annex", _NO_ANNEX, referral.series is None or Piece.ANNEX in kinds),
    )
    found += [Incomplete(field=name, sentence=said) for name, said, holds in checks if not holds]
    return tuple(found)


_OPENING = (
    "{have} l'honneur de saisir la Commission, en application des articles L. 342-1 et R. 343-1 du "
    "code des relations entre le public et l'administration (CRPA), du refus opposé à {my_request} "
    "de communication de documents administratifs, dans les conditions exposées ci-dessous."
)
_WHY_SILENT = (
    "Aucune réponse n'a été reçue. Le silence gardé pendant un mois a fait naître une décision "
    "implicite de refus le {since} (articles R.* 311-12 et R. 311-13 du CRPA)."
)
_WHY_REFUSED = "Un refus, dont la copie est jointe, a été notifié le {on}."
_SEVER = (
    "En tout état de cause, à supposer certaines mentions non communicables, l'article L. 311-7 du "
    "CRPA impose de communiquer les documents après occultation ou disjonction de ces seules "
    "mentions, ce qui a été demandé dès l'origine. L'article L. 114-2 obligeait par ailleurs "
    "l'administration à transmettre la demande à celle qui détiendrait ces documents."
)
_SERIES = (
    "Cette saisine porte sur une série de {bodies} demandes ayant le même objet, présentées par le "
    "même demandeur à des administrations différentes (articles L. 342-1 et R. 343-3-1 du CRPA). "
    "La liste de ces administrations, avec leur adresse, la date de la demande et celle du refus, "
    "est jointe ({annex}). Chacune a été informée, par le demandeur, de la présente saisine ; la "
    "preuve en est jointe. {Pray} d'indiquer dans le récépissé les administrations retenues."
)
_ASKS = (
    "{Ask} de bien vouloir émettre un avis favorable à la communication des documents désignés "
    "ci-dessus, et d'accuser réception de la présente saisine en précisant la "
    "date de son enregistrement (article R. 343-1 du CRPA)."
)
_NOTE = (
    "Préparé avec Contrechamp. Dates calculées d'après les articles cités ; ceci n'est pas un "
    "conseil juridique."
)
SENTENCES = (_OPENING, _WHY_SILENT, _WHY_REFUSED, _SEVER, _SERIES, _ASKS, _NOTE)


def referral_letter(referral: Referral) -> Letter:
    """Return the referral as a letter. It may be printed as a draft while `incomplete`."""
    exchange = referral.exchange
    voice = voice_of(exchange.requester)
    return Letter(
        code="referral",
        title="Saisine de la Commission d’accès aux documents administratifs",
        sender=letterhead(exchange.requester, exchange.reply_to),
        addressee=referral.commission.lines,
        place=flowing(exchange.place),
        day=exchange.day,
        subject=say(
            "Saisine pour avis d'un refus de communication ({body})",
            body=flowing(exchange.body.name),
        ),
        reference=exchange.reference,
        blocks=tuple(_blocks(referral, voice)),
        signature=signature(exchange.requester),
        closing=Said(voice)(CLOSING).text,
        is_draft=exchange.is_draft or bool(incomplete(referral)),
        note=say(_NOTE),
    )


def _blocks(referral: Referral, voice: Voice) -> Iterator[Block]:
    say_, exchange = Said(voice), referral.exchange
    yield say_(_OPENING)
    yield Heading("Le demandeur")
    yield pairs(identity_rows(exchange.requester, exchange.reply_to))
    yield Heading("L’administration et la demande")
    yield pairs(_request_rows(referral))
    yield Heading("La décision de refus")
    if referral.refused_on is not None:
        yield say_(_WHY_REFUSED, on=referral.refused_on)
    elif referral.silent_since is not None:
        yield say_(_WHY_SILENT, since=referral.silent_since)
    yield Heading("Documents refusés")
    yield from _refused(referral)
    yield Heading("Observations")
    yield from (Paragraph(flowing(each)) for each in referral.arguments)
    yield say_(_SEVER)
    if referral.windows:
        yield Heading("Recevabilité et délais")
        yield from window_blocks(referral.windows)
    if referral.series is not None:
        yield Heading("Série")
        yield say_(_SERIES, bodies=referral.series.bodies, annex=referral.series.annex)
    if referral.files:
        yield Heading("Pièces jointes et empreintes")
        yield files_grid(referral.files)
    yield Heading("Demande")
    yield say_(_ASKS)


def pairs(rows: tuple[tuple[str, str], ...]) -> Grid:
    """Return a table of names and values, without those that say nothing."""
    return Grid(("", ""), tuple(row for row in rows if row[1]))


def identity_rows(requester: Requester, reply_to: str = "") -> tuple[tuple[str, str], ...]:
    """Return the identity that R343-1 asks for: names and domicile, or form, name and seat."""
    address = ", ".join(requester.address_lines)
    email = reply_to or requester.email.strip()
    if requester.is_person:
        return (
            ("Nom", flowing(requester.name)),
            ("Prénom", flowing(requester.first_name)),
            ("Domicile", address),
            ("Adresse électronique", email),
        )
    association = requester.kind is Kind.ASSOCIATION
    capacity = flowing(requester.capacity)
    by = flowing(requester.representative)
    return (
        ("Forme", flowing(requester.form) or ("Association déclarée" if association else "")),
        ("Dénomination", flowing(requester.name)),
        ("Numéro", written_number(requester)),
        ("Siège", address),
        ("Représentant", f"{by}, {capacity}" if by and capacity else by),
        ("Adresse électronique", email),
    )


def _request_rows(referral: Referral) -> tuple[tuple[str, str], ...]:
    exchange = referral.exchange
    received = referral.received_on
    return (
        ("Administration", flowing(exchange.body.name)),
        ("Adresse", ", ".join(exchange.body.lines[1:])),
        ("Objet de la demande", flowing(exchange.about)),
        ("Date de la demande", in_full(exchange.asked_on)),
        ("Date de réception", in_full(received) if received else ""),
        ("Référence", exchange.reference),
        (
            "Dispositions invoquées",
            "\u202f; ".join(set_in_french(flowing(each)) for each in referral.provisions),
        ),
    )


def _refused(referral: Referral) -> Iterator[Block]:
    rows = [each for each in referral.items if flowing(each.item)]
    if not any(each.reason or each.answer for each in rows):
        yield Items(tuple(flowing(each.item) for each in rows))
        return
    yield Grid(
        ("N°", "Document", "Motif opposé", "Réponse"),
        tuple(
            (str(at), flowing(each.item), flowing(each.reason), flowing(each.answer))
            for at, each in enumerate(rows, 1)
        ),
    )


def window_blocks(windows: tuple[WindowLine, ...]) -> Iterator[Block]:
    """Yield the table of dated steps, then how each was found."""
    columns = ("Étape", "Pas avant", "Date prudente", "Dernier jour (usage)", "Fondement")
    yield Grid(
        columns,
        tuple(
            (
                flowing(each.step),
                *(
                    in_full(day) if day else "—"
                    for day in (each.not_before, each.act_by_safe, each.last_day)
                ),
                flowing(each.basis),
            )
            for each in windows
        ),
    )
    for each in windows:
        if each.derivation:
            how = "\u202f; ".join(
                set_in_french(flowing(line).rstrip(".")) for line in each.derivation
            )
            yield Paragraph(say("{step} : {how}.", step=flowing(each.step), how=how))


def files_grid(files: tuple[FileLine, ...]) -> Grid:
    """Return the list of files with their hashes."""
    return Grid(
        ("N°", "Pièce", "Fichier", "Pages", "SHA-256"),
        tuple(
            (str(at), flowing(each.label), each.name, str(each.pages or "—"), each.sha256)
            for at, each in enumerate(files, 1)
        ),
    )
