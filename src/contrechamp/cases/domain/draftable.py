"""Which papers an action can have, and what is missing before one can be begun.

Sources: design/cases.md §1 (T4, T4b, T5, T6) and §6.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from contrechamp.kernel.errors import Refused, gettext_noop

from .facts import Fact
from .kinds import MACHINES, ActionKind, Machine, TargetKind
from .papers import PaperKind
from .recording import may_draft

OF_MACHINE: Mapping[Machine, tuple[PaperKind, ...]] = {
    Machine.COURT: (
        *(PaperKind.ANNULMENT, PaperKind.SUSPENSION, PaperKind.GRACIEUX, PaperKind.HIERARCHICAL),
        *(PaperKind.PREFECT, PaperKind.REPEAL),
    ),
    Machine.COMPLAINT: (PaperKind.COMPLAINT, PaperKind.COLLECTIVE, PaperKind.MANDATE),
    Machine.REPORT: (PaperKind.REPORT,),
    Machine.URGENT: (),
    Machine.CONTRACT: (),
}
OF_ACCESS = frozenset(
    {PaperKind.GRACIEUX, PaperKind.HIERARCHICAL, PaperKind.PREFECT, PaperKind.REPEAL}
)
"""What stops no period in access cases, and is not made there (CRPA L412-4, D20)."""
WITHOUT_MODEL: Mapping[Machine, str] = {
    Machine.URGENT: gettext_noop(
        "Il n'y a pas de modèle pour ce référé : l'urgence s'écrit au cas par cas, avec un avocat."
    ),
    Machine.CONTRACT: gettext_noop(
        "Il n'y a pas de modèle pour contester un contrat : un avocat est nécessaire (CE Ass. "
        "4 avril 2014, n° 358994)."
    ),
}
FIRST: Mapping[ActionKind, PaperKind] = {
    ActionKind.SUSPENSION: PaperKind.ANNULMENT,
    ActionKind.GRACIEUX: PaperKind.GRACIEUX,
    ActionKind.HIERARCHICAL: PaperKind.HIERARCHICAL,
    ActionKind.PREFECT: PaperKind.PREFECT,
    ActionKind.COLLECTIVE: PaperKind.COLLECTIVE,
}
"""Which paper an action of a kind begins with, where it is not the first of its machine."""


def papers_of(kind: ActionKind, target: TargetKind) -> tuple[PaperKind, ...]:
    """Return the papers that an action may have, the one to begin with first."""
    found = [
        each
        for each in OF_MACHINE[MACHINES[kind]]
        if not (target is TargetKind.REQUEST and each in OF_ACCESS)
    ]
    first = FIRST.get(kind)
    return tuple(sorted(found, key=lambda each: each is not first))


def check_may_begin(
    paper: PaperKind, facts: Sequence[Fact], *, kind: ActionKind, target: TargetKind, today: date
) -> None:
    """Raise `Refused` with what is missing when a paper cannot be begun, or never."""
    if target is TargetKind.REQUEST and paper in OF_ACCESS:
        raise Refused(
            gettext_noop(
                "Pour l'accès aux documents, ni recours gracieux ni lettre au préfet n'arrêtent un "
                "délai (CRPA L412-4) : la CADA, puis le tribunal."
            )
        )
    if paper not in papers_of(kind, target):
        raise Refused(gettext_noop("Cet écrit n'est pas de ceux de cette action."))
    may_draft(paper.lower(), facts, target=target, today=today)
