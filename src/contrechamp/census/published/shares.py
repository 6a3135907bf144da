"""A share of a record that has thousands of facts: the newest of each sort, and how many there are.

A page shows forty facts of a sort, whether the record has fifty or twenty thousand: these reads
cost what is shown, and count the rest in an index.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet
from django.db.models.fields.json import KT

from contrechamp.census.models import Published, PublishedFact, PublishedNumber, PublishedPlace

from .fact_reads import find_facts, ordered
from .record_reads import ENDS, find_records, find_refs, parts, ref_of
from .values import Fact, Record, Ref

Sort = tuple[bool, str]
"""(whether the fact leads to the record from another, its property)."""
BEGINS = (F("earliest").desc(nulls_last=True), "-claim")
"""The order of an index, read from its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Some facts of a record, and how many of each sort there are in all."""

    own: list[Fact]
    about: list[Fact]
    counts: dict[Sort, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A sum of money that a fact carries, without the rest of it."""

    claim: str
    record: str
    """The record that was asked for."""
    raw_amount: Decimal
    amount_kind: str
    tax: str
    currency: str
    year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """When a fact begins, without the rest of it."""

    claim: str
    other: str
    """The record at its other end."""
    year: int | None


def sorts_of(entity_id: str) -> dict[Sort, int]:
    """Return how many facts of each sort a record has."""
    counts: dict[Sort, int] = {}
    for is_backward, end in ((False, "subject"), (True, "target")):
        rows = PublishedFact.objects.filter(**{end: entity_id}).values_list("property")
        for code, number in rows.annotate(Count("pk")):
            counts[is_backward, code] = number
    return counts


def share_of(entity_id: str, *, most: int, of_many: int) -> Share:
    """Return the facts of a record: of a sort of which it has more than `most`, the newest."""
    counts = sorts_of(entity_id)
    claims: dict[bool, list[str]] = {False: [], True: []}
    for is_backward, end in ((False, "subject"), (True, "target")):
        rows = PublishedFact.objects.filter(**{end: entity_id})
        own = {code: n for (back, code), n in counts.items() if back == is_backward}
        few = [code for code, number in own.items() if number <= most]
        claims[is_backward] += rows.filter(property__in=few).values_list("claim", flat=True)
        for code in own.keys() - set(few):
            newest = rows.filter(property=code).order_by(*BEGINS)
            claims[is_backward] += newest.values_list("claim", flat=True)[:of_many]
    found = find_facts([*claims[False], *claims[True]])
    return Share(
        own=ordered(found[key] for key in claims[False] if key in found),
        about=ordered(found[key] for key in claims[True] if key in found),
        counts=counts,
    )


def _of_sorts(entity_id: str, sorts: Collection[Sort]) -> QuerySet[PublishedFact]:
    own = [code for is_backward, code in sorts if not is_backward]
    about = [code for is_backward, code in sorts if is_backward]
    return PublishedFact.objects.filter(
        Q(subject=entity_id, property__in=own) | Q(target=entity_id, property__in=about)
    )


def facts_of_sorts(
    entity_id: str,
    sorts: Collection[Sort],
    *,
    start: int,
    limit: int,
    with_amount: bool | None = None,
    is_dated: bool = False,
) -> tuple[list[Fact], int]:
    """Return some facts of a record from a number on, the newest first, and how many there are."""
    rows = _of_sorts(entity_id, sorts)
    if with_amount is not None:
        rows = rows.filter(amount__isnull=not with_amount)
    if is_dated:
        rows = rows.filter(Q(earliest__isnull=False) | Q(latest__isnull=False))
    claims = list(rows.order_by(*BEGINS).values_list("claim", flat=True)[start : start + limit])
    found = find_facts(claims)
    return [found[key] for key in claims if key in found], rows.count()


def others_count(entity_id: str, codes: Sequence[str], *, is_backward: bool) -> int:
    """Return to how many different records these relations lead."""
    end, other = ("target", "subject") if is_backward else ("subject", "target")
    rows = PublishedFact.objects.filter(**{end: entity_id}, property__in=codes)
    return rows.exclude(**{other: None}).aggregate(n=Count(other, distinct=True))["n"] or 0


def amounts_count(entity_id: str, sorts: Collection[Sort]) -> int:
    """Return how many facts of these sorts carry a sum."""
    return _of_sorts(entity_id, sorts).filter(amount__isnull=False).count()


def amounts_of(entity_ids: Iterable[str], sorts: Collection[Sort] | None = None) -> list[Amount]:
    """Return the sums that facts of these records carry: of all sorts, or of these.

    Beside those of the sorts, always what is said of a record itself: a value, no relation.
    """
    found: list[Amount] = []
    for is_backward, end in ((False, "subject"), (True, "target")):
        codes = None if sorts is None else [code for back, code in sorts if back == is_backward]
        for part in parts(entity_ids):
            rows = PublishedFact.objects.filter(**{f"{end}__in": part}, amount__isnull=False)
            if codes is not None:
                wanted = Q(property__in=codes)
                rows = rows.filter(wanted if is_backward else wanted | Q(target=None))
            found += _amounts(rows, end)
    return found


