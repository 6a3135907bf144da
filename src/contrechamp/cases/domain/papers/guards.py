"""Papers that are not made at all: their kind cannot be right for the case.

Sources: CRPA L412-4 (D20, T4b): no request to reconsider for access to documents; CJA L521-1 and
R522-1 (T6): no suspension before the annulment claim.
"""

from __future__ import annotations

from contrechamp.kernel.errors import Refused, gettext_noop

from .material import Material, PaperKind

LETTERS = frozenset(
    {PaperKind.GRACIEUX, PaperKind.HIERARCHICAL, PaperKind.PREFECT, PaperKind.REPEAL}
)


class CannotCompose(Refused):
    """A paper that the law gives no effect to in this case, or that comes too early."""


NOT_FOR_ACCESS = gettext_noop(
    "Pour l'accès à un document, ce recours n'a aucun effet et ferait perdre du temps : saisissez "
    "la CADA, puis le tribunal (CRPA L412-4)."
)
CLAIM_FIRST = gettext_noop(
    "La suspension ne se demande qu'une fois la requête en annulation déposée : déposez-la, "
    "puis notez son dépôt dans l'action (CJA L521-1, R522-1)."
)


def refusal(kind: PaperKind, material: Material) -> str:
    """Return why a paper is not made for a case, as French for the catalogue; empty if it is."""
    if kind in LETTERS and material.attacked.is_access:
        return NOT_FOR_ACCESS
    if kind is PaperKind.SUSPENSION:
        claim = material.claim
        if claim is None or claim.filed_on > material.today:
            return CLAIM_FIRST
    return ""


def check(kind: PaperKind, material: Material) -> None:
    """Raise `CannotCompose` for a paper that is not made for this case."""
    if why := refusal(kind, material):
        raise CannotCompose(why)
