"""The public list of windows: what narrows it, its order, its counts, its days.

Every answer is for one day of Paris: nothing here knows which day it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.utils.functional import cached_property

from contrechamp.cases.domain.openings import Openness
from contrechamp.cases.domain.windows import (
    UNLIMITED,
    Sort,
    awarded_since,
    ends_until,
    status_of,
)
from contrechamp.cases.models import Window, WindowPlace
from contrechamp.kernel.dates import add_days, add_months
from contrechamp.law.domain.items import LAST_DAYS

PAST_DAYS = 90
"""So long a window that is over stays in a calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What the list is narrowed to; an empty value narrows nothing."""

    departement: str = ""
    territory: str = ""
    technology: str = ""
    sort: str = ""
    status: str = ""
    authority: str = ""
    record: str = ""
    day: date | None = None
    """Those whose safe day this is."""


def listed(wanted: Filter, *, today: date) -> QuerySet[Window]:
    """Return the windows of a day in their order: by safe day, then without one, then unknown."""
    rows = _narrowed(wanted).filter(_status(wanted.status, today))
    if wanted.day:
        rows = rows.filter(act_by_safe=wanted.day)
    return rows.order_by("rank", "act_by_safe", "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many windows there are, all found in one reading."""

    statuses: Mapping[Openness, int]
    departements: Sequence[tuple[str, int]]
    """Of the windows of the list, by code."""

    def total(self, status: str) -> int:
        """Return how many windows a list has: of a status, or of all that are not over."""
        if status:
            return self.statuses.get(Openness(status), 0)
        return sum(n for one, n in self.statuses.items() if one is not Openness.CLOSED)


def counts(wanted: Filter, *, today: date) -> Counts:
    """Return how many windows there are of each status, and in each département."""
    asked = {status.value: Count("pk", filter=_status(status, today)) for status in Openness}
    rows = _narrowed(wanted)
    if wanted.day:
        rows = rows.filter(act_by_safe=wanted.day)
    found: list[Any] = list(rows.values("departement").annotate(**asked).order_by("departement"))
    sums = {status: sum(row[status.value] for row in found) for status in Openness}
    shown = [Openness(wanted.status)] if wanted.status else [*set(Openness) - {Openness.CLOSED}]
    by_code = [(row["departement"], sum(row[one.value] for one in shown)) for row in found]
    return Counts(
        statuses={status: count for status, count in sums.items() if count},
        departements=[(code, count) for code, count in by_code if code and count],
    )


