"""The tasks of an action as entries of a calendar: safe day with alarms, usual last day beside.

As in requests (`foi.domain.calendar`): what a fact has overtaken stays, cancelled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from contrechamp.foi.domain.calendar import ALARMS, LINES, NO_ADVICE, Say, derived, in_french
from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.icalendar import Entry
from contrechamp.law.domain.items import Item

from .facts import Fact, standing
from .kinds import ActionKind, TargetKind
from .states import status
from .tasks import Task, every_task


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """One action, as its calendar tells it. `facts` in the order in which they were recorded."""

    key: str
    title: str
    url: str
    at: datetime
    kind: ActionKind
    target: TargetKind
    facts: Sequence[Fact]
    """Every one, corrected ones too."""


def entries(actions: Iterable[Dated], *, today: date, say: Say = in_french) -> Iterator[Entry]:
    """Yield the events of a calendar, two for each task that has both days."""
    for one in actions:
        now, items = _tasks(one, one.facts, today)
        once: dict[str, tuple[Task, Mapping[str, Item]]] = {}
        for count in range(1, len(one.facts)):
            then, old = _tasks(one, one.facts[:count], today)
            once |= {key: (task, old) for key, task in then.items()}
        for task in now.values():
            yield from _entries(one, task, items, say, is_gone=False)
        for key, (task, old) in once.items():
            if key not in now:
                yield from _entries(one, task, old, say, is_gone=True)


def _tasks(
    one: Dated, facts: Sequence[Fact], today: date
) -> tuple[dict[str, Task], Mapping[str, Item]]:
    found = status(facts, kind=one.kind, target=one.target, today=today)
    known = standing(fact for fact in facts if fact.first <= today)
    return {task.key: task for task in every_task(known, found)}, found.dates.items


def _entries(
    one: Dated, task: Task, items: Mapping[str, Item], say: Say, *, is_gone: bool
) -> Iterator[Entry]:
    yield _entry(one, task, task.act_by, items, say, is_first=True, is_gone=is_gone)
    if task.last_day and task.last_day != task.act_by:
        yield _entry(one, task, task.last_day, items, say, is_first=False, is_gone=is_gone)


def _entry(
    one: Dated,
    task: Task,
    day: date,
    items: Mapping[str, Item],
    say: Say,
    *,
    is_first: bool,
    is_gone: bool,
) -> Entry:
    title = say(task.sentence, **task.values)
    if not is_first:
        title = say(gettext_noop("{step} : dernier jour (lecture usuelle)"), step=title)
    item = items.get(task.key)
    lines = [task.basis, *(derived(line, say) for line in (item.lines[-LINES:] if item else ()))]
    return Entry(
        key=f"{task.key}{'' if is_first else '-last'}-{one.key}",
        title=f"{title} – {one.title}",
        first=day,
        last=day,
        at=one.at,
        description="\n".join([*filter(None, lines), one.url, say(NO_ADVICE)]),
        url=one.url,
        sequence=len(one.facts),
        alarms=ALARMS if is_first else (),
        is_cancelled=is_gone,
    )
