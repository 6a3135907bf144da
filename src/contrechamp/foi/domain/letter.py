"""The request: what a lawyer would sign, and nothing that the right does not need.

A letter never states a motive or an intended use: the right of access asks for none. The request
holds, in this order: the legal basis (L311-1, L300-2), the numbered documents, the scope, the form
(L311-9), severance asked in advance (L311-7), passing-on (L114-2), the acknowledgement (L112-11),
the reference, the notice that the exchange may be published with agents' names masked.
Source: design/foi.md §1 (D1–D5, D23, D27) and §6.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .paper import Addressee, Block, Items, Letter, Paragraph
from .requester import Channel, Requester, letterhead
from .wording import flowing, say, set_in_french

CRPA = "code des relations entre le public et l'administration"


@dataclass(frozen=True, slots=True)
class Voice:
    """How the one who writes speaks: the verbs and pronouns of our sentences."""

    have: str
    ask: str
    wish: str
    pray: str
    remind: str
    reserve: str
    me: str
    my_f: str
    my_request: str

    def say(self, sentence: str, **values: object) -> str:
        """Say a sentence of ours in this voice, values as they are."""
        mine = {name: getattr(self, name) for name in self.__slots__}
        return say(sentence, **mine, **values)


PERSON = Voice(
    have="j’ai",
    ask="je vous demande",
    wish="je souhaite",
    pray="je vous prie",
    remind="je vous rappelle",
    reserve="je me réserve",
    me="me",
    my_f="ma",
    my_request="ma demande",
)
BODY = Voice(
    have="nous avons",
    ask="nous vous demandons",
    wish="nous souhaitons",
    pray="nous vous prions",
    remind="nous vous rappelons",
    reserve="nous nous réservons",
    me="nous",
    my_f="notre",
    my_request="notre demande",
)


def voice_of(requester: Requester) -> Voice:
    """Return `je` for a person, `nous` for an association or a company."""
    return PERSON if requester.is_person else BODY


def capital(sentence: str) -> str:
    """Return a sentence that begins with a capital, whoever speaks."""
    return sentence[:1].upper() + sentence[1:]


class Form(StrEnum):
    """How one chooses to receive the documents (CRPA L311-9)."""

    EMAIL = "EMAIL"
    COPY = "COPY"
    CONSULTATION = "CONSULTATION"
    PUBLICATION = "PUBLICATION"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What a request is made of.

    `items` are the documents, worded; `about` names the object in a few words for the subject;
    `reply_to` is the address of this request, which stands for the requester's own.
    """

    requester: Requester
    body: Addressee
    items: tuple[str, ...]
    about: str
    reference: str
    day: date
    place: str = ""
    reply_to: str = ""
    form: Form = Form.EMAIL
    channel: Channel = Channel.EMAIL
    is_draft: bool = False
    enclosures: tuple[str, ...] = field(default=())

    @property
    def address(self) -> str:
        """Where an answer goes: the request's own address, else the requester's."""
        return self.reply_to or self.requester.email.strip()