class Pages(Paginator[Window]):
    """The pages of the list: which windows stand on one is read of an index, then these alone."""

    def __init__(self, rows: QuerySet[Window], per_page: int, *, count: int) -> None:
        super().__init__(rows, per_page)
        self.rows, self.counted = rows, count

    @cached_property
    def count(self) -> int:
        """How many windows there are, as they were counted."""
        return self.counted

    def page(self, number: Any) -> Page[Window]:
        """Return a page by its number; raise `InvalidPage` where there is none."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = list(self.rows.values_list("pk", flat=True)[first : first + self.per_page])
        found = Window.objects.in_bulk(keys)
        return Page([found[key] for key in keys if key in found], number, self)


def of_record(key: str, *, most: int, today: date) -> list[Window]:
    """Return the windows of a record: those that can still be used first, then the newest."""
    rows = Window.objects.filter(record=key, gone_at=None)
    # Where no day is known, the number of an act begins with its year nearly everywhere.
    newest = (F("dated_on").desc(nulls_last=True), "-number", "id")
    there = list(rows.filter(_running(today)).order_by("rank", "act_by_safe", *newest)[:most])
    left = most - len(there)
    past = rows.filter(sort__in=CHALLENGED).exclude(pk__in=[row.pk for row in there])
    past = past.order_by(F("last_day").desc(nulls_last=True), *newest)
    return [*there, *(past[:left] if left > 0 else ())]


def count_of_record(key: str) -> int:
    """Return how many windows a record has, past ones too."""
    return Window.objects.filter(record=key, gone_at=None).count()


def days_of_month(wanted: Filter, month: date, *, today: date) -> Mapping[date, int]:
    """Return by day of a month how many windows have their safe day there."""
    rows = listed(wanted, today=today).order_by()
    rows = rows.filter(act_by_safe__gte=month, act_by_safe__lt=add_months(month, 1))
    return dict(rows.values_list("act_by_safe").annotate(Count("pk")))


def in_month(wanted: Filter, month: date, *, most: int, today: date) -> list[Window]:
    """Return the windows whose safe day is in a month, in order."""
    rows = listed(wanted, today=today)
    return list(rows.filter(act_by_safe__gte=month, act_by_safe__lt=add_months(month, 1))[:most])


def for_calendar(wanted: Filter, *, most: int, today: date) -> list[Window]:
    """Return what a calendar holds: what runs, what ended lately, what a fact has overtaken."""
    since = add_days(today, -PAST_DAYS)
    rows = _narrowed(wanted, with_gone=True).exclude(act_by_safe=None)
    rows = rows.filter(last_day__gte=since).filter(_bounded(today))
    return list(rows.order_by("act_by_safe", "id")[:most])


def for_feed(wanted: Filter, *, most: int, today: date) -> list[Window]:
    """Return what changed last among what can be used: the newest, and the soonest to end."""
    rows = listed(wanted, today=today).order_by()
    newest = list(rows.order_by("-changed_at", "id")[:most])
    soonest = list(rows.exclude(act_by_safe=None).order_by("act_by_safe", "id")[:most])
    return list({row.pk: row for row in (*newest, *soonest)}.values())


def new_between(
    wanted: Filter, since: datetime, until: datetime, *, today: date, most: int
) -> list[Window]:
    """Return the windows that can be used and that visitors could first read in a time."""
    rows = listed(wanted, today=today).filter(shown_at__gte=since, shown_at__lt=until)
    return list(rows[:most])


def near_their_end(
    wanted: Filter, told_on: date, *, today: date, before: datetime, most: int
) -> list[Window]:
    """Return the windows of which seven days or fewer are left since the last mail."""
    rows = listed(wanted, today=today).filter(
        shown_at__lt=before,
        act_by_safe__gte=today,
        act_by_safe__gt=add_days(told_on, LAST_DAYS),
        act_by_safe__lte=add_days(today, LAST_DAYS),
    )
    return list(rows[:most])


def territories_of(rows: Sequence[Window]) -> Mapping[str, tuple[str, ...]]:
    """Return the keys of the territories of windows, those that hold them too."""
    found: dict[str, list[str]] = {}
    places = WindowPlace.objects.filter(window__in=[row.pk for row in rows]).order_by("pk")
    for window, territory in places.values_list("window", "territory"):
        found.setdefault(window, []).append(territory)
    return {key: tuple(keys) for key, keys in found.items()}


def page_after(wanted: Filter, after: str, most: int, *, today: date) -> list[Window]:
    """Return the next windows by identifier."""
    return list(listed(wanted, today=today).order_by("id").filter(pk__gt=after)[:most])


def status_on(row: Window, today: date) -> Openness:
    """Return where a day stands in a window."""
    return status_of(row.act_by_safe, row.last_day, row.why, today=today)


CHALLENGED = (Sort.ACT, Sort.DECISION, Sort.CONTRACT)


def _narrowed(wanted: Filter, *, with_gone: bool = False) -> QuerySet[Window]:
    rows = Window.objects.all() if with_gone else Window.objects.filter(gone_at=None)
    for name in ("departement", "technology", "sort", "record"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.territory:
        held = WindowPlace.objects.filter(territory=wanted.territory)
        rows = rows.filter(pk__in=held.values("window"))
    for word in wanted.authority.split()[:6]:
        rows = rows.filter(authority__icontains=word)
    return rows


def _bounded(today: date) -> Q:
    """Leave out ends of authorisations that are far, and awards that are long past."""
    far = Q(sort=Sort.EXPIRY, act_by_safe__gt=ends_until(today))
    old = Q(sort=Sort.CONTRACT, act_by_safe=None) & (
        Q(dated_on=None) | Q(dated_on__lt=awarded_since(today))
    )
    return ~far & ~old


def _running(today: date) -> Q:
    return (Q(last_day__gte=today) | Q(act_by_safe=None)) & _bounded(today)


def _status(status: str, today: date) -> Q:
    """Return what a status means for the days of a row; without one, all that is not over."""
    soon = add_days(today, LAST_DAYS)
    unlimited = [str(why) for why in UNLIMITED]
    found = {
        Openness.OPEN: Q(act_by_safe__gt=soon) & _bounded(today),
        Openness.LAST_DAYS: Q(act_by_safe__gte=today, act_by_safe__lte=soon),
        Openness.USUAL_ONLY: Q(act_by_safe__lt=today, last_day__gte=today),
        Openness.CLOSED: Q(last_day__lt=today),
        Openness.UNLIMITED: Q(act_by_safe=None, why__in=unlimited),
        Openness.UNKNOWN: Q(act_by_safe=None) & ~Q(why__in=unlimited) & _bounded(today),
    }
    return found[Openness(status)] if status else _running(today)
