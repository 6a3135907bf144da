"""Reads of all that is public, part by part, for programs: no ceiling, and no row twice.

A part begins after the row at which the last one ended: its place in an order that an index
holds. What is written meanwhile moves no row that is still to come.
"""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import CharField, F, Min, Model, Q, QuerySet, Value
from django.db.models.functions import Concat

from contrechamp.census.domain import Reach
from contrechamp.census.models import Published, PublishedChange, PublishedFact, PublishedPlace
from contrechamp.kernel.names import fold

from .fact_reads import find_facts
from .history import news_of
from .record_reads import find_records
from .values import Fact, News, Record

MANY = 500
"""With more records in a territory all facts are read in their order, and those of it kept: to
look up the facts of each and to sort them would take longer."""
PREFIXES = {"project": "prj", "technology": "tec", "actor": "act", "place": "plc"}
PREFIXES |= {"contract": "ctr"}
Row = TypeVar("Row", bound=Model)
Place = Sequence[str]
"""Where a part ended: the values of the order's columns, moments and days in ISO form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactAsk:
    """Which facts are read; an empty value narrows nothing."""

    subject: str = ""
    target: str = ""
    about: str = ""
    """A record at either end."""
    property: str = ""
    status: str = ""
    territory: str = ""
    """Key of a territory that one of the ends is in."""
    first: date | None = None
    last: date | None = None
    """The period that the fact's dates touch; an undated fact touches none."""
    since: datetime | None = None
    """When it was published or changed last, at the earliest."""
    relations_only: bool = False

    @builtins.property
    def order(self) -> tuple[str, str]:
        """Return the columns by which these facts are read: an index holds each."""
        if self.since:
            return "at", "claim"
        return ("day", "claim") if self.first or self.last else ("", "claim")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAsk:
    """Which records are read; an empty value narrows nothing."""

    kind: str = ""
    type: str = ""
    technology: str = ""
    """Identifier of a technology that the record uses, offers or makes."""
    territory: str = ""
    status: str = ""
    """ALLEGED …: at least one fact of it has this status."""
    q: str = ""
    """How its name begins, whatever accents and case."""
    since: datetime | None = None

    @property
    def order(self) -> tuple[str, str]:
        """Return the columns by which these records are read."""
        return ("at", "entity") if self.since else ("", "entity")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAsk:
    """Which lines of the public history are read."""

    record: str = ""
    claim: str = ""
    what: str = ""
    since: datetime | None = None


def page_of_facts(ask: FactAsk, after: Place | None, limit: int) -> list[tuple[Place, Fact]]:
    """Return the next facts in the order of the ask, each with its place in it."""
    rows = _after(_facts(ask), ask.order, after)
    keys = _places(rows, ask.order, limit)
    found = find_facts(place[-1] for place in keys)
    return [(place, found[place[-1]]) for place in keys if place[-1] in found]


def page_of_records(ask: RecordAsk, after: Place | None, limit: int) -> list[tuple[Place, Record]]:
    """Return the next records in the order of the ask, each with its place in it."""
    rows = _after(_records(ask), ask.order, after)
    keys = _places(rows, ask.order, limit)
    found = find_records(place[-1] for place in keys)
    return [(place, found[place[-1]]) for place in keys if place[-1] in found]


def page_of_changes(ask: ChangeAsk, after: Place | None, limit: int) -> list[tuple[Place, News]]:
    """Return the next lines of the public history, in the order in which they were written.

    That order and not their moment: a long act that began earlier may be written later, and who
    follows the history would miss it.
    """
    wanted = {"entity": ask.record, "claim": ask.claim, "what": ask.what}
    rows = PublishedChange.objects.filter(
        **{name: value for name, value in wanted.items() if value}
    )
    if after:
        rows = rows.filter(pk__gt=_number(after[0]))
    if ask.since:
        recent = rows.filter(at__gte=ask.since)
        first = None if after else recent.aggregate(first=Min("pk"))["first"]
        rows = recent.filter(pk__gte=first) if first else recent
    found = list(rows.order_by("pk")[:limit])
    return [([str(row.pk)], line) for row, line in zip(found, news_of(found), strict=True)]


def page_of_keys(records: bool, after: Place | None, limit: int) -> list[tuple[str, datetime]]:
    """Return the next identifiers of all facts, or of all records, each with its last change.

    For who keeps a copy: what was withdrawn without a word is simply not among them.
    """
    last = after[0] if after else ""
    if records:
        rows = Published.objects.filter(entity__gt=last).order_by("entity")
        return list(rows.values_list("entity", "at")[:limit])
    facts = PublishedFact.objects.filter(claim__gt=last).order_by("claim")
    return list(facts.values_list("claim", "at")[:limit])


