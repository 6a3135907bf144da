"""What judges decided in public actions, for the records, the timelines and the editors."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet, prefetch_related_objects

from contrechamp.cases.domain.facts import Fact, Outcome, standing
from contrechamp.cases.domain.results import RULED, Change, Result, change_of, results_of
from contrechamp.cases.models import Action, Instance, Sequel
from contrechamp.census import published as census

from .access import public
from .facts import fact

MOST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One thing decided in a public action, and where that is read."""

    action: Action
    result: Result
    at: datetime
    court: str = ""
    url: str = ""
    """Where the decision is published, empty where nobody said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A decision of which an editor may make a fact about a record."""

    decided: Decided
    record: census.Record


def decided_in(action: Action) -> list[Decided]:
    """Return what was decided in an action, in order: told by its facts, or by its courts alone."""
    rows = {row.pk: row for row in action.facts.all()}
    known = standing(fact(row) for row in rows.values())
    courts = [row for row in action.instances.all() if _stands(row, action)]
    found = [
        Decided(
            action=action,
            result=replace(result, document=rows[result.source].document),
            at=rows[result.source].made_at,
            court=_court_of(result, courts, action),
            url=next((row.source for row in courts if _is_of(row, result)), ""),
        )
        for result in results_of(known)
    ]
    told = {result.result.first for result in found}
    found += [_of_court(action, row, known) for row in courts if _is_alone(row, told)]
    return sorted(found, key=lambda one: (one.result.first, one.result.source))


def _stands(row: Instance, action: Action) -> bool:
    replaced = {each.replaces_id for each in action.instances.all()}
    return not row.is_removal and row.pk not in replaced


def _is_of(row: Instance, result: Result) -> bool:
    return row.decided_on is not None and result.first <= row.decided_on <= result.last


def _court_of(result: Result, courts: Iterable[Instance], action: Action) -> str:
    return next((row.court for row in courts if _is_of(row, result)), action.court)


def _is_alone(row: Instance, told: Collection[date]) -> bool:
    """Answer whether a court's decision is told by its row alone."""
    return bool(row.result and row.decided_on and row.decided_on not in told)


def _of_court(action: Action, row: Instance, known: tuple[Fact, ...]) -> Decided:
    day = row.decided_on or row.made_at.date()
    later = any(each.first > day for each in known if each.kind in RULED)
    result = Result(
        source=f"instance-{row.pk}",
        change=change_of(Outcome(row.result), is_urgent="référé" in row.court.lower()),
        first=day,
        last=day,
        number=row.number,
        ecli=row.ecli,
        is_over=later,
    )
    return Decided(action=action, result=result, at=row.made_at, court=row.court, url=row.source)


def _with_rows(rows: QuerySet[Action]) -> list[Action]:
    found = list(rows.order_by("pk")[:MOST])
    prefetch_related_objects(found, "facts", "instances")
    return found


def ruled() -> list[Action]:
    """Return the public actions in which something may have been decided, their rows read."""
    told = Q(facts__kind__in=[*RULED, "SUSPENSION_GRANTED", "ACT_WITHDRAWN", "SETTLED"])
    told |= Q(facts__kind="PREFECT_REFERRED") | Q(instances__result__gt="")
    return _with_rows(public().filter(told).distinct())


def decided_about(keys: Collection[str] | None) -> Iterator[Decided]:
    """Yield what was decided in the public actions about some records; None: about any."""
    wanted = None if keys is None else frozenset(keys)
    for action in ruled():
        if wanted is None or wanted & set(action.projects):
            yield from decided_in(action)


def waiting() -> list[Waiting]:
    """Return the decisions of which an editor has not said what they change, oldest first."""
    done = set(Sequel.objects.values_list("source", "record"))
    found = [
        (one, key)
        for action in ruled()
        for one in decided_in(action)
        if one.result.stage
        for key in action.projects
        if (one.result.source, key) not in done
    ]
    records = census.find_records({key for _, key in found})
    rows = [
        Waiting(decided=one, record=records[key])
        for one, key in found
        if key in records and records[key].kind == "project"
    ]
    return sorted(rows, key=lambda row: (row.decided.result.first, row.record.id))


def find_waiting(source: str, record: str) -> Waiting | None:
    """Return one decision that waits, None where there is none, or it was dealt with."""
    return next(
        (
            row
            for row in waiting()
            if (row.decided.result.source, row.record.id) == (source, record)
        ),
        None,
    )


def holding(action: Action) -> list[Decided]:
    """Return what was decided in an action and still holds, in order."""
    return [one for one in decided_in(action) if not one.result.is_over]


IS_SERIOUS = frozenset({Change.SUSPENDED, Change.ANNULLED, Change.PARTLY, Change.STOPPED})
"""What changes something for those who are watched."""
