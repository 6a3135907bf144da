"""From the material to a paper: one composer for each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from . import appeals, cnil, commission, court, guards
from .material import Material, PaperKind
from .paper import Paper

COMPOSERS: Mapping[PaperKind, Callable[[Material], Paper]] = {
    PaperKind.ANNULMENT: court.annulment,
    PaperKind.SUSPENSION: court.suspension,
    PaperKind.GRACIEUX: appeals.gracieux,
    PaperKind.HIERARCHICAL: appeals.hierarchical,
    PaperKind.PREFECT: appeals.prefect,
    PaperKind.REPEAL: appeals.repeal,
    PaperKind.COMPLAINT: cnil.complaint,
    PaperKind.COLLECTIVE: cnil.collective,
    PaperKind.MANDATE: cnil.mandate,
    PaperKind.REPORT: commission.report,
}


def compose(kind: PaperKind, material: Material) -> Paper:
    """Return the draft of a paper; what lacks in it is left between brackets.

    Raise `guards.CannotCompose` for a request to reconsider in an access case, or for a suspension
    before its claim: `guards.refusal` says so beforehand.
    """
    guards.check(kind, material)
    return COMPOSERS[kind](material)
