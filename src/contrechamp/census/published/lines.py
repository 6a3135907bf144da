"""Reads of thousands of rows, without their words: for pictures of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from contrechamp.census.models import Published, PublishedFact

from .record_reads import PART


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLine:
    """A record as a picture of thousands shows it."""

    id: str
    kind: str
    type: str
    name: str
    territory: str


class RelationLine(NamedTuple):
    """A relation without its words and sources: those are asked for what is shown."""

    id: str
    source: str
    target: str
    property: str
    status: str
    earliest: date | None
    latest: date | None
    amount: Decimal | None
    amount_kind: str
    tax: str


def record_lines() -> Iterator[RecordLine]:
    """Yield every published record, by identifier, without reading what is said of it."""
    rows = Published.objects.order_by("entity")
    for id_, kind, type_, name, territory in rows.values_list(
        "pk", "kind", "type", "name", "territory"
    ).iterator(chunk_size=PART):
        yield RecordLine(id=id_, kind=kind, type=type_, name=name, territory=territory)


def relation_lines() -> Iterator[RelationLine]:
    """Yield every fact that joins two records, by identifier, without its sources."""
    fields = ("pk", "subject", "target", "property", "status", "earliest", "latest")
    rows = PublishedFact.objects.filter(target__isnull=False).order_by("claim")
    lines = rows.values_list(*fields, "amount", "amount_kind", "tax")
    return map(RelationLine._make, lines.iterator(chunk_size=PART))


def names_of_all() -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield the identifier of every record, its names, and its numbers as `siren:210600888`."""
    rows = Published.objects.order_by("entity").values_list("pk", "record")
    for id_, said in rows.iterator(chunk_size=PART):
        numbers = [f"{each['scheme']}:{each['value']}" for each in said["identifiers"]]
        yield id_, [each["text"] for each in said["names"]], numbers
