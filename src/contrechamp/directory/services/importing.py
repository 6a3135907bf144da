"""Reading a list of public bodies into the directory: adds, never removes, never twice."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from django.db import transaction

from contrechamp.directory.domain.identity import Gazetteer, identify
from contrechamp.directory.domain.lines import Line, Problem, read_body, read_form
from contrechamp.directory.models import Body, ExternalKey, ImportRun
from contrechamp.kernel.errors import gettext_noop

from .gazetteer import former_commune, read_gazetteer
from .tables import NotAList, hash_of, layout_of, rows_of
from .telling import tell_changed
from .writing import Batch, write

PART = 2000
"""Lines of one transaction: others write in between."""
TOLD = 500
"""Lines that a report names; beyond it counts."""
READER = "1"
"""Changes with the rules of reading: lines that are known are then read again."""
SOURCES = {
    "bodies": "Ma Dada, liste des organismes publics (Licence Ouverte)",
    "forms": "Ma Dada, formulaires de contact (Licence Ouverte)",
}
NOT_A_LINE = Problem(
    code="columns",
    sentence=gettext_noop("la ligne n'a pas le nombre de colonnes de l'en-tête"),
    is_fatal=True,
)
TWICE = Problem(
    code="twice",
    sentence=gettext_noop("cet identifiant est déjà plus haut dans le fichier"),
    is_fatal=True,
)

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a report says of one line."""

    line: int
    code: str
    sentence: str
    values: dict[str, str] = field(default_factory=dict)
    is_refused: bool = False


@dataclass(slots=True, kw_only=True)
class Report:
    """What came of an import. `problems` counts every code, `told` names the first lines."""

    layout: str
    lines: int = 0
    added: int = 0
    joined: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: Counter[str] = field(default_factory=Counter)
    told: list[Told] = field(default_factory=list)
    is_dry_run: bool = False

    def tell(self, number: int, problem: Problem) -> None:
        """Count a problem of a line, and name it while there is room."""
        self.problems[problem.code] += 1
        self.refused += problem.is_fatal
        if len(self.told) < TOLD:
            values = dict(problem.values)
            self.told.append(
                Told(
                    line=number,
                    code=problem.code,
                    sentence=problem.sentence,
                    values=values,
                    is_refused=problem.is_fatal,
                )
            )


def import_bodies(
    path: Path,
    *,
    now: datetime,
    layout: str = "",
    seen_on: date | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Read a list of bodies (`bodies`) or of their contact pages (`forms`) into the directory.

    Again: nothing changes. A line that changed since supersedes the addresses that it gave.
    `seen_on`: the day of the list, today's when not given. Refused: no list of that layout.
    """
    layout = layout or layout_of(path)
    if layout not in SOURCES:
        sentence = gettext_noop("La disposition « {layout} » n'est pas une liste d'organismes.")
        raise NotAList(sentence, layout=layout)
    sha256 = hash_of(path)
    report = Report(layout=layout, is_dry_run=dry_run)
    gazetteer = read_gazetteer()
    seen: set[str] = set()
    identities = {known: pk for known, pk in Body.objects.values_list("identity", "pk") if known}
    for part in _parts(rows_of(path, layout)):
        lines = list(_lines(part, layout, report, seen))
        _take(lines, gazetteer, identities, report, seen_on=seen_on, now=now, is_dry=dry_run)
        if progress:
            progress(report.lines)
    if not dry_run:
        record(report, path.name, sha256, now)
    return report


def _parts(
    rows: Iterable[tuple[int, Mapping[str, str] | None]],
) -> Iterator[list[tuple[int, Mapping[str, str] | None]]]:
    source = iter(rows)
    while part := list(islice(source, PART)):
        yield part


def _lines(
    part: list[tuple[int, Mapping[str, str] | None]], layout: str, report: Report, seen: set[str]
) -> Iterator[tuple[Line, str]]:
    """Yield the lines that are new or changed, with their digest; count and tell the rest."""
    report.lines += len(part)
    read = read_form if layout == "forms" else read_body
    keys = [(row.get("id") or "").strip() for _, row in part if row]
    digests = dict(
        ExternalKey.objects.filter(layout=layout, key__in=keys).values_list("key", "digest")
    )
    for number, row in part:
        if row is None:
            report.tell(number, NOT_A_LINE)
            continue
        line = read(row, number)
        if line.key and line.key in seen:
            report.tell(number, TWICE)
            continue
        seen.add(line.key)
        for problem in line.problems:
            report.tell(number, problem)
        digest = digest_of(row)
        if line.is_refused:
            continue
        if digests.get(line.key) == digest:
            report.unchanged += 1
        else:
            yield line, digest


def digest_of(row: Mapping[str, str]) -> str:
    """Return what tells a line from a changed one."""
    said = "\x1f".join([READER, *(f"{name}={row[name]}" for name in sorted(row))])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _take(
    lines: list[tuple[Line, str]],
    known: Gazetteer,
    identities: dict[str, str],
    report: Report,
    *,
    seen_on: date | None,
    now: datetime,
    is_dry: bool,
) -> None:
    """Write one part of a list; a dry run takes it back, and counts all the same."""
    if not lines:
        return
    batch = Batch(
        layout=report.layout,
        source=SOURCES[report.layout],
        seen_on=seen_on or now.date(),
        now=now,
        lines=[(line, identify(line, _with_former(line, known)), digest) for line, digest in lines],
    )
    with transaction.atomic():
        written = write(batch, identities)
        tell_changed()
        if is_dry:
            transaction.set_rollback(True)
    report.added += written.added
    report.joined += written.joined
    report.changed += written.changed


def _with_former(line: Line, known: Gazetteer) -> Gazetteer:
    """Let the gazetteer know an INSEE code of the past that a line has."""
    if line.insee and line.insee not in known.communes:
        place = former_commune(line.insee)
        if place and isinstance(known.communes, dict):
            known.communes[line.insee] = place
    return known


def record(report: Report, name: str, sha256: str, now: datetime) -> None:
    """Keep what came of an import."""
    ImportRun.objects.create(
        layout=report.layout,
        file_name=name[:255],
        sha256=sha256,
        started_at=now,
        lines=report.lines,
        added=report.added,
        joined=report.joined,
        changed=report.changed,
        unchanged=report.unchanged,
        refused=report.refused,
        report=[
            {"line": each.line, "code": each.code, "sentence": each.sentence, "values": each.values}
            for each in report.told
        ],
    )
