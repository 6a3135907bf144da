"""Why a moderator acts: a closed list, each with the clause of the rules and a text to the author.

No reason, no action. The clauses are those of the page `/forum/regles`, which is made from this
list: a rule that is not on the page can be no reason (Regulation (EU) 2022/2065, art. 14 and 17).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contrechamp.kernel.errors import Refused, gettext_noop


class Reason(StrEnum):
    """The codes, as the public journal prints them. Never renamed: old lines keep them."""

    PRIVATE_DATA = "PRIVATE_DATA"
    ILLEGAL = "ILLEGAL"
    HATE = "HATE"
    LEAK = "LEAK"
    SPAM = "SPAM"
    OFF_TOPIC = "OFF_TOPIC"
    DUPLICATE = "DUPLICATE"
    UNSOURCED = "UNSOURCED"
    FLAG_ABUSE = "FLAG_ABUSE"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One rule of the forum, and what its breach is told the author with."""

    number: int
    label: str
    rule: str
    to_author: str
    needs_text: bool = False


CLAUSES: dict[Reason, Clause] = {
    Reason.PRIVATE_DATA: Clause(
        number=1,
        label=gettext_noop("données personnelles"),
        rule=gettext_noop(
            "Pas de données d'une personne privée : nom, adresse, téléphone, plaque, photo "
            "reconnaissable. Les élus, agents et entreprises sont nommés pour leurs actes publics."
        ),
        to_author=gettext_noop(
            "Votre message donne des renseignements sur une personne privée. "
            "Le même message sans eux est le bienvenu."
        ),
    ),
    Reason.ILLEGAL: Clause(
        number=2,
        label=gettext_noop("contenu illicite"),
        rule=gettext_noop(
            "Rien que la loi interdit de publier. La décision nomme le texte "
            "sur lequel elle repose."
        ),
        to_author=gettext_noop(
            "Votre message contient ce que la loi interdit de publier. "
            "Le texte est nommé ci-dessous."
        ),
        needs_text=True,
    ),
    Reason.HATE: Clause(
        number=3,
        label=gettext_noop("haine ou menace"),
        rule=gettext_noop(
            "Ni haine, ni menace, ni harcèlement, de personne contre personne. "
            "On discute les actes et les arguments."
        ),
        to_author=gettext_noop(
            "Votre message menace ou rabaisse quelqu'un. "
            "La même critique, portée sur des actes, a sa place ici."
        ),
    ),
    Reason.LEAK: Clause(
        number=4,
        label=gettext_noop("fuite à déposer ailleurs"),
        rule=gettext_noop(
            "Pas de document confidentiel ici : le forum est public et ne protège pas une source. "
            "La boîte de dépôt est faite pour cela."
        ),
        to_author=gettext_noop(
            "Votre message contient ce qui paraît être un document confidentiel. Pour vous "
            "protéger il n'est pas montré : passez par la boîte de dépôt, à la page « Alerter »."
        ),
    ),
    Reason.SPAM: Clause(
        number=5,
        label=gettext_noop("publicité"),
        rule=gettext_noop("Pas de publicité, pas de messages envoyés en série."),
        to_author=gettext_noop("Votre message est de la publicité, ou un envoi en série."),
    ),
    Reason.OFF_TOPIC: Clause(
        number=6,
        label=gettext_noop("hors sujet"),
        rule=gettext_noop("Dans un fil, on parle de son sujet. Un autre sujet ouvre un autre fil."),
        to_author=gettext_noop(
            "Votre message ne parle pas du sujet de ce fil. Ouvrez un fil pour lui."
        ),
    ),
    Reason.DUPLICATE: Clause(
        number=7,
        label=gettext_noop("doublon"),
        rule=gettext_noop("Une même chose se dit une fois : le lien vers elle suffit ensuite."),
        to_author=gettext_noop("Votre message répète un message qui est déjà là."),
    ),
    Reason.UNSOURCED: Clause(
        number=8,
        label=gettext_noop("accusation sans source"),
        rule=gettext_noop(
            "Qui accuse une personne donne sa source : un acte, un article, un document que l'on "
            "peut ouvrir."
        ),
        to_author=gettext_noop(
            "Votre message accuse une personne sans donner de source. Ajoutez-la, et renvoyez-le."
        ),
    ),
    Reason.FLAG_ABUSE: Clause(
        number=9,
        label=gettext_noop("signalements abusifs"),
        rule=gettext_noop("Le signalement sert à signaler, pas à faire taire une opinion."),
        to_author=gettext_noop("Vos signalements visent des messages qui respectent les règles."),
    ),
    Reason.OTHER: Clause(
        number=10,
        label=gettext_noop("autre raison, dite par écrit"),
        rule=gettext_noop(
            "Ce que ces règles n'ont pas prévu se décide par écrit : la raison est dite en entier "
            "à l'auteur, et la décision peut être contestée comme les autres."
        ),
        to_author=gettext_noop("La raison est dite ci-dessous."),
        needs_text=True,
    ),
}
LEAST_TEXT = 10


class NoReason(Refused):
    """A moderator wanted to act without saying why."""


def check_reason(code: str, text: str) -> Reason:
    """Return the reason of that code; refuse none, an unknown one, and a missing text."""
    if code not in Reason.__members__:
        raise NoReason(gettext_noop("Choisissez une raison : sans raison, rien n'est décidé."))
    reason = Reason(code)
    if CLAUSES[reason].needs_text and len(text.strip()) < LEAST_TEXT:
        raise NoReason(
            gettext_noop("Cette raison demande une phrase à l'auteur : dites ce qui ne va pas.")
        )
    return reason
