"""How papers are named and drawn: their kinds, the blocks of a section, their problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from contrechamp.cases.domain.draftable import WITHOUT_MODEL, check_may_begin, papers_of
from contrechamp.cases.domain.exhibits import Exhibit
from contrechamp.cases.domain.kinds import MACHINES, ActionKind, TargetKind
from contrechamp.cases.domain.papers import Bullets, PaperKind, Problem, Section, blocks_of
from contrechamp.cases.models import Action
from contrechamp.cases.queries.facts import facts_of
from contrechamp.foi.domain.paper import Grid, Items
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

NAMES: Mapping[PaperKind, str] = {
    PaperKind.ANNULMENT: _("Requête en annulation"),
    PaperKind.SUSPENSION: _("Requête en référé-suspension"),
    PaperKind.GRACIEUX: _("Recours gracieux"),
    PaperKind.HIERARCHICAL: _("Recours hiérarchique"),
    PaperKind.PREFECT: _("Lettre au préfet (déféré)"),
    PaperKind.REPEAL: _("Demande d'abroger"),
    PaperKind.COMPLAINT: _("Plainte à la CNIL"),
    PaperKind.COLLECTIVE: _("Plainte collective à la CNIL"),
    PaperKind.MANDATE: _("Modèle de mandat"),
    PaperKind.REPORT: _("Signalement à la commission de vidéoprotection"),
}
ABOUT: Mapping[PaperKind, str] = {
    PaperKind.ANNULMENT: _("Devant le tribunal administratif : faits, moyens, ce qui est demandé."),
    PaperKind.SUSPENSION: _("Une requête à part, avec l'urgence et un doute sérieux."),
    PaperKind.GRACIEUX: _("À l'auteur de l'acte, dans le délai : il l'interrompt une fois."),
    PaperKind.HIERARCHICAL: _("Au supérieur de l'auteur de l'acte, dans le délai."),
    PaperKind.PREFECT: _("Pour qu'il porte l'acte d'une commune devant le tribunal."),
    PaperKind.REPEAL: _("À tout moment contre un règlement ; son refus s'attaque."),
    PaperKind.COMPLAINT: _("Contre le responsable d'un fichier ou de caméras."),
    PaperKind.COLLECTIVE: _("Une association, au nom de personnes qui l'ont mandatée."),
    PaperKind.MANDATE: _("À signer par chaque personne ; il ne se garde pas ici."),
    PaperKind.REPORT: _("À la commission départementale, sur des caméras de la voie publique."),
}


def name_of(kind: str) -> str:
    """Return the name of a kind of paper."""
    return gettext(NAMES[PaperKind(kind)])


def offers(action: Action, today: date) -> list[dict[str, Any]]:
    """Return the papers that an action may have, each with what is missing before it."""
    kind, target = ActionKind(action.kind), TargetKind(action.target_kind)
    facts, found = facts_of(action), []
    for paper in papers_of(kind, target):
        why = ""
        try:
            check_may_begin(paper, facts, kind=kind, target=target, today=today)
        except Refused as no:
            why = say(no)
        found.append(
            {"kind": paper, "name": name_of(paper), "about": gettext(ABOUT[paper]), "why": why}
        )
    return found


def without_model(action: Action) -> str:
    """Return why an action has no paper to be drafted here, empty where it has some."""
    sentence = WITHOUT_MODEL.get(MACHINES[ActionKind(action.kind)], "")
    return gettext(sentence) if sentence else ""


def drawn(section: Section, exhibits: Sequence[Exhibit]) -> list[dict[str, Any]]:
    """Return the blocks of a section as the templates draw them."""
    return [_block(each) for each in blocks_of(section, exhibits).blocks]


def _block(block: Any) -> dict[str, Any]:
    match block:
        case Bullets(rows):
            return {"kind": "bullets", "rows": rows}
        case Items(rows, start):
            return {"kind": "items", "rows": rows, "start": start}
        case Grid(columns, rows):
            return {"kind": "table", "columns": columns, "rows": _cells(columns, rows)}
        case _:
            return {"kind": "paragraph", "text": block.text}


def _cells(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[tuple[str, str]]]:
    heads = columns if any(columns) else [""] * 9
    return [list(zip(heads, row, strict=False)) for row in rows]


def problem_words(problem: Problem) -> str:
    """Return what a problem says, in the reader's language."""
    return gettext(problem.sentence).format(about=problem.about)
