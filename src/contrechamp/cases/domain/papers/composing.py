"""From the material to a paper: one composer for each kind."""

from __future__ import annotations

from .material import Material, PaperKind
from .paper import Paper, Role, Section


def compose(kind: PaperKind, material: Material) -> Paper:
    """Return the draft of a paper. Never raises for want of something: `problems` says it."""
    return Paper(
        kind=kind,
        title=material.title or kind,
        sender=(material.applicant.name,),
        addressee=(),
        subject=material.attacked.title,
        reference=material.reference,
        place=material.place,
        day=material.today,
        sections=(Section(key="facts", title="Faits", role=Role.FACTS),),
        exhibits=material.exhibits,
    )
