"""Reads of public facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from django.db.models import F, Max, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from contrechamp.census.models import PublishedFact, PublishedSource
from contrechamp.foundation.vocabulary import terms

from .record_reads import PART, parts
from .values import Fact, Proof, Ref


def fact_rows() -> QuerySet[PublishedFact]:
    """Return the public facts as rows, for a condition of another room's query (`claim`)."""
    return PublishedFact.objects.all()


def facts_of(entity_id: str) -> list[Fact]:
    """Return what is said of a record, in the order of the vocabulary, then of time."""
    return _facts(PublishedFact.objects.filter(subject=entity_id))


def facts_about(entity_id: str) -> list[Fact]:
    """Return the relations that lead to a record from others."""
    return _facts(PublishedFact.objects.filter(target=entity_id))


def facts_of_many(
    entity_ids: Iterable[str], *, without: Sequence[str] = (), only: Sequence[str] = ()
) -> dict[str, list[Fact]]:
    """Return what is said of each of several records, relations from both ends.

    `without` leaves out properties that a page does not need: a project may have a thousand acts.
    `only` leaves out all others.
    """
    wanted = list(dict.fromkeys(entity_ids))
    found: dict[str, list[Fact]] = {key: [] for key in wanted}
    for part in parts(wanted):
        # Said of each end, so that an index finds these alone: the rest of a project is not read.
        these = Q(property__in=only) if only else Q()
        rows = PublishedFact.objects.filter(
            Q(subject__in=part) & these | Q(target__in=part) & these
        )
        for fact in _facts(rows.exclude(property__in=without)):
            for end in (fact.subject, fact.target):
                if end is not None and end.id in found:
                    found[end.id].append(fact)
    return found


def some_facts_of_many(entity_ids: Iterable[str], *, most: int) -> dict[str, list[Fact]]:
    """Return what is said of each of several records, so many facts at most from each end.

    For lists that show a line or two of a record: a technique may be used by thousands.
    """
    wanted = list(dict.fromkeys(entity_ids))
    found: dict[str, list[Fact]] = {key: [] for key in wanted}
    for end in ("subject", "target"):
        rows = PublishedFact.objects.filter(**{f"{end}__in": wanted})
        place = Window(RowNumber(), partition_by=F(end), order_by="claim")
        for fact in _facts(rows.annotate(place=place).filter(place__lte=most)):
            one = fact.subject if end == "subject" else fact.target
            if one is not None and one.id in found:
                found[one.id].append(fact)
    return found


def last_days(entity_ids: Iterable[str]) -> dict[str, date]:
    """Return of each record the last day on which something said of it begins, where known."""
    wanted = list(dict.fromkeys(entity_ids))
    found: dict[str, date] = {}
    for end in ("subject", "target"):
        rows = PublishedFact.objects.filter(**{f"{end}__in": wanted}).exclude(earliest=None)
        for key, day in rows.values_list(end).annotate(last=Max("earliest")):
            found[key] = max(day, found.get(key, day))
    return found


def latest_facts(
    entity_ids: Iterable[str], properties: Sequence[str], limit: int
) -> tuple[list[Fact], int]:
    """Return the latest values of some properties of these records, and how many there are."""
    found: list[tuple[date, str]] = []
    total = 0
    for part in parts(entity_ids):
        rows = PublishedFact.objects.filter(subject__in=part, property__in=properties)
        latest = rows.order_by(F("earliest").desc(nulls_last=True), "-claim")[:limit]
        said = list(latest.values_list("earliest", "claim"))
        found += [(day or date.min, claim) for day, claim in said]
        total += rows.count() if len(said) == limit else len(said)
    found.sort(reverse=True)
    return _in_order([claim for _, claim in found[:limit]]), total


def newest_facts(entity_ids: Iterable[str], limit: int) -> list[Fact]:
    """Return the facts of these records, from either end, that were published or changed last."""
    found: set[tuple[datetime, str]] = set()
    for part in parts(entity_ids):
        for end in ("subject", "target"):
            rows = PublishedFact.objects.filter(**{f"{end}__in": part})
            # An index holds all that is read here; the newest of each part are enough.
            found.update(rows.order_by("-at", "claim").values_list("at", "claim")[:limit])
    newest = sorted(sorted(found, key=itemgetter(1)), key=itemgetter(0), reverse=True)
    return _in_order([claim for _, claim in newest[:limit]])


def _in_order(claims: Sequence[str]) -> list[Fact]:
    found = find_facts(claims)
    return [found[key] for key in claims if key in found]


def get_fact(claim_id: str) -> Fact:
    """Return the fact, or raise `LookupError`."""
    fact = find_fact(claim_id)
    if fact is None:
        raise LookupError(claim_id)
    return fact


def find_fact(claim_id: str) -> Fact | None:
    """Return the fact, or None: hidden and never been are the same."""
    return next(iter(_facts(PublishedFact.objects.filter(pk=claim_id))), None)