def _number(text: str) -> int:
    """Return the number of a line, or raise `ValueError`."""
    number = int(text)
    if not 0 <= number < 2**63:
        raise ValueError(text)
    return number


def _facts(ask: FactAsk) -> QuerySet[PublishedFact]:
    wanted = {"subject": ask.subject, "target": ask.target}
    wanted |= {"property": ask.property, "status": ask.status}
    named = {name: value for name, value in wanted.items() if value}
    rows = PublishedFact.objects.filter(**named)
    if ask.about:
        rows = rows.filter(Q(subject=ask.about) | Q(target=ask.about))
    if ask.relations_only:
        rows = rows.filter(target__isnull=False)
        if not (named or ask.about or ask.since or ask.first or ask.last or ask.territory):
            rows = rows.filter(claim__gte="rel-")  # Values come before: none of them is read.
    if ask.territory:
        rows = _inside(rows, ask.territory)
    if ask.since:
        rows = rows.filter(at__gte=ask.since)
    return _touching(rows, ask.first, ask.last)


def _touching(
    rows: QuerySet[PublishedFact], first: date | None, last: date | None
) -> QuerySet[PublishedFact]:
    """Keep the facts whose bounds touch the period. An open bound reaches for ever."""
    if first or last:
        rows = rows.filter(day__isnull=False)
    if last:
        rows = rows.filter(Q(earliest__isnull=True) | Q(earliest__lte=last))
    if first:
        begun = Q(begun__isnull=True) | Q(begun__gte=first)
        rows = rows.filter(Q(latest__gte=first) | Q(latest__isnull=True) & begun)
    return rows


def _inside(rows: QuerySet[PublishedFact], territory: str) -> QuerySet[PublishedFact]:
    held = PublishedPlace.objects.filter(territory=territory, reach__lte=Reach.SEAT)
    keys = held.values("record")
    if held[: MANY + 1].count() <= MANY:
        return rows.filter(Q(subject__in=keys) | Q(target__in=keys))
    # Joined with nothing, so that the database does not begin with the index of the ends.
    ends = {f"of_{end}": _unindexed(end) for end in ("subject_id", "target_id")}
    rows = rows.annotate(**ends)
    return rows.filter(Q(of_subject_id__in=keys) | Q(of_target_id__in=keys))


def _unindexed(column: str) -> Concat:
    return Concat(F(column), Value(""), output_field=CharField())


def _records(ask: RecordAsk) -> QuerySet[Published]:
    rows = Published.objects.all()
    if ask.kind:
        prefix = PREFIXES.get(ask.kind, "")
        rows = rows.filter(kind=ask.kind, entity__gte=f"{prefix}-", entity__lt=f"{prefix}.")
    if ask.type:
        rows = rows.filter(type=ask.type)
    if ask.technology:
        users = PublishedFact.objects.filter(target=ask.technology).values("subject")
        rows = rows.filter(pk__in=users)
    if ask.territory:
        held = PublishedPlace.objects.filter(territory=ask.territory, reach__lte=Reach.SEAT)
        rows = rows.filter(pk__in=held.values("record"))
    if ask.status:
        rows = rows.filter(**{f"record__counts__{ask.status}__gt": 0})
    if folded := fold(ask.q):
        rows = rows.filter(folded__gte=folded, folded__lt=f"{folded}\U0010ffff")
    elif ask.q:
        rows = rows.none()
    return rows.filter(at__gte=ask.since) if ask.since else rows


def _after(rows: QuerySet[Row], order: tuple[str, str], after: Place | None) -> QuerySet[Row]:
    """Keep what comes after a place; raise `ValueError` when it is none of this order."""
    first, key = order
    if not after:
        return rows
    if not first:
        (last,) = after
        return rows.filter(**{f"{key}__gt": last})
    at_text, last = after
    at: Any = datetime.fromisoformat(at_text) if first == "at" else date.fromisoformat(at_text)
    later = Q(**{f"{first}__gt": at}) | Q(**{f"{key}__gt": last})
    return rows.filter(later, **{f"{first}__gte": at})  # The second lets the index begin there.


def _places(rows: QuerySet[Row], order: tuple[str, str], limit: int) -> list[Place]:
    columns = [name for name in order if name]
    found = rows.order_by(*columns).values_list(*columns)[:limit]
    return [[_said(value) for value in row] for row in found]


def _said(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