def _amounts(rows: QuerySet[PublishedFact], end: str) -> Iterator[Amount]:
    named = rows.annotate(coin=KT("data__currency")).values_list(
        "claim", end, "amount", "amount_kind", "tax", "coin", "day"
    )
    for claim, record, amount, kind, tax, coin, day in named:
        if amount is not None:
            yield Amount(
                claim=claim,
                record=record or "",
                raw_amount=amount,
                amount_kind=kind,
                tax=tax,
                currency=coin or "",
                year=day.year if day else None,
            )


def dates_of(entity_id: str, sort: Sort) -> list[Dated]:
    """Return when each relation of one sort begins, and the record at its other end."""
    is_backward, code = sort
    end, other = ("target", "subject") if is_backward else ("subject", "target")
    rows = PublishedFact.objects.filter(**{end: entity_id}, property=code)
    return [
        Dated(claim=claim, other=key or "", year=day.year if day else None)
        for claim, key, day in rows.values_list("claim", other, "day")
    ]


def first_years(entity_ids: Iterable[str], properties: Sequence[str]) -> dict[str, int]:
    """Return of each record the year of the first of these properties that has one."""
    ranks = {code: number for number, code in enumerate(properties)}
    best: dict[str, tuple[int, str, int]] = {}
    for part in parts(entity_ids):
        rows = PublishedFact.objects.filter(subject__in=part, property__in=properties)
        for key, said_of, claim, day in rows.values_list("subject", "property", "claim", "day"):
            if day:
                said = (ranks[said_of], day.isoformat() + claim, day.year)
                best[key] = min(best.get(key, said), said)
    return {key: said[2] for key, said in best.items()}


def first_in(territory_keys: Sequence[str], kind: str, limit: int) -> list[Record]:
    """Return some records of a kind that are in these very territories, the first by name."""
    there = PublishedPlace.objects.filter(territory__in=territory_keys, kind=kind, reach=0)
    rows = Published.objects.filter(pk__in=there.values("record")).order_by("folded", "entity")
    return list(find_records(list(rows.values_list("pk", flat=True)[:limit])).values())


def find_by_identifiers(scheme: str, values: Collection[str]) -> dict[str, Record]:
    """Return the public records that bear official numbers of one scheme, by number."""
    rows = PublishedNumber.objects.filter(scheme=scheme, value__in=values)
    keys = dict(rows.order_by("-record").values_list("value", "record"))
    found = find_records(keys.values())
    return {value: found[key] for value, key in sorted(keys.items()) if key in found}


def newest_in(territory_key: str, kind: str, limit: int) -> list[Ref]:
    """Name the records of a kind in a territory of which something was published last."""
    there = PublishedPlace.objects.filter(territory=territory_key, kind=kind)
    rows = Published.objects.filter(pk__in=there.values("record")).order_by("-at", "-entity")
    return [ref_of(row) for row in rows.values_list(*ENDS)[:limit]]


def newest_alone(
    territory_keys: Sequence[str], kind: str, limit: int, *, without: Collection[str] = ()
) -> dict[str, list[Ref]]:
    """Name the newest records of each of these very territories, not of what they hold.

    A record that is in several stands in the first of them.
    """
    there = PublishedPlace.objects.filter(territory__in=territory_keys, kind=kind, reach=0)
    where: dict[str, set[str]] = {}
    for record, territory in there.values_list("record", "territory"):
        if record not in without:
            where.setdefault(record, set()).add(territory)
    rows = Published.objects.filter(pk__in=where).order_by("-at", "-entity")
    kept: dict[str, list[str]] = {}
    for record in rows.values_list("pk", flat=True) if where else ():
        first = next(key for key in territory_keys if key in where[record])
        if len(kept.setdefault(first, [])) < limit:
            kept[first].append(record)
    refs = find_refs(key for row in kept.values() for key in row)
    return {key: [refs[one] for one in row if one in refs] for key, row in kept.items()}


def properties_among(entity_ids: Sequence[str]) -> set[str]:
    """Return which properties and relations facts of these records have, from either end."""
    found: set[str] = set()
    for part in parts(entity_ids):
        for end in ("subject", "target"):
            rows = PublishedFact.objects.filter(**{f"{end}__in": part})
            found.update(rows.values_list("property", flat=True).distinct())
    return found


def attributes_among(targets: Sequence[str], property_: str, name: str) -> set[str]:
    """Return the values that an attribute has in the relations that lead to these records."""
    found: set[str] = set()
    for part in parts(targets):
        rows = PublishedFact.objects.filter(target__in=part, property=property_)
        said = rows.annotate(said=KT(f"data__attributes__{name}")).values_list("said", flat=True)
        found.update(value for value in said.distinct() if value)
    return found


def last_years(entity_ids: Iterable[str], properties: Sequence[str]) -> dict[str, int]:
    """Return of each record the year of the first of these properties that has one.

    Of several facts of one property the latest counts.
    """
    ranks = {code: number for number, code in enumerate(properties)}
    best: dict[str, tuple[int, date]] = {}
    for part in parts(entity_ids):
        rows = PublishedFact.objects.filter(subject__in=part, property__in=properties)
        for key, code, day in rows.values_list("subject", "property", "day"):
            if day is None:
                continue
            said = best.get(key)
            if said is None or (-ranks[code], day) > (-said[0], said[1]):
                best[key] = (ranks[code], day)
    return {key: said[1].year for key, said in best.items()}
