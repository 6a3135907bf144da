"""Reads of everything public, part by part, for exports: nothing is held but the part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from contrechamp.census.models import Published, PublishedFact, PublishedSource
from contrechamp.foundation.vocabulary import terms

from .fact_reads import all_rows, fact_of
from .record_reads import parts
from .values import Fact


def value_facts_of(record_ids: Iterable[str]) -> dict[str, list[Fact]]:
    """Return the values, without relations, that are said of these records, by identifier."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for part in parts(record_ids):
        # Put in order here, and relations named: asked for facts in order, or without a target,
        # SQLite would go through all facts for each part.
        rows = PublishedFact.objects.filter(subject__in=part)
        for row in all_rows(rows.exclude(property__in=list(terms("relations")))):
            fact = fact_of(row)
            if fact.target is None:
                found[fact.subject.id].append(fact)
    for facts in found.values():
        facts.sort(key=lambda fact: fact.id)
    return found


def sources_of_relation(record_ids: Iterable[str], code: str) -> dict[str, list[str]]:
    """Return which records have this relation to each of these."""
    return _pairs(record_ids, code, "target", "subject")


def targets_of_relation(record_ids: Iterable[str], code: str) -> dict[str, list[str]]:
    """Return the records to which each of these has this relation."""
    return _pairs(record_ids, code, "subject", "target")


def names_of_targets(record_ids: Iterable[str], code: str) -> dict[str, list[str]]:
    """Return the names of the records to which each of these has this relation."""
    return _pairs(record_ids, code, "subject", "target__name")


def _pairs(record_ids: Iterable[str], code: str, near: str, far: str) -> dict[str, list[str]]:
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for part in parts(record_ids):
        rows = PublishedFact.objects.filter(**{f"{near}__in": part}, property=code)
        rows = rows.exclude(target=None)
        for claim, one, other in rows.values_list("claim", near, far):
            said[one].append((claim, other))
    return {one: [other for _, other in sorted(pairs)] for one, pairs in said.items()}


def ends_of_type(code: str, type_: str) -> set[str]:
    """Return the records of a type to which some record has this relation."""
    rows = PublishedFact.objects.filter(property=code, target__type=type_)
    return set(rows.values_list("target", flat=True).distinct().iterator())


def every_document_cited() -> Iterator[str]:
    """Yield every document (SHA-256) that something public rests on, in order."""
    rows = PublishedSource.objects.order_by("document").values_list("document", flat=True)
    yield from rows.distinct().iterator(chunk_size=2_000)


def how_many() -> tuple[int, int]:
    """Return how many records and facts are public."""
    return Published.objects.count(), PublishedFact.objects.count()


def relations_count() -> int:
    """Return how many facts join two records."""
    return PublishedFact.objects.exclude(target=None).count()
