"""Before a document that a source gave is shown to a court: what is asked, and who decides.

Answers are codes, so that no answer can name anybody. Some answers end it: then the fact has to be
proved otherwise. Two people of the team with the right of an editor decide, never one alone
(design/cases.md §5, "a document from a source").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contrechamp.kernel.errors import Refused, gettext_noop

AGREED, CANNOT, AGAINST = "agreed", "cannot", "against"
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `answers`: code, words, and the sentence that ends it, empty where it goes on.

    All words are French, for the catalogue.
    """

    code: str
    words: str
    hint: str
    answers: tuple[tuple[str, str, str], ...]


QUESTIONS = (
    Question(
        "agreement",
        gettext_noop("La personne qui a confié ce document accepte-t-elle qu'un juge le lise ?"),
        gettext_noop(
            "L'administration et ses avocats le liront aussi : le débat est contradictoire."
        ),
        (
            (AGREED, gettext_noop("oui, pour cet usage"), ""),
            (CANNOT, gettext_noop("on ne peut pas le lui demander"), ""),
            (
                AGAINST,
                gettext_noop("non"),
                gettext_noop("Sans son accord, ce document n'entre dans aucun dossier."),
            ),
        ),
    ),
    Question(
        "few",
        gettext_noop("Combien de personnes ont eu ce document entre les mains ?"),
        gettext_noop("Peu de destinataires, et la liste suffit à trouver qui l'a donné."),
        (
            ("many", gettext_noop("beaucoup, dans plusieurs services"), ""),
            (
                "few",
                gettext_noop("peu, ou on ne sait pas"),
                gettext_noop(
                    "Trop peu de personnes l'ont eu : demandez ce document à l'administration, "
                    "puis citez ce qu'elle donne ou refuse."
                ),
            ),
        ),
    ),
    Question(
        "marks",
        gettext_noop("Chaque page a-t-elle été regardée, en grand ?"),
        gettext_noop(
            "Annotations, tampons, numéros d'exemplaire, noms en pied de page, points jaunes "
            "d'imprimante, ombres d'une photo."
        ),
        (
            (YES, gettext_noop("oui, et rien ne désigne personne"), ""),
            (
                NO,
                gettext_noop("non, ou une marque demeure"),
                gettext_noop(
                    "Regardez d'abord chaque page ; s'il y a une marque, faites une copie "
                    "caviardée et proposez la copie."
                ),
            ),
        ),
    ),
    Question(
        "otherwise",
        gettext_noop("Le même fait peut-il être prouvé par un document public ou demandé ?"),
        gettext_noop("Un document obtenu au grand jour ne met personne en danger."),
        (
            (NO, gettext_noop("non"), ""),
            (
                YES,
                gettext_noop("oui"),
                gettext_noop(
                    "Prenez l'autre preuve : ce document n'est pas utile, et il expose quelqu'un."
                ),
            ),
        ),
    ),
    Question(
        "words",
        gettext_noop("L'intitulé, l'auteur et la date de la pièce taisent-ils d'où elle vient ?"),
        gettext_noop("Ils sont imprimés dans l'inventaire : ni « confié par », ni « reçu de »."),
        (
            (YES, gettext_noop("oui"), ""),
            (
                NO,
                gettext_noop("non, ou je ne sais pas"),
                gettext_noop("Changez d'abord le titre du document : l'inventaire le reprendra."),
            ),
        ),
    ),
)


class OnePerson(Refused):
    """The same person proposes and confirms."""


def check_answers(answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers by question. Raise `Refused` for one that is missing or ends it."""
    found: dict[str, str] = {}
    for question in QUESTIONS:
        ends = {code: sentence for code, _, sentence in question.answers}
        given = answers.get(question.code, "")
        if given not in ends:
            raise Refused(gettext_noop("Répondez à chaque question, avec précision."))
        if ends[given]:
            raise Refused(ends[given])
        found[question.code] = given
    return found


def check_second(proposed_by: object, actor: object) -> None:
    """Raise `OnePerson` when who confirms is who proposed: whatever the number of reviewers."""
    if proposed_by == actor:
        raise OnePerson(
            gettext_noop(
                "Vous avez proposé ce document : une seconde personne de l'équipe doit en décider."
            )
        )


def said(answers: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return question and answer in French, for who decides after."""
    return [
        (question.words, words)
        for question in QUESTIONS
        for code, words, _ in question.answers
        if answers.get(question.code) == code
    ]
