"""Which reminders are due on a day for an action's team, each under a key that is said once.

The rule is that of requests (`law.domain.reminding`): fourteen, seven and one days before the safe
day. The day is part of the key, so that a date which moves is said again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from contrechamp.law.domain.reminding import nearest

from .tasks import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One thing to say, once: what is to be done, and in how many days."""

    key: str
    task: Task
    days_left: int


def due(tasks: Iterable[Task], today: date) -> tuple[Reminder, ...]:
    """Return what is to be said on this day, what loses rights first."""
    found = []
    for task in tasks:
        alarm = nearest(task.act_by, today)
        if alarm is None:
            continue
        found.append(
            Reminder(
                key=f"{task.key}:{task.act_by.isoformat()}:{alarm}",
                task=task,
                days_left=(task.act_by - today).days,
            )
        )
    return tuple(sorted(found, key=lambda one: (not one.task.is_red, one.task.act_by, one.key)))
