"""What a page does not know, as questions that a resident can send as they are.

A question is left out when a published fact answers it. The law behind them: everybody may ask
any administration for the documents that it holds (code des relations entre le public et
l'administration, art. L. 311-1), without saying why.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from contrechamp.kernel.errors import gettext_noop


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing not known, and the document that would tell."""

    code: str
    unknown: str
    document: str
    answered_by: tuple[str, ...]
    """Properties and relations: one published fact of these, and the question is answered."""
    needs_project: bool = False


QUESTIONS = (
    Question(
        code="cameras",
        unknown=gettext_noop("Combien de caméras filment l'espace public, et où ?"),
        document=(
            "les arrêtés préfectoraux autorisant le système de vidéoprotection de la collectivité, "
            "et la liste des emplacements de ses caméras"
        ),
        answered_by=("cameras_authorised", "cameras_count", "cameras_public_way"),
    ),
    Question(
        code="contracts",
        unknown=gettext_noop("À qui le matériel et les logiciels sont-ils achetés, à quel prix ?"),
        document=(
            "les marchés publics conclus depuis cinq ans pour la vidéoprotection, les logiciels "
            "d'analyse d'images et la maintenance, avec leurs avenants et leurs factures"
        ),
        answered_by=("buyer_of", "awarded_to", "supplies"),
    ),
    Question(
        code="software",
        unknown=gettext_noop("Un logiciel analyse-t-il automatiquement les images ?"),
        document=(
            "tout document décrivant les logiciels reliés aux caméras et les fonctions d'analyse "
            "automatique activées, ainsi que le cahier des clauses techniques du marché"
        ),
        answered_by=("software",),
    ),
    Question(
        code="impact",
        unknown=gettext_noop("Une analyse d'impact sur la vie privée a-t-elle été faite ?"),
        document=(
            "l'analyse d'impact relative à la protection des données (AIPD) des traitements "
            "d'images mis en œuvre"
        ),
        answered_by=("impact_assessment",),
    ),
    Question(
        code="money",
        unknown=gettext_noop("Qui paie : la commune, l'État, la région ?"),
        document=("les décisions de subvention reçues pour ces équipements depuis cinq ans"),
        answered_by=("subsidy", "funds"),
    ),
    Question(
        code="retention",
        unknown=gettext_noop(
            "Combien de temps les images sont-elles gardées, et qui les regarde ?"
        ),
        document=(
            "le registre des visionnages et des extractions d'images de l'année écoulée, les noms "
            "occultés"
        ),
        answered_by=("retention_days",),
    ),
    Question(
        code="results",
        unknown=gettext_noop("Quels résultats ont été mesurés ?"),
        document=(
            "les bilans et évaluations de ces équipements présentés aux élus depuis leur mise en "
            "service"
        ),
        answered_by=("tested",),
        needs_project=True,
    ),
)


def open_questions(known: Collection[str], *, has_projects: bool) -> tuple[Question, ...]:
    """Return the questions that none of the known properties and relations answers."""
    return tuple(
        question
        for question in QUESTIONS
        if not set(question.answered_by) & set(known)
        and (has_projects or not question.needs_project)
    )


RECIPIENTS = {
    "commune": "Madame, Monsieur le maire,",
    "arrondissement": "Madame, Monsieur le maire,",
    "epci": "Madame, Monsieur le président,",
    "departement": "Madame, Monsieur le président du conseil départemental,",
    "region": "Madame, Monsieur le président du conseil régional,",
}


def letter_of(question: Question, *, kind: str, name: str) -> str:
    """Return a request for documents as one sends it: in French, as administrations ask."""
    return (
        f"{RECIPIENTS.get(kind, 'Madame, Monsieur,')}\n\n"
        "En application des articles L. 311-1 et suivants du code des relations entre le public "
        f"et l'administration, je vous demande de me communiquer, pour {name}, par courriel et "
        f"dans un format ouvert :\n\n– {question.document}.\n\n"
        "Si une partie de ces documents ne peut être communiquée, je vous demande de me la "
        "transmettre après occultation (article L. 311-7). Si vous ne les détenez pas, je vous "
        "remercie de transmettre ma demande à l'administration qui les détient (article L. 114-2) "
        "et de m'en informer.\n\n"
        "Je vous remercie de m'accuser réception de cette demande.\n\n"
        "Je vous prie d'agréer l'expression de ma considération distinguée.\n"
    )
