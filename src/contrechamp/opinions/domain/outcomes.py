"""What an opinion says, in few classes: from the published "sens et motivation".

The cell lists elements `sense` or `sense/motive` separated by commas, and some motives hold a
comma: an element begins only with one of the known senses, anything else goes on with the one
before. Older files write spaces around the slash.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.names import words


class Outcome(StrEnum):
    """The class of a whole opinion."""

    FAVOURABLE = "FAVOURABLE"
    RESERVES = "RESERVES"
    UNFAVOURABLE = "UNFAVOURABLE"
    WITHOUT_OBJECT = "WITHOUT_OBJECT"
    INADMISSIBLE = "INADMISSIBLE"
    NOT_COMPETENT = "NOT_COMPETENT"
    OTHER = "OTHER"
    NOT_READ = "NOT_READ"


LABELS = {
    Outcome.FAVOURABLE: gettext_noop("favorable"),
    Outcome.RESERVES: gettext_noop("favorable sous réserves ou en partie"),
    Outcome.UNFAVOURABLE: gettext_noop("défavorable"),
    Outcome.WITHOUT_OBJECT: gettext_noop("sans objet"),
    Outcome.INADMISSIBLE: gettext_noop("irrecevable"),
    Outcome.NOT_COMPETENT: gettext_noop("incompétence"),
    Outcome.OTHER: gettext_noop("autre ou non indiqué"),
    Outcome.NOT_READ: gettext_noop("issue non lue"),
}
MEANINGS = {
    Outcome.FAVOURABLE: gettext_noop("La CADA dit que les documents doivent être communiqués."),
    Outcome.RESERVES: gettext_noop(
        "La CADA dit qu'une partie doit être communiquée : certains documents, ou après masquage."
    ),
    Outcome.UNFAVOURABLE: gettext_noop(
        "La CADA dit que les documents n'ont pas à être communiqués."
    ),
    Outcome.WITHOUT_OBJECT: gettext_noop(
        "Il n'y avait plus rien à dire : les documents ont été remis, sont déjà publics ou "
        "n'existent pas."
    ),
    Outcome.INADMISSIBLE: gettext_noop(
        "La CADA n'a pas examiné la demande : elle était mal formée, trop imprécise ou venue "
        "trop tôt ou trop tard."
    ),
    Outcome.NOT_COMPETENT: gettext_noop("La CADA dit que la question n'est pas de son ressort."),
    Outcome.OTHER: gettext_noop(
        "Le fichier de la CADA ne donne pas de sens que nous sachions ranger."
    ),
    Outcome.NOT_READ: gettext_noop(
        "Nous connaissons cet avis par une citation : personne ici n'en a encore lu l'issue."
    ),
}
COUNTED = (Outcome.FAVOURABLE, Outcome.RESERVES, Outcome.UNFAVOURABLE)
"""The classes that answer the question "must it be given?"."""
SENSES = {
    "favorable": Outcome.FAVOURABLE,
    "defavorable": Outcome.UNFAVOURABLE,
    "sans objet": Outcome.WITHOUT_OBJECT,
    "irrecevable": Outcome.INADMISSIBLE,
    "irrecevabilite": Outcome.INADMISSIBLE,
    "incompetence": Outcome.NOT_COMPETENT,
    "incompetent": Outcome.NOT_COMPETENT,
    "incident": Outcome.OTHER,
    "desistement": Outcome.OTHER,
    "sanction": Outcome.OTHER,
}
MOTIVES = (
    ("SECURITY", ("securite publique", "securite des personnes", "surete", "securite")),
    ("PRIVACY", ("vie privee", "donnees personnelles", "secret medical")),
    ("BUSINESS", ("secret des affaires", "industriel et commercial", "secret commercial")),
    ("JUDGMENT", ("appreciation", "jugement de valeur")),
    ("BEHAVIOUR", ("comportement",)),
    ("PREPARATORY", ("preparatoire",)),
    ("UNFINISHED", ("inacheve",)),
    ("PUBLISHED", ("diffusion publique", "deja public", "publie")),
    ("GIVEN", ("communique", "communication")),
    ("NOT_EXISTING", ("inexistant", "inexistence", "non detenu", "non detention")),
    ("ABUSIVE", ("abusive", "abusif")),
    ("IMPRECISE", ("imprecis",)),
    ("INFORMATION", ("renseignement", "documentation")),
    ("COURTS", ("judiciaire", "juridictionnel", "procedure")),
    ("DEFENCE", ("defense",)),
    ("DELIBERATIONS", ("deliberation",)),
    ("OTHER_SECRET", ("secret",)),
)
"""Words of a motive, folded, and its code; the first that fits."""
MOTIVE_LABELS = {
    "SECURITY": gettext_noop("sécurité publique"),
    "PRIVACY": gettext_noop("vie privée"),
    "BUSINESS": gettext_noop("secret des affaires"),
    "JUDGMENT": gettext_noop("appréciation sur une personne"),
    "BEHAVIOUR": gettext_noop("comportement d'une personne"),
    "PREPARATORY": gettext_noop("document préparatoire"),
    "UNFINISHED": gettext_noop("document inachevé"),
    "PUBLISHED": gettext_noop("déjà public"),
    "GIVEN": gettext_noop("déjà communiqué"),
    "NOT_EXISTING": gettext_noop("document inexistant ou non détenu"),
    "ABUSIVE": gettext_noop("demande abusive"),
    "IMPRECISE": gettext_noop("demande imprécise"),
    "INFORMATION": gettext_noop("demande de renseignement"),
    "COURTS": gettext_noop("justice"),
    "DEFENCE": gettext_noop("défense nationale"),
    "DELIBERATIONS": gettext_noop("délibérations du gouvernement"),
    "OTHER_SECRET": gettext_noop("autre secret"),
    "OTHER": gettext_noop("autre motif"),
}
_SLASH = re.compile(r"\s*/\s*")


@dataclass(frozen=True, slots=True)
class Sense:
    """One element: its class, the motive's code (empty without one), and the words as published."""

    outcome: Outcome
    motive: str
    published: str


