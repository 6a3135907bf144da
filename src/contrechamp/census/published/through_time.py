"""Public facts through time: what is dated, what is not, and what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, When
from django.utils.timezone import localtime

from contrechamp.census.models import Published, PublishedChange, PublishedCount, PublishedFact
from contrechamp.kernel.names import fold

from .fact_reads import find_facts
from .history import after_line, news_of
from .record_reads import PART, find_records, parts
from .values import Fact, News, Record

MOST_IDS = 12_000
"""A question with more identifiers is asked of all rows, and answered here."""
MANY_IDS = 500
"""With more, the rows of a short time are read and chosen here: the database would look up each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which facts are looked at. Nothing chosen is everything."""

    ids: frozenset[str] | None = None
    """Facts with one of these records at either end."""
    kinds: tuple[str, ...] = ()
    """Kinds of the record that they are about."""
    statuses: tuple[str, ...] = ()
    """ALLEGED, DOCUMENTED, VERIFIED, CONTRADICTED."""
    first: date | None = None
    last: date | None = None
    """The period that their dates may touch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many facts of one property have the same bounds of time."""

    property: str
    earliest: date | None
    from_latest: date | None
    """Last day on which they may have begun."""
    latest: date | None
    day: date
    """Their place in the order of time: the first of `earliest` and `latest` that is known."""
    count: int


def tallies(chosen: Chosen) -> list[Tally]:
    """Count the dated facts by property and bounds, in the order of time.

    A million facts have some ten thousands of these. Of the whole census they were counted when
    each fact was published (`PublishedCount`).
    """
    if chosen == Chosen():
        return _in_time(_counted_before())
    names = ("property", "earliest", "begun", "latest")
    rows = _dated(chosen).order_by()
    counted: dict[_Key, int] = {}
    if _is_few(chosen):
        for *key, count in rows.values_list(*names).annotate(Count("pk")):
            counted[_key(key)] = count
    else:
        for _, key in _among(rows, chosen, names):
            counted[_key(key)] = counted.get(_key(key), 0) + 1
    return _in_time(counted)


_Key = tuple[str, date | None, date | None, date | None]


def _key(row: Sequence[Any]) -> _Key:
    return (row[0], row[1], row[2], row[3])


def _counted_before() -> dict[_Key, int]:
    rows = PublishedCount.objects.filter(sort__gte="time:", sort__lt="time;")
    found = {}
    for sort, key, count in rows.values_list("sort", "key", "number"):
        earliest, begun, latest = (_day(text) for text in key.split("/"))
        found[sort.removeprefix("time:"), earliest, begun, latest] = count
    return found


@lru_cache(maxsize=50_000)
def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _in_time(counted: Mapping[_Key, int]) -> list[Tally]:
    found = [
        Tally(
            property=code,
            earliest=earliest,
            from_latest=begun,
            latest=latest,
            day=day,
            count=count,
        )
        for (code, earliest, begun, latest), count in counted.items()
        if (day := earliest or latest)
    ]
    found.sort(key=lambda tally: tally.day)
    return found


def dated_facts(
    chosen: Chosen, start: int, stop: int, days: tuple[date, date] | None = None
) -> list[Fact]:
    """Return dated facts in the order of time, from one number to another.

    `days`: between which their `Tally.day` is known to lie; then only these are numbered. So the
    last page of a million facts costs what the first costs.
    """
    return _in_order(islice(dated_claims(chosen, days), start, stop))


def dated_claims(chosen: Chosen, days: tuple[date, date] | None = None) -> Iterator[str]:
    """Yield the identifiers of dated facts in the order of time, whatever their number."""
    is_many = bool(days and chosen.ids and len(chosen.ids) > MANY_IDS)
    rows = _dated(replace(chosen, ids=None) if is_many else chosen).order_by("day", "claim")
    if days:
        rows = rows.filter(day__range=days)
    if is_many or not _is_few(chosen):
        yield from (claim for claim, _ in _among(rows, chosen, ()))
    else:
        yield from rows.values_list("claim", flat=True).iterator()


def _in_order(claims: Iterable[str]) -> list[Fact]:
    keys = list(claims)
    found = find_facts(keys)
    return [found[key] for key in keys if key in found]


def undated_claims(chosen: Chosen, limit: int) -> list[str]:
    """Return the first identifiers of facts that have no date."""
    return list(islice(_undated(chosen), limit))


def undated_count(chosen: Chosen) -> int:
    """Count facts that have no date."""
    if _is_few(chosen):
        return _chosen(chosen).filter(day__isnull=True).count()
    return sum(1 for _ in _undated(chosen))


def _undated(chosen: Chosen) -> Iterator[str]:
    rows = _chosen(chosen).filter(day__isnull=True).order_by("claim")
    if _is_few(chosen):
        yield from rows.values_list("claim", flat=True).iterator()
    else:
        yield from (claim for claim, _ in _among(rows, chosen, ()))


def find_named(text: str, kinds: Sequence[str] = (), limit: int = 20) -> list[Record]:
    """Return the records that a text may name: by that name, else one that begins so, or holds it.

    Among equals those of which most is known come first.
    """
    folded = fold(text)
    if not folded:
        return []
    rows = Published.objects.filter(kind__in=kinds) if kinds else Published.objects.all()
    tries = (
        Q(folded=folded),
        Q(folded__gte=folded, folded__lt=folded + "\U0010ffff"),
        Q(folded__contains=folded),
    )
    for match in tries:
        keys = rows.filter(match).order_by("entity").values_list("pk", flat=True)
        found = list(find_records(keys[: limit * 10]).values())
        if found:
            found.sort(key=lambda record: (-record.counts.get("facts", 0), record.id))
            return found[:limit]
    return []


def subjects_using(technology: str) -> set[str]:
    """Return the records that use, offer or make a technology."""
    rows = PublishedFact.objects.filter(target=technology)
    return set(rows.values_list("subject", flat=True))


def around(entity_id: str, properties: Sequence[str]) -> set[str]:
    """Return the records that some relations join to a record, from either end."""
    rows = PublishedFact.objects.filter(property__in=properties, target__isnull=False)
    onward = rows.filter(subject=entity_id).values_list("target", flat=True)
    back = rows.filter(target=entity_id).values_list("subject", flat=True)
    return {key for key in [*onward, *back] if key}


def changes(
    since: datetime,
    until: datetime | None = None,
    *,
    ids: frozenset[str] | None = None,
    before: str = "",
    limit: int = PART,
) -> list[News]:
    """Return lines of the public history in a time, newest first; `before` is a line's cursor."""
    rows = _changes(since, until).order_by("-at", "-entity", "-claim")
    if before:
        rows = after_line(rows, before)
    if ids is None:
        return news_of(list(rows[:limit]))
    if len(ids) <= MANY_IDS:
        return news_of(list(rows.filter(_concerns(ids))[:limit]))
    return news_of(list(islice(_concerning(rows, ids), limit)))


