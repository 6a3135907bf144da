"""Reads of public acts. Twins of one decision are left out of lists and shown with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db.models import Count, Q, QuerySet

from contrechamp.census import published as census
from contrechamp.watch.models import PublicAct, PublicActCompany, PublicActPlace

PART = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One public act; of a withdrawn one only id, slug and times are there."""

    id: str
    slug: str
    source: str
    technology: str
    sort: str
    decision: str
    departement: str
    title: str
    title_en: str
    act_number: str
    order_number: str
    signed_on: date | None
    published_on: date | None
    act_by_safe: date | None
    last_day: date | None
    expires_on: date | None
    event_on: date | None
    cameras: int | None
    amount: Decimal | None
    duplicate_of: str
    project: str
    data: dict[str, Any]
    shown_at: datetime
    changed_at: datetime
    withdrawn_at: datetime | None
    reason: str = ""
    """Why it was withdrawn: one of a list."""
    territories: tuple[str, ...] = ()
    """Keys of those it names itself."""
    holders: tuple[str, ...] = ()
    companies: tuple[tuple[str, str], ...] = ()

    @property
    def url(self) -> str:
        """Return the address of its page."""
        return f"/actes/{self.slug}"

    @property
    def filed_under(self) -> str:
        """Return the code of its département: its bulletin's, else that of what it names."""
        near = (key for key in (*self.territories, *self.holders) if key.startswith("departement:"))
        return self.departement or next(near, "").removeprefix("departement:")

    @property
    def page_number(self) -> int | None:
        """Return the page of the document on which it begins."""
        return (self.data.get("locator") or {}).get("page")

    @property
    def months(self) -> int | None:
        """Return the months in which it can be challenged, None for a contract."""
        return (self.data.get("appeal") or {}).get("months")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a list is narrowed to; an empty value narrows nothing."""

    technology: str = ""
    sort: str = ""
    departement: str = ""
    territory: str = ""
    company: str = ""
    record: str = ""
    """A project or contract of the census that is public."""
    since: date | None = None
    until: date | None = None


def find_act(slug: str) -> Act | None:
    """Return the act of an address, withdrawn ones too."""
    return next(iter(_acts(PublicAct.objects.filter(slug=slug)[:1])), None)


def some_acts(ids: Sequence[str]) -> list[Act]:
    """Return those of these acts that are public."""
    return _acts(PublicAct.objects.filter(pk__in=list(ids), withdrawn_at=None))


def open_rows() -> QuerySet[PublicAct]:
    """Return the public acts as rows, for a condition of another room's query (`slug`)."""
    return PublicAct.objects.filter(withdrawn_at=None)


def slugs_of(ids: Sequence[str]) -> list[str]:
    """Return the addresses of acts, withdrawn ones too."""
    if not ids:
        return []
    return list(PublicAct.objects.filter(pk__in=list(ids)).values_list("slug", flat=True))


def acts_called(slugs: Sequence[str]) -> list[Act]:
    """Return those of the acts of these addresses that are public."""
    return _acts(open_rows().filter(slug__in=list(slugs)))


def acts_and_marks(ids: Sequence[str]) -> list[Act]:
    """Return these acts, withdrawn ones as the mark that is left of them."""
    return _acts(PublicAct.objects.filter(pk__in=list(ids)))


def changed_since(ids: QuerySet[Any], first: datetime, last: datetime) -> list[Act]:
    """Return those of these acts that were changed or withdrawn in a time."""
    return _acts(PublicAct.objects.filter(pk__in=ids, changed_at__gte=first, changed_at__lt=last))


def all_acts() -> Iterator[Act]:
    """Yield every public act, part by part."""
    rows = PublicAct.objects.filter(withdrawn_at=None).order_by("pk").iterator(PART)
    while part := list(islice(rows, PART)):
        yield from _acts(part)


def filtered(ask: Filter) -> QuerySet[PublicAct]:
    """Return the rows of decisions that a filter lets pass, the newest publication first."""
    return _narrowed(once(), ask).order_by("-published_on", "-shown_at", "pk")


def page_of_acts(ask: Filter, after: str, limit: int) -> list[Act]:
    """Return the next public acts by identifier, twins too: each was published somewhere."""
    rows = _narrowed(PublicAct.objects.filter(withdrawn_at=None, pk__gt=after), ask)
    return _acts(rows.order_by("pk")[:limit])


def acts_of(rows: Iterable[PublicAct]) -> list[Act]:
    """Return rows of a list as acts."""
    return _acts(rows)


def acts_between(first: datetime, last: datetime, ask: Filter, most: int = 300) -> list[Act]:
    """Return decisions that became public here in a time, by département."""
    rows = _narrowed(once(), ask).filter(shown_at__gte=first, shown_at__lt=last)
    return _acts(rows.order_by("departement", "-published_on", "pk")[:most])


def moments_before(before: datetime, ask: Filter, most: int = 2000) -> list[datetime]:
    """Return when decisions became public here before a moment, newest first."""
    rows = _narrowed(once(), ask).filter(shown_at__lt=before).order_by("-shown_at")
    return list(rows.values_list("shown_at", flat=True)[:most])


