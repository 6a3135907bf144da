"""The cache of what follows from the facts, made anew after each of them and each midnight."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.cases.domain.facts import Kind, last_of, of_kind, standing
from contrechamp.cases.domain.known import outcome
from contrechamp.cases.domain.states import ENDED, Status
from contrechamp.cases.domain.tasks import tasks_of
from contrechamp.cases.models import Action
from contrechamp.cases.queries.facts import facts_of, status_of

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
    judged = last_of(known, Kind.JUDGED)
    settled = "SETTLED" if of_kind(known, Kind.SETTLED) else ""
    action.outcome = settled or (str(judged.values.get("outcome") or "") if judged else "")
    if action.known_as:
        action.outcome = outcome(known)
    action.changes_on = None if found.state in ENDED else found.dates.changes_on(today)
    action.derived_on = today
    Action.objects.filter(pk=action.pk).update(**{name: getattr(action, name) for name in FIELDS})
    return found


def derive_due(*, now: datetime, most: int = 2000) -> int:
    """Derive the actions whose day has come; return how many. Called every minute."""
    today = localdate(now)
    rows = Action.objects.filter(changes_on__lte=today).exclude(derived_on=today)
    keys = list(rows.values_list("pk", flat=True)[:most])
    for key in keys:
        with transaction.atomic():
            derive(Action.objects.select_for_update().get(pk=key), now=now)
    return len(keys)