def _concerning(rows: QuerySet[PublishedChange], ids: frozenset[str]) -> Iterator[PublishedChange]:
    """Yield the lines about many records, in their order, read part by part."""
    lines = rows.iterator(chunk_size=PART)
    while part := list(islice(lines, PART)):
        facts = PublishedFact.objects.filter(pk__in=[row.claim for row in part if row.claim])
        about = {key for key, target in facts.values_list("pk", "target") if target in ids}
        yield from (row for row in part if row.entity in ids or row.claim in about)


def change_counts(*, ids: frozenset[str] | None = None) -> dict[tuple[date, str, bool], int]:
    """Count the lines of the public history: {(day, what, whether it is about a fact): lines}."""
    # By moment and not by day: an act is one moment, and the day of each row would be dear.
    rows = PublishedChange.objects.order_by()
    rows = rows.annotate(is_fact=Case(When(claim="", then=False), default=True))
    counted: dict[tuple[date, str, bool], int] = defaultdict(int)
    if ids is not None and len(ids) > MOST_IDS:
        about = _claims_of(ids)
        lines = rows.values_list("entity", "claim", "at", "what", "is_fact").iterator()
        for entity, claim, at, what, is_fact in lines:
            if entity in ids or claim in about:
                counted[localtime(at).date(), what, is_fact] += 1
        return dict(counted)
    if ids is not None:
        rows = rows.filter(_concerns(ids))
    for at, what, is_fact, count in rows.values_list("at", "what", "is_fact").annotate(Count("pk")):
        counted[localtime(at).date(), what, is_fact] += count
    return dict(counted)


def properties_of(claims: Iterable[str]) -> dict[str, str]:
    """Return the property of each of these facts that is public."""
    return {
        claim: property_
        for part in parts(claims)
        for claim, property_ in PublishedFact.objects.filter(pk__in=part).values_list(
            "pk", "property"
        )
    }


def status_counts() -> dict[str, dict[str, int]]:
    """Return how many facts of each status are said of each record."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    counted = PublishedFact.objects.values_list("subject", "status").annotate(Count("pk"))
    for subject, status, count in counted:
        found[subject][status] = count
    return dict(found)


def _changes(since: datetime, until: datetime | None) -> QuerySet[PublishedChange]:
    rows = PublishedChange.objects.filter(at__gte=since)
    return rows.filter(at__lt=until) if until else rows


def _concerns(ids: frozenset[str]) -> Q:
    about = PublishedFact.objects.filter(target__in=ids).values("claim")
    return Q(entity__in=ids) | Q(claim__in=about)


def _claims_of(ids: frozenset[str]) -> set[str]:
    rows = PublishedFact.objects.filter(target__isnull=False).values_list("claim", "target")
    return {claim for claim, target in rows.iterator() if target in ids}


def _chosen(chosen: Chosen) -> QuerySet[PublishedFact]:
    rows = PublishedFact.objects.all()
    if chosen.ids is not None and _is_few(chosen):
        rows = rows.filter(Q(subject__in=chosen.ids) | Q(target__in=chosen.ids))
    if chosen.kinds:
        rows = rows.filter(subject__kind__in=chosen.kinds)
    if chosen.statuses:
        rows = rows.filter(status__in=chosen.statuses)
    return rows


def _dated(chosen: Chosen) -> QuerySet[PublishedFact]:
    """Return facts whose bounds touch the period. An open bound reaches for ever."""
    rows = _chosen(chosen).filter(day__isnull=False)
    if chosen.last:
        rows = rows.filter(Q(earliest__isnull=True) | Q(earliest__lte=chosen.last))
    if chosen.first:
        open_end = Q(latest__isnull=True)
        begun = Q(begun__isnull=True) | Q(begun__gte=chosen.first)
        rows = rows.filter(Q(latest__gte=chosen.first) | (open_end & begun))
    return rows


def _is_few(chosen: Chosen) -> bool:
    return chosen.ids is None or len(chosen.ids) <= MOST_IDS


def _among(
    rows: QuerySet[PublishedFact], chosen: Chosen, names: Sequence[str]
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the facts of more records than one question can hold, with some of their columns."""
    ids = chosen.ids or frozenset()
    for claim, subject, target, *more in rows.values_list(
        "claim", "subject", "target", *names
    ).iterator():
        if subject in ids or target in ids:
            yield claim, tuple(more)
