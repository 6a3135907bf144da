"""The facts of an action as the rules read them, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.timezone import localdate

from contrechamp.cases.domain import known
from contrechamp.cases.domain.facts import PRIVATE, Fact, Kind, Proof
from contrechamp.cases.domain.kinds import ActionKind, TargetKind
from contrechamp.cases.domain.states import Status, status
from contrechamp.cases.models import Action, FactRow

KEPT = PRIVATE - {Kind.NOTHING_CAME}
"""What visitors are told nothing of, neither by a date nor by a number of changes: who needs legal
aid, who asked for their own data, notes. That nothing came is told by the state."""


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
    return _status(action, facts_of(action), now)


def for_everybody(facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts that what visitors read may rest on."""
    return [each for each in facts if each.kind not in KEPT]


def public_status(action: Action, *, now: datetime) -> Status:
    """Return where an action stands as visitors may read it: its days without what its team keeps.

    Its state is the true one.
    """
    facts = facts_of(action)
    true = _status(action, facts, now)
    rest = tuple(for_everybody(facts))
    if len(rest) == len(facts):
        return true
    told = _status(action, rest, now)
    return replace(true, dates=told.dates, flags=told.flags)


def _status(action: Action, facts: Sequence[Fact], now: datetime) -> Status:
    if action.known_as:
        return known.status(facts, ActionKind(action.kind))
    return status(
        facts,
        kind=ActionKind(action.kind),
        target=TargetKind(action.target_kind),
        today=localdate(now),
    )
