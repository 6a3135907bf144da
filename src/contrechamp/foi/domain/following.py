"""The letters that follow a request: reminder, precision, reply to a refusal, reasons, after an
opinion. None states a motive; a reminder says that it stops no time.

Source: design/foi.md §1 (D6, D11, D16, D20), §6, §7; design/cases.md §6.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .letter import CLOSING, Said, signature, voice_of
from .paper import Addressee, Block, Items, Letter, Paragraph
from .requester import Requester, letterhead
from .wording import flowing, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What every later letter knows of a request. `day` is the letter's, `asked_on` the request's.

    `items` are the documents that the letter is about: all, or those that are still wanted.
    """

    requester: Requester
    body: Addressee
    about: str
    reference: str
    items: tuple[str, ...]
    asked_on: date
    day: date
    place: str = ""
    reply_to: str = ""
    is_draft: bool = False


BANNER = (
    "Cette relance ne suspend ni n'interrompt aucun délai : celui au terme duquel naît un refus "
    "implicite et celui de la saisine de la Commission d'accès aux documents administratifs "
    "continuent de courir (article L. 412-4 du code des relations entre le public et "
    "l'administration)."
)
_ASKED_ONE = (
    "Par une demande du {asked_on}, {have} sollicité, sur le fondement des articles L. 311-1 et "
    "L. 300-2 du code des relations entre le public et l'administration (CRPA), la communication "
    "du document suivant :"
)
_ASKED_MANY = (
    "Par une demande du {asked_on}, {have} sollicité, sur le fondement des articles L. 311-1 et "
    "L. 300-2 du code des relations entre le public et l'administration (CRPA), la communication "
    "des documents suivants :"
)
_REMINDED = (
    "Sauf erreur, cette demande est à ce jour sans réponse. {Pray} de bien vouloir y donner suite, "
    "par courrier électronique à l'adresse {address}, et de {me} faire connaître l'état de son "
    "instruction."
)
LEVERS = (
    "{Remind} que les mentions qui ne seraient pas communicables doivent être occultées ou "
    "disjointes (article L. 311-7 du code des relations entre le public et l'administration) et "
    "que la demande doit être transmise à l'administration qui détiendrait les documents (article "
    "L. 114-2 du même code)."
)
_PRECISE = (
    "Par un message du {on}, vous avez souhaité que {my_request} du {asked_on} soit précisée. "
    "Elle porte sur {what}, ainsi {named} par {its} type, {its} objet et {its} période :"
)
_ONE_NAMED = {"what": "le document suivant", "named": "désigné", "its": "son"}
_MANY_NAMED = {"what": "les documents suivants", "named": "désignés", "its": "leur"}
_NOT_NEW = (
    "Ces précisions ne constituent pas une demande nouvelle : {my_request} conserve la date à "
    "laquelle vous l'avez reçue, et les délais qui en courent ne sont pas modifiés."
)
_REPLIED = (
    "Par une réponse du {on}, vous avez opposé un refus, total ou partiel, à {my_request} du "
    "{asked_on}. Elle appelle de {my_f} part les observations suivantes."
)
_STILL = "{Ask} en conséquence de communiquer {what} :"
_STILL_ONE, _STILL_MANY = "le document suivant", "les documents suivants"
_STILL_RUNS = (
    "Cette lettre n'a pas pour effet de proroger le délai de saisine de la Commission d'accès aux "
    "documents administratifs ; {reserve} de la saisir sans autre rappel."
)
_IMPLIED = {
    False: (
        "Le silence gardé sur {my_request} du {asked_on}, rappelée ci-dessous, a fait naître une "
        "décision implicite de refus le {born_on}."
    ),
    True: (
        "Le silence gardé après la saisine de la Commission d'accès aux documents administratifs, "
        "au sujet de {my_request} du {asked_on} rappelée ci-dessous, a fait naître une décision "
        "implicite confirmant le refus, le {born_on}."
    ),
}
_REASONS = (
    "En application de l'article L. 232-4 du code des relations entre le public et "
    "l'administration, {ask} de {me} communiquer les motifs de cette décision dans le mois suivant "
    "la réception de la présente lettre."
)
_REASONS_EFFECT = (
    "À défaut, cette décision serait entachée d'illégalité ; s'ils sont communiqués, le délai de "
    "recours contentieux est prorogé jusqu'à l'expiration de deux mois suivant le jour de cette "
    "communication."
)
_OPINION = (
    "Saisie du refus opposé à {my_request} du {asked_on}, la Commission d'accès aux documents "
    "administratifs a rendu{at_its_session} l'avis n° {number}, {sense} à la communication "
    "{of_what} :"
)
_OF_ONE, _OF_MANY = "du document suivant", "des documents suivants"
_WITHIN = (
    "{Ask} de bien vouloir communiquer {it} à l'adresse {address} dans un délai de quinze jours à "
    "compter de la réception de la présente lettre, après occultation, le cas échéant, des seules "
    "mentions que l'avis désigne."
)
_INTENDS = (
    "{Remind} qu'il vous appartient, dans le mois suivant la réception de cet avis, de faire "
    "connaître à la Commission la suite que vous entendez y donner (article R. 343-3 du CRPA)."
)
_COURT = (
    "Ni l'avis ni la présente lettre ne modifient le délai de recours : à défaut de "
    "communication, le tribunal administratif peut être saisi jusqu'au {until} (date retenue par "
    "prudence)."
)
SENTENCES = (
    *(BANNER, _ASKED_ONE, _ASKED_MANY, _REMINDED, LEVERS, _PRECISE, _NOT_NEW, _REPLIED, _STILL),
    *(_STILL_RUNS, *_IMPLIED.values(), _REASONS, _REASONS_EFFECT, _OPINION, _WITHIN, _INTENDS),
    _COURT,
)
"""Our own sentences: the same in every letter (`secrecy`)."""


