"""Reads of public records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from django.db.models import QuerySet

from contrechamp.census.models import Published, PublishedNumber, Redirect

from .values import Name, Number, Record, Ref

PART = 900
ENDS = ("entity", "kind", "type", "name", "territory")
"""What a record is named by."""


def parts(keys: Iterable[str]) -> Iterator[Collection[str]]:
    """Yield the different keys, as many at once as one question to the database can name.

    Keys that are a question themselves (`keys_within`) are named by it, all at once.
    """
    if isinstance(keys, QuerySet):
        return iter([keys])
    every = list(dict.fromkeys(keys))
    return iter(every[start : start + PART] for start in range(0, len(every), PART))


def records(kind: str | None = None) -> Iterator[Record]:
    """Yield every published record, by identifier."""
    rows = Published.objects.order_by("entity")
    for row in (rows.filter(kind=kind) if kind else rows).iterator(chunk_size=PART):
        yield record_of(row)


def get_record(entity_id: str) -> Record:
    """Return the record, or raise `LookupError`."""
    record = find_record(entity_id)
    if record is None:
        raise LookupError(entity_id)
    return record


def find_record(entity_id: str) -> Record | None:
    """Return the record, or None: hidden and never been are the same."""
    row = Published.objects.filter(pk=entity_id).first()
    return record_of(row) if row else None


def find_records(entity_ids: Iterable[str]) -> dict[str, Record]:
    """Return those of the records that are public, by identifier, in the order asked for."""
    wanted = list(dict.fromkeys(entity_ids))
    found = {row.pk: row for part in parts(wanted) for row in Published.objects.filter(pk__in=part)}
    return {key: record_of(found[key]) for key in wanted if key in found}


def find_refs(entity_ids: Iterable[str]) -> dict[str, Ref]:
    """Return the names of those of the records that are public, by identifier."""
    return {
        row[0]: ref_of(row)
        for part in parts(entity_ids)
        for row in Published.objects.filter(pk__in=part).values_list(*ENDS)
    }


def newest_records(kinds: Iterable[str], limit: int) -> list[Record]:
    """Return the records of these kinds of which something was published last, newest first."""
    rows = [
        row
        for kind in kinds
        for row in Published.objects.filter(kind=kind).order_by("-at", "-entity")[:limit]
    ]
    rows.sort(key=lambda row: (row.at, row.pk), reverse=True)
    return [record_of(row) for row in rows[:limit]]


def named(folded: str, *, kinds: Sequence[str], limit: int) -> list[Record]:
    """Return the records whose name begins with these letters (`kernel.names.fold`), by name."""
    rows = Published.objects.filter(folded__gte=folded, folded__lt=f"{folded}\U0010ffff")
    return [record_of(row) for row in rows.filter(kind__in=kinds).order_by("folded", "pk")[:limit]]


def named_exactly(folded: Iterable[str], *, kinds: Sequence[str]) -> list[Record]:
    """Return the records that have one of these names (`kernel.names.fold`), by identifier."""
    return [
        record_of(row)
        for part in parts(filter(None, folded))
        for row in Published.objects.filter(folded__in=part, kind__in=kinds).order_by("-pk")
    ]


def find_place(territory_key: str) -> Record | None:
    """Return the record of a territory, or None."""
    row = Published.objects.filter(kind="place", territory=territory_key).first()
    return record_of(row) if row else None


def find_by_identifier(scheme: str, value: str) -> Record | None:
    """Return the public record that bears an official number, or None."""
    found = PublishedNumber.objects.filter(scheme=scheme, value=value).order_by("record")
    key = found.values_list("record", flat=True).first()
    return find_record(key) if key else None


def resolve_redirect(entity_id: str) -> str | None:
    """Return the public record that this identifier means since a merge, or None."""
    seen: set[str] = set()
    current = entity_id
    while current not in seen:
        seen.add(current)
        row = Redirect.objects.filter(old=current, is_public=True).first()
        if row is None:
            break
        current = row.new
    if current == entity_id or not Published.objects.filter(pk=current).exists():
        return None
    return current


def record_rows() -> QuerySet[Published]:
    """Return the public records as rows, for a condition of another room's query (`entity`)."""
    return Published.objects.all()


def former_ids(entity_id: str) -> list[str]:
    """Return the identifiers of public records that were merged into this one, however often."""
    found: list[str] = []
    new = [entity_id]
    while new:
        rows = Redirect.objects.filter(new__in=new, is_public=True).order_by("old")
        new = [old for old in rows.values_list("old", flat=True) if old not in found]
        found += new
    return found


def ref_of(row: Sequence[str]) -> Ref:
    """Return these columns (`ENDS`) as the name of a record."""
    key, kind, type_, name, territory = row
    return Ref(id=key, kind=kind, type=type_, name=name, territory=territory)


def record_of(row: Published) -> Record:
    """Return a row as a record."""
    said = row.record
    return Record(
        id=row.pk,
        kind=row.kind,
        type=row.type,
        name=row.name,
        territory=row.territory,
        names=tuple(Name(**each) for each in said["names"]),
        identifiers=tuple(Number(**each) for each in said["identifiers"]),
        keys=said["keys"],
        counts=said["counts"],
        notices=tuple(said["notices"]),
        is_read_alone=said["alone"],
        version=row.version,
        at=row.at,
        first_at=row.first_at,
    )
