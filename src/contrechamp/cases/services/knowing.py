"""Actions known from public sources: entered as public actions, brought up to date, taken away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.cases.domain.facts import Proof
from contrechamp.cases.domain.kinds import TargetKind
from contrechamp.cases.domain.known import KnownAction
from contrechamp.cases.models import Action, FactRow, Instance, Party
from contrechamp.census import queries as census

from .announcing import announce
from .deriving import derive

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

COURT = ("court", "number", "filed_on", "decided_on", "ecli", "result", "source")


@transaction.atomic
def bring_known(actions: Iterable[KnownAction], *, author: User, now: datetime) -> int:
    """Enter actions, or change those that are here; return how many. Twice changes nothing."""
    return sum(_bring(each, author, now) for each in actions)


def _bring(known: KnownAction, author: User, now: datetime) -> bool:
    action = Action.objects.select_for_update().filter(known_as=known.code).first()
    action = action or Action(known_as=known.code, author=author, made_at=now)
    done = [
        _head(action, known, now),
        _facts(action, known, author, now),
        _courts(action, known, author, now),
        _parties(action, known, author, now),
    ]
    if not any(done):
        return False
    derive(action, now=now)
    announce(action)
    return True


def _head(action: Action, known: KnownAction, now: datetime) -> bool:
    """Write what an action says of itself; answer whether it said something else."""
    said: dict[str, object] = {
        "kind": known.kind.value,
        "title": known.title,
        "about": known.about,
        "court": known.court,
        "technology": known.technology,
        "target_kind": TargetKind.OTHER.value,
        "target_title": known.attacks,
        "projects": [key for each in known.projects if (key := _record(each, "project"))],
        "territories": list(known.territories),
        "sources": [{"title": title, "url": url} for title, url in known.sources],
        "doubts": known.doubts,
        "changed_at": _last_news(known),
    }
    if all(getattr(action, name) == value for name, value in said.items()):
        return False
    for name, value in said.items():
        setattr(action, name, value)
    action.is_public, action.published_at = True, action.published_at or now
    action.save()
    return True


def _last_news(known: KnownAction) -> datetime:
    """Return when something last happened in it: lists put it there, not where it was entered."""
    day = max(each.last for each in known.facts)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _record(ref: tuple[str, str], kind: str) -> str:
    """Return the record of the census that a data set gave a key, empty where there is none."""
    dataset, key = ref
    found = census.find_by_key(f"facts:{dataset}", key, kind) if key else None
    return found.pk if found else ""


def _facts(action: Action, known: KnownAction, author: User, now: datetime) -> bool:
    wanted = [(each.kind.value, each.first, each.last, dict(each.values)) for each in known.facts]
    rows = action.facts.order_by("made_at", "first", "pk")
    there = [(row.kind, row.first, row.last, row.values) for row in rows]
    if sorted(map(str, wanted)) == sorted(map(str, there)):
        return False
    action.facts.all().delete()
    for number, (kind, first, last, values) in enumerate(wanted):
        FactRow.objects.create(
            action=action,
            kind=kind,
            first=first,
            last=last,
            proof=Proof.PUBLIC_SOURCE,
            values=values,
            made_by=author,
            # Two that may be of one day stay in the order in which they are told.
            made_at=now.replace(microsecond=number),
        )
    return True


def _courts(action: Action, known: KnownAction, author: User, now: datetime) -> bool:
    wanted = [tuple(getattr(each, name) for name in COURT) for each in known.instances]
    if wanted == list(action.instances.order_by("pk").values_list(*COURT)):
        return False
    action.instances.all().delete()
    for each in wanted:
        said = dict(zip(COURT, each, strict=True))
        Instance.objects.create(action=action, made_by=author, made_at=now, **said)
    return True


def _parties(action: Action, known: KnownAction, author: User, now: datetime) -> bool:
    wanted = [
        (each.side, each.name, each.number, _record(each.ref, "actor")) for each in known.parties
    ]
    there = action.parties.order_by("pk").values_list("side", "name", "number", "record")
    if wanted == list(there):
        return False
    action.parties.all().delete()
    for side, name, number, record in wanted:
        Party.objects.create(
            action=action,
            side=side,
            name=name,
            number=number,
            record=record,
            made_by=author,
            made_at=now,
        )
    return True


@transaction.atomic
def remove_known(*, author: User) -> int:
    """Take away again, without a trace, the actions that this account entered; return how many."""
    rows = list(Action.objects.filter(author=author).exclude(known_as=""))
    for action in rows:
        announce(action)
    Action.objects.filter(pk__in=[action.pk for action in rows]).delete()
    return len(rows)