def find_facts(claim_ids: Iterable[str]) -> dict[str, Fact]:
    """Return those of the facts that are public, by identifier."""
    return {
        fact.id: fact
        for part in parts(claim_ids)
        for fact in _facts(PublishedFact.objects.filter(pk__in=part))
    }


def facts(*, properties: Sequence[str] = (), relations_only: bool = False) -> Iterator[Fact]:
    """Yield every fact, by identifier, without holding them in memory."""
    rows = PublishedFact.objects.order_by("claim")
    if properties:
        rows = rows.filter(property__in=properties)
    if relations_only:
        rows = rows.filter(target__isnull=False)
    for row in all_rows(rows):
        yield fact_of(row)


def all_rows(rows: QuerySet[PublishedFact]) -> Iterator[tuple[Any, ...]]:
    """Yield the columns that facts are made of, without holding them."""
    return _rows(rows).iterator(chunk_size=PART)


def fact_of(row: tuple[Any, ...]) -> Fact:
    """Return the columns of `all_rows` as a fact."""
    return _fact(row, {})


def relations() -> Iterator[Fact]:
    """Yield every fact that joins two records: the edges of the graph."""
    return facts(relations_only=True)


def facts_citing(document: str) -> list[Fact]:
    """Return the facts that rest on a document (SHA-256)."""
    rows = PublishedSource.objects.filter(document=document)
    return ordered(find_facts(rows.values_list("fact", flat=True).distinct()).values())


def documents_cited(entity_ids: Iterable[str]) -> set[str]:
    """Return the documents (SHA-256) that what is said of these records rests on."""
    found: set[str] = set()
    for part in parts(entity_ids):
        said = PublishedFact.objects.filter(subject__in=part).values("claim")
        rows = PublishedSource.objects.filter(fact__in=said)
        found.update(rows.values_list("document", flat=True).distinct())
    return found


def facts_quoting(quotes: Sequence[str]) -> list[Fact]:
    """Return the facts that rest on these quotes."""
    keys: dict[str, None] = {}
    for part in parts(quotes):
        rows = PublishedSource.objects.filter(quote__in=[quote for quote in part if quote])
        keys |= dict.fromkeys(rows.values_list("fact", flat=True).distinct())
    return ordered(find_facts(keys).values())


OWN = (
    *("claim", "property", "value", "status", "earliest", "latest", "amount", "amount_kind"),
    *("tax", "at", "first_at", "data"),
)
SUBJECT, TARGET = (
    (f"{end}_id", *(f"{end}__{name}" for name in ("kind", "type", "name", "territory")))
    for end in ("subject", "target")
)
Refs = dict[str, Ref]
"""The records that facts read together lead to: each is made once."""


def _rows(rows: QuerySet[PublishedFact]) -> QuerySet[PublishedFact, tuple[Any, ...]]:
    """Return the columns that a fact is made of: a row of the model for each would cost twice."""
    return rows.values_list(*OWN, *SUBJECT, *TARGET)


def _facts(rows: QuerySet[PublishedFact]) -> list[Fact]:
    refs: Refs = {}
    return ordered(_fact(row, refs) for row in _rows(rows))


def ordered(found: Iterable[Fact]) -> list[Fact]:
    """Return facts in the order of the vocabulary, then of time."""
    order = {code: i for i, code in enumerate([*terms("properties"), *terms("relations")])}
    return sorted(found, key=lambda f: (order.get(f.property, 999), f.earliest or date.max, f.id))


def _ref(said: tuple[Any, ...], refs: Refs) -> Ref:
    key, kind, type_, name, territory = said
    if key not in refs:
        refs[key] = Ref(id=key, kind=kind, type=type_, name=name, territory=territory)
    return refs[key]


def _fact(row: tuple[Any, ...], refs: Refs) -> Fact:
    claim, code, value, status, earliest, latest, amount, amount_kind, tax, at, first_at, data = (
        row[: len(OWN)]
    )
    subject, target = row[len(OWN) : -len(TARGET)], row[-len(TARGET) :]
    start, end = data["from"], data["to"]
    return Fact(
        id=claim,
        subject=_ref(subject, refs),
        property=code,
        target=_ref(target, refs) if target[0] else None,
        value=value,
        status=status,
        attributes=data["attributes"],
        from_text=start.get("text", ""),
        to_text=end.get("text", ""),
        from_earliest=start.get("earliest", ""),
        from_latest=start.get("latest", ""),
        to_earliest=end.get("earliest", ""),
        to_latest=end.get("latest", ""),
        earliest=earliest,
        latest=latest,
        amount=amount,
        currency=data["currency"],
        tax=tax,
        amount_kind=amount_kind,
        evidence=tuple(_proof(each) for each in data["evidence"]),
        keys=data["keys"],
        is_read_alone=data["alone"],
        reviewed_by=data["by"],
        at=at,
        first_at=first_at,
    )


def _proof(said: dict[str, Any]) -> Proof:
    fields = {name: value for name, value in said.items() if name != "url"}
    return Proof(**fields, outside=said.get("url", ""))
