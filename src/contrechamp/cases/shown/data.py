"""Public actions as data: the same words and days as their pages say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contrechamp.cases.domain.kinds import TargetKind
from contrechamp.cases.domain.states import State
from contrechamp.cases.models import STATES, Action, FactRow, Instance, Party
from contrechamp.cases.queries.published import Told

from .words import fact_words, said

LABELS = dict(STATES)


def target_of(action: Action) -> str:
    """Return what an action attacks, as data: a request has its own publication."""
    return "" if action.target_kind == TargetKind.REQUEST else action.target


def target_title(action: Action) -> str:
    """Return what an action attacks, in words that everybody may read."""
    return "" if action.target_kind == TargetKind.REQUEST else action.target_title


def row_of(one: Told) -> Sequence[object]:
    """Return an action in the columns of the table `actions`."""
    action = one.action
    return (
        *(action.pk, action.kind, action.title, action.about, action.state),
        *(str(LABELS[State(action.state)]), action.outcome, action.court, action.technology),
        *(target_title(action), target_of(action), one.began_on or "", one.decided_on or ""),
        *(int(bool(action.known_as)), action.doubts),
        " ".join(source["url"] for source in action.sources),
        *(action.published_at.date() if action.published_at else "", one.url),
    )


def fact_row(row: FactRow) -> Sequence[object]:
    """Return a public fact in the columns of the table `action_facts`."""
    values = row.values
    return (
        *(row.action_id, row.pk, row.kind, fact_words(row.kind, values), row.first, row.last),
        *(row.proof, str(values.get("number") or ""), str(values.get("outcome") or "")),
    )


def court_row(row: Instance) -> Sequence[object]:
    """Return a court in the columns of the table `action_courts`."""
    return (
        *(row.action_id, row.court, row.number, row.filed_on or "", row.decided_on or ""),
        *(row.ecli, row.result, row.source),
    )


def party_row(row: Party) -> Sequence[object]:
    """Return an organisation in the columns of the table `action_parties`."""
    return (row.action_id, row.side, row.name, row.number)


def next_words(one: Told) -> str:
    """Return the sentence that says what comes next."""
    return said(one.step.sentence, one.step.values)


def summary(one: Told) -> str:
    """Return where an action stands and what it is about, for a feed."""
    outcome = str(one.action.get_outcome_display()) if one.action.outcome else ""
    state = str(LABELS[State(one.action.state)])
    return ". ".join(filter(None, [state, outcome, one.action.about]))[:700]


def as_data(one: Told) -> dict[str, Any]:
    """Return what is told of a public action beside its columns."""
    return {
        "projects": sorted(one.projects),
        "territories": list(one.action.territories),
        "sources": list(one.action.sources),
        "doubts": one.action.doubts,
        "is_from_public_sources": bool(one.action.known_as),
    }
