"""Acts whose facts the census holds already: published as acts, no claim made twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.census import queries as census_queries
from contrechamp.foundation.signals import public_changed
from contrechamp.watch.domain.known_acts import KnownAct
from contrechamp.watch.models import Found, PublicAct

from .deciding import attach, publish
from .inbox import take_in
from .projection import REF

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def bring_known(
    acts: Iterable[KnownAct], *, author: User, reviewer: User, now: datetime
) -> tuple[int, list[tuple[str, str]]]:
    """Publish acts beside the records that hold their facts; return how many, and what was refused.

    What is here already stays as it is, whatever somebody decided of it since.
    """
    every = {act.finding["id"]: act for act in acts}
    there = set(Found.objects.filter(pk__in=every).values_list("pk", flat=True))
    fresh = {key: act for key, act in every.items() if key not in there}
    with transaction.atomic():
        take_in((act.finding for act in fresh.values()), now=now)
        records = _records(fresh.values())
        homes = {key: records.get((act.dataset, act.record), "") for key, act in fresh.items()}
        attached = attach(homes, actor=author, now=now)
        done = publish(attached.done, reviewer=reviewer, now=now)
    return len(done.done), [*attached.refused, *done.refused]


def _records(acts: Iterable[KnownAct]) -> dict[tuple[str, str], str]:
    """Return the census record of each (dataset, record), each sought once."""
    found: dict[tuple[str, str], str] = {}
    for act in acts:
        key = (act.dataset, act.record)
        if key not in found:
            entity = census_queries.find_by_key(f"facts:{act.dataset}", act.record, act.kind)
            found[key] = entity.pk if entity else ""
    return found


@transaction.atomic
def remove_known(*, author: User) -> int:
    """Take away again, without a trace, the acts that this account brought; return how many."""
    ids = list(Found.objects.filter(accepted_by=author).values_list("pk", flat=True))
    PublicAct.objects.filter(pk__in=ids).delete()
    Found.objects.filter(pk__in=ids).delete()
    public_changed.send(sender=PublicAct, refs=[f"{REF}{key}" for key in ids])
    return len(ids)