def read_senses(cell: str) -> tuple[tuple[Sense, ...], tuple[str, ...]]:
    """Return the elements of a cell, and the pieces that no known sense begins."""
    pieces: list[str] = []
    for piece in (part.strip() for part in cell.split(",")):
        if not piece:
            continue
        if pieces and _sense_of(piece) is None and _sense_of(pieces[-1]) is not None:
            pieces[-1] = f"{pieces[-1]}, {piece}"
        else:
            pieces.append(piece)
    senses = []
    for piece in pieces:
        outcome = _sense_of(piece)
        if outcome is not None:
            _, _, motive = _SLASH.sub("/", piece).partition("/")
            senses.append(Sense(outcome, motive_of(motive), _SLASH.sub("/", piece)))
    return tuple(senses), tuple(piece for piece in pieces if _sense_of(piece) is None)


def motive_of(text: str) -> str:
    """Return the code of a motive; empty when there is none, OTHER when it is unknown."""
    folded = " ".join(words(text))
    if not folded:
        return ""
    for code, signs in MOTIVES:
        if any(sign in folded for sign in signs):
            return code
    return "OTHER"


def outcome_of(senses: Sequence[Sense]) -> Outcome:
    """Return the class of a whole opinion.

    Favourable with a motive ("sauf …") or beside an unfavourable, inadmissible or incompetent part
    is RESERVES. What became without object meanwhile does not weigh on the rest.
    """
    found = [sense.outcome for sense in senses]
    said = {outcome for outcome in found if outcome is not Outcome.WITHOUT_OBJECT}
    if not said:
        return Outcome.WITHOUT_OBJECT if found else Outcome.OTHER
    if Outcome.FAVOURABLE in said:
        is_whole = said == {Outcome.FAVOURABLE} and not any(
            sense.motive for sense in senses if sense.outcome is Outcome.FAVOURABLE
        )
        return Outcome.FAVOURABLE if is_whole else Outcome.RESERVES
    for outcome in (Outcome.UNFAVOURABLE, Outcome.INADMISSIBLE, Outcome.NOT_COMPETENT):
        if outcome in said:
            return outcome
    return Outcome.OTHER


def _sense_of(piece: str) -> Outcome | None:
    return SENSES.get(" ".join(words(piece.partition("/")[0])))
