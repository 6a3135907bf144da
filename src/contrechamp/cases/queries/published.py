"""What rooms above, files and feeds get of actions: public ones, with what everybody may read.

Nothing here reads a private action, a team, a strategy, money spent or a private fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.timezone import localdate

from contrechamp.cases.domain.facts import PRIVATE, Kind, standing
from contrechamp.cases.domain.known import step as known_step
from contrechamp.cases.domain.steps import Step, next_step
from contrechamp.cases.models import Action, FactRow, Instance, Party
from contrechamp.census import published as census

from .access import public
from .facts import fact, public_status
from .listing import Filter, public_list

AT_ONCE = 200
Row = TypeVar("Row", FactRow, Instance, Party)
REF = "cases:action:"
"""What an action is called among rooms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One public action with what everybody may know of it."""

    action: Action
    step: Step
    facts: Sequence[FactRow]
    """Public and standing, in the order of their days."""
    instances: Sequence[Instance]
    parties: Sequence[Party]
    projects: Mapping[str, tuple[str, str]]
    """Name and address of each public record that it is about."""
    changed_at: datetime
    """When visitors last got something new of it."""

    @property
    def url(self) -> str:
        return f"/actions/{self.action.pk}"

    @property
    def began_on(self) -> date | None:
        """Return the first day that is told of it."""
        return self.facts[0].first if self.facts else None

    @property
    def decided_on(self) -> date | None:
        """Return the day of the last decision that is known to the day."""
        days = [one.decided_on for one in self.instances if one.decided_on]
        return max(days, default=None)


def rows(wanted: Filter | None = None) -> QuerySet[Action]:
    """Return the public actions that a filter leaves, the latest first."""
    return public_list(wanted or Filter())


def newest(wanted: Filter, most: int) -> list[Action]:
    """Return the actions published last."""
    return list(rows(wanted).order_by("-published_at", "pk")[:most])


def page_of(wanted: Filter, after: str, most: int) -> list[Action]:
    """Return the next public actions by identifier."""
    return list(rows(wanted).filter(pk__gt=after).order_by("pk")[:most])


def some(keys: Iterable[str]) -> list[Action]:
    """Return those of the actions that are public now."""
    return list(public().filter(pk__in=list(keys)).order_by("pk"))


def find(key: str) -> Action | None:
    """Return a public action, or None."""
    return public().filter(pk=key).first()


def told(actions: Iterable[Action], *, now: datetime) -> Iterator[Told]:
    """Yield actions with what everybody may know of them, part by part."""
    waiting = iter(actions)
    while part := list(islice(waiting, AT_ONCE)):
        keys = [action.pk for action in part]
        told_of = FactRow.objects.filter(action__in=keys)
        facts = _by_action(told_of.order_by("first", "made_at", "pk"))
        stood = Instance.objects.filter(action__in=keys, replaced_by=None, is_removal=False)
        courts = _by_action(stood.order_by("pk"))
        sides = _by_action(
            Party.objects.filter(action__in=keys, removed_at=None).order_by("side", "name", "pk")
        )
        records = census.find_records({key for action in part for key in action.projects})
        for action in part:
            shown = _shown(facts.get(action.pk, []))
            yield Told(
                action=action,
                step=_step(action, now),
                facts=shown,
                instances=courts.get(action.pk, []),
                parties=sides.get(action.pk, []),
                projects={
                    key: (records[key].name, records[key].url)
                    for key in action.projects
                    if key in records
                },
                changed_at=max(
                    [action.published_at or action.made_at, *(row.made_at for row in shown)]
                ),
            )


def _by_action(found: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in found:
        grouped.setdefault(row.action_id, []).append(row)
    return grouped


def _shown(rows: Sequence[FactRow]) -> list[FactRow]:
    there = {one.id for one in standing(fact(row) for row in rows)}
    return [row for row in rows if row.pk in there and Kind(row.kind) not in PRIVATE]


def _step(action: Action, now: datetime) -> Step:
    status = public_status(action, now=now)
    return known_step(status) if action.known_as else next_step(status, today=localdate(now))
