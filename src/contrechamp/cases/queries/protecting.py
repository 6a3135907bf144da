"""Which documents of sources are proposed for an action, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrechamp.cases.domain.protection import said
from contrechamp.cases.models import Action, SourceDecision

from .access import WRITERS, role_of
from .picking import title_of

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One document of a source, for somebody of the team."""

    row: SourceDecision
    title: str
    answers: tuple[tuple[str, str], ...]
    may_confirm: bool
    may_end: bool


def decisions_of(action: Action, reader: User) -> list[Line]:
    """Return what is proposed or decided and stands, the oldest first; titles only to who may."""
    decides = role_of(reader, action) in WRITERS and reader.is_editor
    rows = action.source_decisions.filter(ended_at=None).order_by("proposed_at", "pk")
    filed = set(action.exhibits.exclude(number=0).values_list("sha256", flat=True))
    return [
        Line(
            row=row,
            title=title_of(row.sha256, reader),
            answers=tuple(said(row.answers)),
            may_confirm=decides and not row.confirmed_by_id and row.proposed_by_id != reader.pk,
            may_end=decides and row.sha256 not in filed,
        )
        for row in rows
    ]