def twin_counts(ids: Sequence[str]) -> dict[str, int]:
    """Return by decision how many more times it was published; those without are left out."""
    rows = PublicAct.objects.filter(withdrawn_at=None, duplicate_of__in=list(ids))
    return dict(rows.values_list("duplicate_of").annotate(Count("pk")).order_by())


def open_acts(today: date, ask: Filter | None = None) -> list[Act]:
    """Return acts that can still be challenged in some reading, the soonest last day first."""
    rows = _narrowed(once(), ask or Filter()).filter(last_day__gte=today)
    return _acts(rows.exclude(published_on=None).order_by("act_by_safe", "last_day", "pk")[:1000])


def due_acts(today: date, until: date, ask: Filter | None = None) -> list[Act]:
    """Return authorisations that end in a time, the soonest first."""
    rows = _running(today, ask).filter(expires_on__lte=until)
    return _acts(rows.order_by("expires_on", "pk")[:1000])


def next_due(today: date, ask: Filter | None = None) -> date | None:
    """Return the day on which an authorisation ends next, however far away."""
    days = _running(today, ask).order_by("expires_on").values_list("expires_on", flat=True)
    return days.first()


def _running(today: date, ask: Filter | None) -> QuerySet[PublicAct]:
    rows = _narrowed(once(), ask or Filter()).filter(expires_on__gte=today)
    return rows.exclude(decision__in=("refusal", "abrogation"))


def changed_acts(ask: Filter, most: int = 60) -> list[Act]:
    """Return what became public, was corrected or withdrawn last, for a feed.

    Of a withdrawn act a mark without content is left. Nothing says any more where it was, so that
    the marks of all stand in every feed.
    """
    rows = list(_narrowed(once(), ask).order_by("-changed_at", "pk")[:most])
    rows += PublicAct.objects.exclude(withdrawn_at=None).order_by("-changed_at", "pk")[:most]
    rows.sort(key=lambda row: (row.changed_at, row.pk), reverse=True)
    return _acts(rows[:most])


def same_decision(act: Act) -> list[Act]:
    """Return other publications of the decision of an act."""
    first = act.duplicate_of or act.id
    rows = PublicAct.objects.filter(withdrawn_at=None)
    twins = [*rows.filter(duplicate_of=first), *rows.filter(pk=first)]
    return [one for one in _acts(twins) if one.id != act.id]


def count_of(ask: Filter) -> tuple[int, int]:
    """Return how many decisions a filter lets pass, and how many of them are contracts."""
    rows = _narrowed(once(), ask)
    return rows.count(), rows.exclude(source="raa").count()


def once() -> QuerySet[PublicAct]:
    """Return each decision once: a twin stands for it where the first is not public."""
    there = PublicAct.objects.filter(withdrawn_at=None)
    return there.exclude(duplicate_of__in=there.values("pk"))


def _narrowed(rows: QuerySet[PublicAct], ask: Filter) -> QuerySet[PublicAct]:
    for name in ("technology", "sort"):
        if value := getattr(ask, name):
            rows = rows.filter(**{name: value})
    if ask.departement:
        # A contract has no département of its own: it is that of the places it names.
        held = PublicActPlace.objects.filter(territory=f"departement:{ask.departement}")
        rows = rows.filter(Q(departement=ask.departement) | Q(pk__in=held.values("act_id")))
    if ask.territory:
        held = PublicActPlace.objects.filter(territory=ask.territory)
        rows = rows.filter(pk__in=held.values("act_id"))
    if ask.company:
        named = PublicActCompany.objects.filter(siren=ask.company)
        rows = rows.filter(pk__in=named.values("act_id"))
    if ask.record:
        rows = rows.filter(project__in=[ask.record, *census.former_ids(ask.record)])
    if ask.since:
        rows = rows.filter(published_on__gte=ask.since)
    if ask.until:
        rows = rows.filter(published_on__lte=ask.until)
    return rows


def _acts(rows: Iterable[PublicAct]) -> list[Act]:
    rows = list(rows)
    ids = [row.pk for row in rows]
    own: dict[str, list[str]] = {}
    held: dict[str, list[str]] = {}
    for start in range(0, len(ids), PART):
        places = PublicActPlace.objects.filter(act__in=ids[start : start + PART]).order_by("pk")
        for place in places:
            (own if place.is_own else held).setdefault(place.act_id, []).append(place.territory)
    companies: dict[str, list[tuple[str, str]]] = {}
    for start in range(0, len(ids), PART):
        named = PublicActCompany.objects.filter(act__in=ids[start : start + PART])
        for each in named.order_by("pk"):
            companies.setdefault(each.act_id, []).append((each.siren, each.name))
    names = [
        name
        for name in Act.__dataclass_fields__
        if name not in {"territories", "holders", "companies"}
    ]
    return [
        Act(
            **{name: getattr(row, name) for name in names},
            territories=tuple(own.get(row.pk, ())),
            holders=tuple(held.get(row.pk, ())),
            companies=tuple(companies.get(row.pk, ())),
        )
        for row in rows
    ]
