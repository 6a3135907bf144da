"""The cache of what follows from the facts, made anew after each of them and each midnight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.cases.domain.facts import standing
from contrechamp.cases.domain.kinds import ActionKind
from contrechamp.cases.domain.known import outcome
from contrechamp.cases.domain.results import outcome_of
from contrechamp.cases.domain.states import ENDED, Status
from contrechamp.cases.domain.tasks import Task, tasks_of
from contrechamp.cases.models import Action
from contrechamp.cases.queries.facts import facts_of, status_of
from contrechamp.kernel.dates import add_days

FIELDS = (
    *("state", "step", "act_by", "last_day", "is_red", "outcome", "changes_on", "derived_on"),
)


def derive(action: Action, *, now: datetime) -> Status:
    """Write where an action stands now, from its facts alone. Deriving twice changes nothing."""
    today = localdate(now)
    found = status_of(action, now=now)
    known = standing(facts_of(action))
    tasks = tasks_of(known, found, today=today)
    soonest = tasks[0] if tasks else None
    action.state = found.state
    action.step = found.step
    action.act_by = soonest.act_by if soonest else None
    action.last_day = soonest.last_day if soonest else None
    action.is_red = any(task.is_red for task in tasks)
    action.outcome = (
        outcome(known) if action.known_as else outcome_of(known, ActionKind(action.kind))
    )
    action.changes_on = None if found.state in ENDED else _changes_on(found, tasks, today)
    action.derived_on = today
    Action.objects.filter(pk=action.pk).update(**{name: getattr(action, name) for name in FIELDS})
    return found


def _changes_on(found: Status, tasks: Sequence[Task], today: date) -> date | None:
    """Return the next day on which the cache says something else: a step turns, a task is over."""
    over = [add_days(task.last_day or task.act_by, 1) for task in tasks]
    step = found.dates.changes_on(today)
    return min([*over, *([step] if step else [])], default=None)


def derive_due(*, now: datetime, most: int = 2000) -> int:
    """Derive the actions whose day has come; return how many. Called every minute."""
    today = localdate(now)
    rows = Action.objects.filter(changes_on__lte=today).exclude(derived_on=today)
    keys = list(rows.values_list("pk", flat=True)[:most])
    for key in keys:
        with transaction.atomic():
            derive(Action.objects.select_for_update().get(pk=key), now=now)
    return len(keys)