def follow_up(exchange: Exchange) -> Letter:
    """Return a reminder, with its banner: it moves no date (D20)."""
    say_ = Said(voice_of(exchange.requester))
    blocks: tuple[Block, ...] = (
        *_asked(exchange),
        say_(_REMINDED, address=_address(exchange)),
        say_(LEVERS),
    )
    subject = say("Relance : demande du {asked_on}, {about}", **_subject(exchange))
    return _letter(exchange, "follow_up", "Relance", subject, blocks, banner=say(BANNER))


def precision(exchange: Exchange, asked_for_on: date) -> Letter:
    """Return the precision that a body asked for on a day; the request keeps its dates (D6)."""
    say_ = Said(voice_of(exchange.requester))
    named = _ONE_NAMED if len(exchange.items) == 1 else _MANY_NAMED
    blocks = (
        say_(_PRECISE, on=asked_for_on, asked_on=exchange.asked_on, **named),
        _items(exchange),
        say_(LEVERS),
        say_(_NOT_NEW),
    )
    subject = say("Précisions sur la demande du {asked_on}, {about}", **_subject(exchange))
    return _letter(exchange, "precision", "Précisions", subject, blocks)


def reply(exchange: Exchange, refused_on: date, paragraphs: Iterable[str]) -> Letter:
    """Return the reply to a refusal. `paragraphs` come from the reader of refusals, as they are.

    Raise `ValueError` when there is none: nothing would be replied.
    """
    said = [text for each in paragraphs if (text := flowing(each))]
    if not said:
        raise ValueError("a reply to a refusal has at least one paragraph")
    say_ = Said(voice_of(exchange.requester))
    what = _STILL_ONE if len(exchange.items) == 1 else _STILL_MANY
    blocks: tuple[Block, ...] = (
        say_(_REPLIED, on=refused_on, asked_on=exchange.asked_on),
        *map(Paragraph, said),
        say_(_STILL, what=what),
        _items(exchange),
        say_(LEVERS),
        say_(_STILL_RUNS),
    )
    subject = say(
        "Réponse au refus opposé à la demande du {asked_on}, {about}", **_subject(exchange)
    )
    return _letter(exchange, "reply", "Réponse à un refus", subject, blocks)


def reasons(exchange: Exchange, born_on: date, *, is_confirmed: bool) -> Letter:
    """Return the request for the reasons of an implied refusal, or of its confirmation (D16)."""
    say_ = Said(voice_of(exchange.requester))
    blocks = (
        say_(_IMPLIED[is_confirmed], asked_on=exchange.asked_on, born_on=born_on),
        _items(exchange),
        say_(_REASONS),
        say_(_REASONS_EFFECT),
        say_(LEVERS),
    )
    subject = say(
        "Demande de communication des motifs d'une décision implicite de refus : {about}",
        **_subject(exchange),
    )
    return _letter(exchange, "reasons", "Demande de motifs", subject, blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """An opinion of the CADA that is wholly or in part favourable."""

    number: str
    session_on: date | None = None
    has_reserves: bool = False


def after_opinion(exchange: Exchange, opinion: Opinion, court_until: date | None = None) -> Letter:
    """Return the letter after a favourable opinion: the documents within fifteen days.

    `court_until` is the safe last day before the court; the opinion has not moved it (D13).
    """
    say_ = Said(voice_of(exchange.requester))
    is_one = len(exchange.items) == 1
    session = opinion.session_on
    at_session = say(", en sa séance du {day},", day=session) if session else ""
    blocks: list[Block] = [
        say_(
            _OPINION,
            asked_on=exchange.asked_on,
            at_its_session=at_session,
            number=opinion.number,
            sense="favorable, sous les réserves qu’il énonce,"
            if opinion.has_reserves
            else ("favorable"),
            of_what=_OF_ONE if is_one else _OF_MANY,
        ),
        _items(exchange),
        say_(_WITHIN, it="ce document" if is_one else "ces documents", address=_address(exchange)),
        say_(LEVERS),
        say_(_INTENDS),
    ]
    if court_until is not None:
        blocks.append(say_(_COURT, until=court_until))
    subject = say(
        "Suites de l'avis n° {number} de la CADA : {about}",
        number=opinion.number,
        **_subject(exchange),
    )
    return _letter(exchange, "after_opinion", "Après un avis favorable", subject, blocks)


# What these letters share


def _subject(exchange: Exchange) -> dict[str, object]:
    return {"asked_on": exchange.asked_on, "about": flowing(exchange.about)}


def _address(exchange: Exchange) -> str:
    return exchange.reply_to or exchange.requester.email.strip()


def _items(exchange: Exchange) -> Items:
    return Items(tuple(flowing(each) for each in exchange.items))


def _asked(exchange: Exchange) -> tuple[Block, ...]:
    sentence = _ASKED_ONE if len(exchange.items) == 1 else _ASKED_MANY
    said = Said(voice_of(exchange.requester))(sentence, asked_on=exchange.asked_on)
    return (said, _items(exchange))


def _letter(
    exchange: Exchange,
    code: str,
    title: str,
    subject: str,
    blocks: Iterable[Block],
    *,
    banner: str = "",
) -> Letter:
    return Letter(
        code=code,
        title=title,
        sender=letterhead(exchange.requester, exchange.reply_to),
        addressee=exchange.body.lines,
        place=flowing(exchange.place),
        day=exchange.day,
        subject=subject,
        reference=exchange.reference,
        blocks=tuple(blocks),
        signature=signature(exchange.requester),
        banner=banner,
        closing=Said(voice_of(exchange.requester))(CLOSING).text,
        is_draft=exchange.is_draft,
    )
