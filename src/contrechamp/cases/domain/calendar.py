"""The tasks of an action as entries of a calendar: safe day with alarms, usual last day beside.

As in requests (`foi.domain.calendar`): what a fact has overtaken stays, cancelled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from contrechamp.foi.domain.calendar import DUE, LINES, NO_ADVICE, Say, derived, in_french
from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.icalendar import Entry
from contrechamp.law.domain.items import Item
from contrechamp.law.domain.reminding import ALARMS

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
    """Every one that the reader may know of, corrected ones too."""
    is_secret: bool = False
    """Nothing of it may be read over a shoulder: "Échéance" and a link."""


def entries(actions: Iterable[Dated], *, today: date, say: Say = in_french) -> Iterator[Entry]:
    """Yield the events of a calendar, two for each task that has both days.

    What a later fact has overtaken is cancelled; a day that came before that fact, or that merely
    passed, stays as it was: a calendar keeps what is left out.
    """
    for one in actions:
        now, items = _tasks(one, one.facts, today)
        gone: dict[str, _Gone] = {}
        for count in range(1, len(one.facts) + 1):
            known, later = one.facts[:count], one.facts[count:]
            for day in _seen_on(known, later, today):
                then, old = _tasks(one, known, day)
                for key, task in then.items():
                    gone[key] = _Gone(task, old, is_over=_is_over(task, later))
        for task in now.values():
            yield from _entries(one, task, items, say, is_gone=False)
        for key, each in gone.items():
            if key not in now:
                yield from _entries(one, each.task, each.items, say, is_gone=not each.is_over)


@dataclass(frozen=True, slots=True)
class _Gone:
    """A task as it was before the fact that came next."""

    task: Task
    items: Mapping[str, Item]
    is_over: bool
    """Its day had come before the fact: a hearing that took place is not cancelled."""


def _seen_on(known: Sequence[Fact], later: Sequence[Fact], today: date) -> list[date]:
    """Return the days of the last fact of some, and of the next one: what was known in between."""
    first = max(fact.first for fact in known)
    then = max([first, *(fact.first for fact in later[:1])])
    return sorted({min(today, first), min(today, then)})


def _is_over(task: Task, later: Sequence[Fact]) -> bool:
    """Answer whether a day came before the fact that came next, or nothing came but the day."""
    if not later:
        return True
    return not later[0].corrects and (task.last_day or task.act_by) <= later[0].first


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
    title = say(DUE) if one.is_secret else f"{title} – {one.title}"
    item = items.get(task.key)
    lines = [task.basis, *(derived(line, say) for line in (item.lines[-LINES:] if item else ()))]
    return Entry(
        key=f"{task.key}{'' if is_first else '-last'}-{one.key}",
        title=title,
        first=day,
        last=day,
        at=one.at,
        description=""
        if one.is_secret
        else "\n".join([*filter(None, lines), one.url, say(NO_ADVICE)]),
        url=one.url,
        sequence=len(one.facts),
        alarms=ALARMS if is_first else (),
        is_cancelled=is_gone,
    )
