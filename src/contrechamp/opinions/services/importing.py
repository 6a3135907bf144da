"""The file of the CADA comes in: read line by line, written part by part.

Each part is one transaction and the whole may be cut anywhere: the same file again completes it,
and a file that was read already changes nothing. What a newer file leaves out stays: the CADA's
yearly files hold a part each.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.opinions.domain.bodies import body_of
from contrechamp.opinions.domain.layout import Fault, Row, check_header, read_row
from contrechamp.opinions.domain.outcomes import outcome_of, read_senses
from contrechamp.opinions.domain.records import records
from contrechamp.opinions.domain.subject import asked_for
from contrechamp.opinions.models import Earlier, Opinion, Run, Wording

from .indexing import Line, add_lines, next_entry
from .matching import match_kinds
from .opening import Opened, open_file

AT_ONCE = 1_000
MOST_FAULTS = 1_000
"""Faults that are kept with their line; all are counted."""
FIELDS = (
    *("entry", "administration", "body", "kind", "year", "session_on", "outcome", "motives"),
    *("subject", "is_subject_read", "themes", "keywords", "senses", "part", "is_cited"),
    *("row_sha256", "text_sha256", "run", "changed_at"),
)
Progress = Callable[[int], None]


@dataclass(slots=True, kw_only=True)
class Imported:
    """What an import did: opinions read, new, changed, same; records lost; what was not understood.

    `counts`: faults by code; `faults`: the first of them, with their lines.
    """

    sha256: str = ""
    encoding: str = ""
    read: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    lost: int = 0
    surveillance: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    def note(self, faults: Sequence[Fault]) -> None:
        """Count faults, and keep the first ones."""
        for fault in faults:
            self.counts[fault.code] += 1
            self.lost += fault.is_lost
        self.faults += faults[: max(0, MOST_FAULTS - len(self.faults))]

    def plain(self) -> dict[str, object]:
        """Return the numbers as JSON takes them."""
        names = ("read", "new", "changed", "same", "lost", "surveillance")
        return {name: getattr(self, name) for name in names} | {"faults": dict(self.counts)}


def import_file(
    path: Path, *, now: datetime, dry_run: bool = False, progress: Progress = lambda done: None
) -> Imported:
    """Bring in a file in the layout of the CADA; `dry_run` only says what it would do.

    Raises Refused when the file cannot be opened, is empty or has other columns: nothing is
    written then. `progress` is told how many opinions were read.
    """
    opened = open_file(path)
    report = Imported(sha256=opened.sha256, encoding=opened.encoding)
    run, was_cut = (None, False) if dry_run else _begin(opened, path.name, now)
    changed: list[str] = []
    for part in _parts(opened, report):
        rows = {row.number: row for row in part}
        report.read += len(rows)
        new, others = _sort(rows, report)
        if run is not None:
            _write(new, others, run, now)
        changed += [*new, *others]
        progress(report.read)
    if not report.read:
        raise Refused(gettext_noop("Ce fichier ne contient aucun avis lisible : rien n'a changé."))
    if run is not None:
        report.surveillance = match_kinds(changed, again=was_cut)
        run.ended_at, run.report = now, report.plain()
        run.save()
    return report


def _begin(opened: Opened, name: str, now: datetime) -> tuple[Run, bool]:
    """Return the run of a file, and whether an earlier attempt was cut: one goes on as the same."""
    check_header(next(records(opened.lines())).cells)
    run, is_new = Run.objects.get_or_create(
        sha256=opened.sha256,
        defaults={"name": name[:200], "encoding": opened.encoding, "began_at": now},
    )
    was_cut = not is_new and run.ended_at is None
    Run.objects.filter(pk=run.pk).update(ended_at=None)
    return run, was_cut


def _parts(opened: Opened, report: Imported) -> Iterator[list[Row]]:
    """Yield the opinions of a file, so many at once; each number once, the first that stands."""
    found = records(opened.lines())
    check_header(next(found).cells)
    seen: set[str] = set()
    part: list[Row] = []
    for record in found:
        row, faults = read_row(record)
        if row is not None and row.number in seen:
            faults = [Fault(record.line, "twice", row.number)]
        elif row is not None:
            faults += [
                Fault(record.line, "sense", piece[:60], is_lost=False)
                for piece in read_senses(row.senses)[1]
            ]
            seen.add(row.number)
            part.append(row)
        report.note(faults)
        if len(part) >= AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def _sort(rows: dict[str, Row], report: Imported) -> tuple[dict[str, Row], dict[str, Row]]:
    """Return the rows that are new and those that say something else than what is here."""
    there = dict(Opinion.objects.filter(pk__in=rows).values_list("pk", "row_sha256"))
    new = {number: row for number, row in rows.items() if number not in there}
    others = {n: row for n, row in rows.items() if n in there and there[n] != _hash_of(row)}
    report.new += len(new)
    report.changed += len(others)
    report.same += len(rows) - len(new) - len(others)
    return new, others


@transaction.atomic
def _write(new: dict[str, Row], others: dict[str, Row], run: Run, now: datetime) -> None:
    """Write a part: opinions, texts, lines of the index, and what the replaced ones were."""
    if not new and not others:
        return
    entry = next_entry()
    fresh = [_opinion(row, entry + at, run, now) for at, row in enumerate(new.values())]
    Opinion.objects.bulk_create(fresh, batch_size=AT_ONCE)
    Wording.objects.bulk_create(
        [Wording(opinion_id=row.number, text=row.text) for row in new.values()]
    )
    entry += len(fresh)
    again = [_opinion(row, entry + at, run, now) for at, row in enumerate(others.values())]
    before = Opinion.objects.filter(pk__in=others).exclude(row_sha256="")
    Earlier.objects.bulk_create(
        Earlier(
            opinion_id=one.pk,
            text_sha256=one.text_sha256,
            row_sha256=one.row_sha256,
            replaced_at=now,
        )
        for one in before.only("pk", "text_sha256", "row_sha256")
    )
    Opinion.objects.bulk_update(again, FIELDS, batch_size=100)
    Wording.objects.bulk_create(
        [Wording(opinion_id=row.number, text=row.text) for row in others.values()],
        update_conflicts=True,
        unique_fields=["opinion"],
        update_fields=["text"],
    )
    texts = [row.text for row in (*new.values(), *others.values())]
    add_lines(
        Line(one.entry, one.subject, f"{one.keywords} {one.themes}", one.administration, text)
        for one, text in zip((*fresh, *again), texts, strict=True)
    )


def _opinion(row: Row, entry: int, run: Run, now: datetime) -> Opinion:
    senses, _ = read_senses(row.senses)
    return Opinion(
        number=row.number,
        entry=entry,
        administration=row.administration,
        body=body_of(row.administration),
        kind=row.kind,
        year=row.year,
        session_on=row.session_on,
        outcome=outcome_of(senses).value,
        motives=list(dict.fromkeys(sense.motive for sense in senses if sense.motive)),
        subject=asked_for(row.subject, row.text),
        is_subject_read=not row.subject,
        themes=row.themes,
        keywords=row.keywords,
        senses=row.senses,
        part=row.part,
        row_sha256=_hash_of(row),
        text_sha256=hashlib.sha256(row.text.encode()).hexdigest(),
        run=run,
        first_at=now,
        changed_at=now,
    )


def _hash_of(row: Row) -> str:
    return hashlib.sha256("\x1f".join(map(str, astuple(row))).encode()).hexdigest()
