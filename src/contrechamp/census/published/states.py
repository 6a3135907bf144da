"""A record or a fact as visitors read it at a moment, from the public history alone.

What was withdrawn or hidden since has left the history, and so it comes back in no state; a merged
record leads to what it became. Where a fact has not changed since, its sources are those of today;
else the state has their number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q

from contrechamp.census.models import PublishedChange, PublishedFact

from .fact_reads import find_facts, ordered
from .record_reads import find_record, find_records
from .values import Fact, Name, Number, Record

FORM = "%Y%m%dT%H%M%SZ"
MOMENT = r"\d{8}T\d{6}Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class StateFact:
    """A fact as it was: what it said, and how many sources it had."""

    fact: Fact
    sources: int
    is_same: bool
    """It has not changed since: its sources are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A record as it was after its last change before a moment."""

    record: Record
    """With the names, numbers, version and dates that it had."""
    facts: tuple[StateFact, ...]
    is_latest: bool


def moment_of(at: datetime) -> str:
    """Return a moment as an address has it; states are kept to the second."""
    return at.astimezone(UTC).strftime(FORM)


def read_moment(text: str) -> datetime | None:
    """Return the end of the second that an address means, or None when there is no such time."""
    try:
        return datetime.strptime(text, FORM).replace(tzinfo=UTC) + timedelta(seconds=1)
    except (ValueError, OverflowError):
        return None


def state_of(entity_id: str, before: datetime) -> State | None:
    """Return a public record as it was before a moment; None when it was not public yet."""
    record = find_record(entity_id)
    if record is None:
        return None
    leading = PublishedFact.objects.filter(target=entity_id).values("claim")
    about = PublishedChange.objects.filter(Q(entity=entity_id) | Q(claim__in=leading))
    rows = list(about.filter(at__lt=before).order_by("at"))
    own = [row for row in rows if row.entity == entity_id]
    if not own:
        return None
    later = about.filter(entity=entity_id, at__gte=before).exists()
    last = {row.claim: row for row in rows if row.claim and row.after is not None}
    facts = _facts(last, entity_id)
    then = _named(record, [row for row in own if not row.claim])
    moments = sorted({row.at for row in own})
    counts = {"facts": len(facts)}
    for each in facts:
        counts[each.fact.status] = counts.get(each.fact.status, 0) + 1
    return State(
        record=replace(then, version=len(moments), at=moments[-1], counts=counts),
        facts=tuple(facts),
        is_latest=not later,
    )


def fact_state_of(claim_id: str, before: datetime) -> tuple[StateFact, int, bool] | None:
    """Return a public fact as it was, the number of its version, and whether it is the latest."""
    rows = list(PublishedChange.objects.filter(claim=claim_id).order_by("at"))
    then = [row for row in rows if row.at < before and row.after is not None]
    found = _facts({claim_id: then[-1]}, "") if then else []
    if not found:
        return None
    return found[0], len({row.at for row in then}), rows[-1].at < before


def fact_version(claim_id: str) -> int:
    """Return how many versions of a fact were published."""
    rows = PublishedChange.objects.filter(claim=claim_id)
    return max(rows.values("at").distinct().count(), 1)


def _facts(last: Mapping[str, PublishedChange], entity_id: str) -> list[StateFact]:
    now = find_facts(last)
    targets = find_records({_target(last[key], fact) for key, fact in now.items()} - {""})
    found = {}
    for key, fact in now.items():
        note: dict[str, Any] = last[key].after or {}
        target = _target(last[key], fact)
        if target and target not in targets:
            continue  # It led to what is public no more.
        if entity_id and entity_id not in {fact.subject.id, target}:
            continue
        is_same = fact.at == last[key].at
        sources = int(note.get("sources", len(fact.evidence)))
        then = fact if is_same else _then(fact, note, last[key].at)
        then = replace(then, target=targets[target].ref if target else None)
        found[key] = StateFact(fact=then, sources=sources, is_same=is_same)
    return [found[fact.id] for fact in ordered(each.fact for each in found.values())]


def _target(row: PublishedChange, fact: Fact) -> str:
    note: dict[str, Any] = row.after or {}
    return str(note.get("target") or (fact.target.id if fact.target else ""))


def _then(fact: Fact, note: Mapping[str, Any], at: datetime) -> Fact:
    amount = note.get("amount")
    return replace(
        fact,
        value=note.get("value"),
        status=note.get("status", fact.status),
        from_text=note.get("from") or "",
        to_text=note.get("to") or "",
        amount=Decimal(amount) if amount else None,
        attributes=note.get("attributes") or {},
        earliest=None,
        latest=None,
        evidence=(),
        at=at,
    )


def _named(record: Record, rows: Sequence[PublishedChange]) -> Record:
    note: dict[str, Any] = next((row.after for row in reversed(rows) if row.after), {})
    if not note or note.get("name") is None:
        return record
    return replace(
        record,
        name=note["name"],
        type=note.get("type", record.type),
        names=tuple(_names(note.get("names", ()), record)),
        identifiers=tuple(
            Number(scheme=scheme, value=value)
            for scheme, _, value in (each.partition(":") for each in note.get("identifiers", ()))
        ),
        notices=(),
    )


def _names(texts: Iterable[str], record: Record) -> list[Name]:
    known = {name.text: name for name in record.names}
    return [known.get(text) or Name(text=text, lang="", role="ALIAS") for text in texts]
