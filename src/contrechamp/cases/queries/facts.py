"""The facts of an action as the rules read them, and where it stands."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from contrechamp.cases.domain.facts import Fact, Kind, Proof
from contrechamp.cases.domain.kinds import ActionKind, TargetKind
from contrechamp.cases.domain.states import Status, status
from contrechamp.cases.models import Action, FactRow


def fact(row: FactRow) -> Fact:
    """Return a row as the rules see it."""
    return Fact(
        id=row.pk,
        kind=Kind(row.kind),
        first=row.first,
        last=row.last,
        proof=Proof(row.proof),
        values=row.values,
        corrects=row.corrects_id or "",
    )


def facts_of(action: Action) -> tuple[Fact, ...]:
    """Return every fact recorded of an action, corrected ones too."""
    return tuple(fact(row) for row in action.facts.all())


def status_of(action: Action, *, now: datetime) -> Status:
    """Return where an action stands now, from its facts alone."""
    return status(
        facts_of(action),
        kind=ActionKind(action.kind),
        target=TargetKind(action.target_kind),
        today=localdate(now),
    )
