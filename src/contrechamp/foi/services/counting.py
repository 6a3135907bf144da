"""The numbers of bodies, kept beforehand where public requests are many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.foi.domain.counting import ALL, Counted, One, counted, to_plain
from contrechamp.foi.domain.statistics import LEAST, Figures, Rate, league
from contrechamp.foi.models import Request, Tally
from contrechamp.foi.queries.tallies import as_of, countable, is_small, ones

EVERY = timedelta(hours=1)
"""How old the numbers of all together may be while requests change."""


def recount_body(body: str, *, now: datetime) -> None:
    """Count one body anew. Ranks and the numbers of all follow within the hour."""
    today = as_of(now)
    rows = countable().filter(body=body)
    found = counted((one for _, one in ones(rows, today)), today)
    if not found.public:
        Tally.objects.filter(pk=body).delete()
        return
    _keep([(body, found)], now)


def recount(*, now: datetime) -> int:
    """Count every body and all together anew, with their ranks; return how many bodies.

    Where public requests are few nothing is kept: they are counted when they are read.
    """
    if is_small():
        Tally.objects.all().delete()
        return 0
    today = as_of(now)
    every: list[One] = []
    found: list[tuple[str, Counted]] = []
    rows = countable().order_by("body_id", "pk")
    for body, group in groupby(ones(rows, today), key=lambda one: one[0]):
        these = [one for _, one in group]
        every += these
        found.append((body, counted(these, today)))
    whole = counted(every, today)
    with transaction.atomic():
        Tally.objects.exclude(pk__in=[body for body, _ in found]).delete()
        _keep([*found, (ALL, whole)], now)
        _rank()
    return len(found)


def is_old(*, now: datetime) -> bool:
    """Answer whether to count anew: a day has passed, or an hour in which requests changed."""
    if is_small():
        return Tally.objects.exists()
    last = Tally.objects.filter(pk=ALL).values_list("counted_at", flat=True).first()
    if last is None or localdate(last) != localdate(now):
        return True
    changed = Request.objects.filter(is_public=True, changed_at__gt=last)
    return now - last >= EVERY and changed.exists()


def _keep(found: Sequence[tuple[str, Counted]], now: datetime) -> None:
    """Write numbers; ranks of what is there stay as they are."""
    names = _names()
    Tally.objects.bulk_create(
        [
            Tally(
                id=body,
                name=names.get(body, ("", ""))[0],
                departement=names.get(body, ("", ""))[1],
                requests=one.figures.requests,
                in_month=one.figures.in_month.hits,
                month_over=one.figures.month_over,
                counted=to_plain(one),
                counted_at=now,
            )
            for body, one in found
        ],
        batch_size=200,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[
            *("name", "departement", "requests", "in_month", "month_over", "counted"),
            "counted_at",
        ],
    )


def _names() -> dict[str, tuple[str, str]]:
    rows = countable().order_by().values_list("body_id", "body__name", "body__departement")
    return {str(body): (name, code) for body, name, code in rows.distinct()}


def _rank() -> None:
    """Rank what is kept, as the table that is counted at once does."""
    rows = {row.pk: row for row in Tally.objects.exclude(pk=ALL)}
    known = {
        pk: Figures(month_over=row.month_over, in_month=Rate(row.in_month, row.month_over))
        for pk, row in rows.items()
    }
    for line in league(known, least=LEAST):
        row, place = rows[line.body], line.place
        row.rank = line.rank
        row.best, row.worst = (place.best, place.worst) if place else (None, None)
    Tally.objects.bulk_update(rows.values(), ["rank", "best", "worst"], batch_size=200)