_BASIS = (
    "En application des articles L. 311-1 et L. 300-2 du {crpa} (CRPA), {have} l'honneur de vous "
    "demander la communication {documents}, dans toutes {versions} :"
)
_ONE = {
    "documents": "du document administratif désigné ci-dessous et de ses annexes",
    "versions": "ses versions achevées",
}
_MANY = {
    "documents": "des documents administratifs énumérés ci-dessous et de leurs annexes",
    "versions": "leurs versions achevées",
}
_SCOPE = (
    "Cette demande porte sur les documents existants, produits ou reçus par vos services dans le "
    "cadre d'une mission de service public, quels que soient leur support et leur forme, ainsi que "
    "sur ceux qui peuvent être obtenus par un traitement automatisé d'usage courant des données "
    "que vous détenez."
)
_FORMS = {
    Form.EMAIL: (
        "Conformément à l'article L. 311-9 du CRPA, {wish} recevoir ces documents par courrier "
        "électronique et sans frais, à l'adresse {address} (3° de cet article), dans un format "
        "ouvert et aisément réutilisable lorsqu'ils existent sous forme électronique. Leur "
        "publication en ligne conviendrait également (4° du même article)."
    ),
    Form.COPY: (
        "Conformément au 2° de l'article L. 311-9 du CRPA, {wish} recevoir une copie de ces "
        "documents. Si leur reproduction donne lieu à des frais, {pray} de {me} en faire "
        "connaître le montant avant l'envoi ; les documents disponibles sous forme électronique "
        "peuvent être adressés sans frais à l'adresse {address} (3° du même article)."
    ),
    Form.CONSULTATION: (
        "Conformément au 1° de l'article L. 311-9 du CRPA, {wish} consulter gratuitement ces "
        "documents sur place. {Pray} de {me} proposer, à l'adresse {address}, un lieu et plusieurs "
        "dates de consultation."
    ),
    Form.PUBLICATION: (
        "Conformément au 4° de l'article L. 311-9 du CRPA, {ask} de publier ces documents en "
        "ligne, dans un format ouvert et aisément réutilisable, et de {me} faire connaître "
        "l'adresse de cette publication à l'adresse électronique {address}."
    ),
}
_SEVERANCE = (
    "Si certaines mentions ne sont pas communicables, {ask} dès à présent, en application de "
    "l'article L. 311-7 du CRPA, de communiquer les documents après occultation ou disjonction de "
    "ces seules mentions, en indiquant le motif de chaque occultation."
)
_PASSING_ON = (
    "Si vous ne détenez pas l'un de ces documents mais qu'une autre administration le détient, "
    "il vous appartient de lui transmettre la demande et de {me} faire connaître cette "
    "transmission (articles L. 114-2 et L. 311-2 du CRPA). Si l'un d'eux n'existe pas, {pray} de "
    "l'indiquer expressément."
)
_ACKNOWLEDGED = {
    True: (
        "{Pray} d'accuser réception de cette demande dans les conditions prévues à l'article "
        "L. 112-11 du CRPA, en précisant la date de sa réception, le service chargé du dossier, la "
        "date à laquelle naîtra, à défaut de réponse, une décision implicite de refus, ainsi que "
        "les voies et délais de recours (article R. 112-11-1). "
    ),
    False: (
        "{Pray} d'accuser réception de cette demande, en précisant la date de sa réception, le "
        "service chargé du dossier, la date à laquelle naîtra, à défaut de réponse, une décision "
        "implicite de refus, ainsi que les voies et délais de recours (article R. 112-5 du CRPA). "
    ),
}
_SILENCE = (
    "Le silence gardé pendant un mois vaut refus (articles R.* 311-12 et R. 311-13) ; ce refus "
    "peut être déféré à la Commission d'accès aux documents administratifs."
)
_REFERENCE = "{Pray} de rappeler la référence {reference} dans toute correspondance."
_PUBLISHED = (
    "Les échanges relatifs à cette demande et les documents communiqués pourront être publiés en "
    "ligne ; les noms et coordonnées des agents y seront masqués."
)
CLOSING = "{Pray} d'agréer, Madame, Monsieur, l'expression de {my_f} considération distinguée."
SENTENCES = (
    *(_BASIS, _SCOPE, *_FORMS.values(), _SEVERANCE, _PASSING_ON, *_ACKNOWLEDGED.values()),
    *(_SILENCE, _REFERENCE, _PUBLISHED, CLOSING, *_ONE.values(), *_MANY.values()),
)
"""Our own sentences: the same in every request, so they betray nothing (`secrecy`)."""


def compose(facts: LetterFacts) -> Letter:
    """Return the request as a letter."""
    voice = voice_of(facts.requester)
    numbered = _ONE if len(facts.items) == 1 else _MANY
    by_wire = facts.channel is not Channel.POST
    say_ = Said(voice)
    blocks: list[Block] = [
        say_(
            _BASIS, crpa=set_in_french(CRPA), **{k: set_in_french(v) for k, v in numbered.items()}
        ),
        Items(tuple(flowing(item) for item in facts.items)),
        say_(_SCOPE),
        say_(_FORMS[facts.form], address=facts.address),
        say_(_SEVERANCE),
        say_(_PASSING_ON),
        say_(_ACKNOWLEDGED[by_wire] + _SILENCE),
        say_(_REFERENCE, reference=facts.reference),
        say_(_PUBLISHED),
    ]
    return Letter(
        code="request",
        title=say("Demande de communication de documents administratifs"),
        sender=letterhead(facts.requester, facts.reply_to),
        addressee=facts.body.lines,
        place=flowing(facts.place),
        day=facts.day,
        subject=say(
            "Demande de communication de documents administratifs : {about}",
            about=flowing(facts.about),
        ),
        reference=facts.reference,
        blocks=tuple(blocks),
        closing=say_(CLOSING).text,
        signature=signature(facts.requester),
        enclosures=facts.enclosures,
        is_draft=facts.is_draft,
    )


@dataclass(frozen=True, slots=True)
class Said:
    """Says sentences of ours as paragraphs in a voice."""

    voice: Voice

    def __call__(self, sentence: str, **values: object) -> Paragraph:
        """Return a paragraph; `{Pray}` begins a sentence."""
        text = self.voice.say(
            sentence,
            Pray=capital(self.voice.pray),
            Ask=capital(self.voice.ask),
            Remind=capital(self.voice.remind),
            **values,
        )
        return Paragraph(capital(text))


def signature(requester: Requester) -> tuple[str, ...]:
    """Return who signs: a person, or a body by who represents it."""
    if requester.is_person or not requester.representative.strip():
        return (requester.full_name,)
    capacity = flowing(requester.capacity)
    by = flowing(requester.representative)
    return (f"Pour {requester.full_name}", f"{by}, {capacity}" if capacity else by)
