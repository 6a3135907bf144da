"""Lists of public records, narrowed and cut into pages: reads of the projection alone.

Like `published`, of which it is the part that lists need: visitors get nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Substr

from . import published
from .models import Published, PublishedFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list is narrowed to; empty means all."""

    kind: str
    type: str = ""
    territories: tuple[str, ...] | None = None
    technology: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """One page of a list."""

    records: tuple[published.Record, ...]
    next: str
    """Cursor of the rest; empty at the end."""
    total: int
    letters: tuple[str, ...]


def find(wanted: Wanted, *, after: str = "", limit: int = 50) -> Slice:
    """Return the records wanted, by name, from a cursor on."""
    rows = _rows(wanted)
    letters, total = _letters_and_total(wanted, rows)
    if after:
        folded, _, key = after.partition("|")
        rows = rows.filter(folded__gte=folded).exclude(folded=folded, entity__lte=key)
    found = list(rows.order_by("folded", "entity")[: limit + 1])
    kept = [row.pk for row in found[:limit]]
    records = published.find_records(kept)
    last = found[limit - 1] if len(found) > limit else None
    return Slice(
        records=tuple(records[key] for key in kept if key in records),
        next=f"{last.folded}|{last.pk}" if last else "",
        total=total,
        letters=letters,
    )


def all_of(wanted: Wanted) -> Iterable[published.Record]:
    """Yield every record wanted, by name, a part at a time."""
    after = ""
    while True:
        part = find(wanted, after=after, limit=500)
        yield from part.records
        if not part.next:
            return
        after = part.next


def _rows(wanted: Wanted, *, with_letter: bool = True) -> QuerySet[Published]:
    rows = Published.objects.filter(kind=wanted.kind)
    if wanted.type:
        rows = rows.filter(type=wanted.type)
    if wanted.territories is not None:
        rows = rows.filter(pk__in=published.ids_in(wanted.territories, wanted.kind))
    if wanted.technology:
        using = PublishedFact.objects.filter(target=wanted.technology).values("subject")
        rows = rows.filter(pk__in=using)
    if with_letter and wanted.letter:
        rows = (
            rows.filter(folded__gte=wanted.letter, folded__lt=chr(ord(wanted.letter) + 1))
            if wanted.letter != "0"
            else rows.filter(folded__lt="a")
        )
    return rows


def _is_whole(wanted: Wanted) -> bool:
    return not wanted.type and wanted.territories is None and not wanted.technology


def _letters_and_total(wanted: Wanted, rows: QuerySet[Published]) -> tuple[tuple[str, ...], int]:
    """Return the first letters there are, `0` stands for digits; and how many rows."""
    if _is_whole(wanted):
        kept = published.counted(f"letter:{wanted.kind}")
        total = kept.get(wanted.letter, 0) if wanted.letter else sum(kept.values())
        return tuple(sorted(kept)), total
    signs = _rows(wanted, with_letter=False).annotate(sign=Substr("folded", 1, 1))
    found = signs.values_list("sign", flat=True).distinct()
    return tuple(sorted({sign if sign.isalpha() else "0" for sign in found if sign})), rows.count()


def types_of(kind: str) -> list[str]:
    """Return the types that public records of a kind have."""
    return sorted(published.counted(f"type:{kind}"))


def technologies_used_by(kind: str) -> list[tuple[str, str]]:
    """Return the techniques that public records of a kind use or offer, `(id, name)` by name."""
    used = published.counted(f"technology:{kind}")
    # There are fewer techniques than a page may ask for by their keys, and each is a name only.
    rows = Published.objects.filter(kind="technology").values_list("pk", "name")
    found = [(key, name) for key, name in rows if key in used]
    return sorted(found, key=lambda one: (one[1].casefold(), one[0]))


def facts_in_short(ids: Sequence[str], codes: Sequence[str]) -> dict[str, dict[str, list[str]]]:
    """Return a few facts of many records as text, by record and code, in one read.

    A code that begins with `<` is read from the target: `<buyer_of` gives the buyers.
    """
    found: dict[str, dict[str, list[str]]] = {key: {} for key in ids}
    forward = [code for code in codes if not code.startswith("<")]
    backward = [code.removeprefix("<") for code in codes if code.startswith("<")]
    rows = PublishedFact.objects.select_related("subject", "target").only(
        "claim", "property", "value", "subject__name", "target__name"
    )
    if forward:
        for row in rows.filter(subject__in=ids, property__in=forward).order_by("claim"):
            said = row.target.name if row.target else published.value_text(row.property, row.value)
            found[row.subject_id].setdefault(row.property, []).append(said)
    if backward:
        for row in rows.filter(target__in=ids, property__in=backward).order_by("claim"):
            found[row.target_id or ""].setdefault(f"<{row.property}", []).append(row.subject.name)
    return found
