"""All documents of some paths, on all cores: findings in the order of the files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from contrechamp.foundation import bulk
from contrechamp.watch.domain.assembling import mark_twins
from contrechamp.watch.domain.finding import Finding, Problem

from . import bulletins, contracts, titles
from .bulletins import MESSAGES, Read, problem_of
from .renditions import Sheaf, sheaves

SOURCES = ("auto", "raa", "decp", "boamp", "ted")
REGISTERS = frozenset({"decp", "boamp", "ted"})
ENOUGH_FOR_MANY = 4
"""Fewer documents are read in this process: starting others takes longer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One document to be read, and its place in the list."""

    index: int
    sheaf: Sheaf
    source: str


@dataclass(slots=True)
class Scanned:
    """What a scan gave: findings and problems by document, and how much was read."""

    documents: int = 0
    acts: int = 0
    findings: list[Finding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: int = 0
    """Documents that gave nothing but a problem."""


def scan(
    paths: Sequence[Path],
    *,
    source: str = "auto",
    jobs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Scanned:
    """Read files and folders. Raise `FileNotFoundError` for a path that is not there."""
    rows = sheaves(paths)
    result = Scanned(documents=len(rows))
    prints: dict[str, str] = {}
    workers = min(jobs or os.cpu_count() or 1, max(len(rows), 1))
    for number, read in enumerate(_read_all(rows, source, workers), start=1):
        result.acts += read.acts
        result.findings += read.findings
        result.problems += read.problems
        prints |= read.prints
        result.unread += bool(read.problems) and not read.acts and not read.findings
        if progress:
            progress(number, len(rows))
    acts = mark_twins([each for each in result.findings if each.source == "raa"], prints)
    deals = [each for each in result.findings if each.source != "raa"]
    if deals:
        deals = contracts.mark_duplicates(deals)
    result.findings = sorted([*acts, *deals], key=_order)
    result.problems.sort(key=lambda each: (each.document, each.page or 0, each.code))
    return result


def _order(finding: Finding) -> tuple[str, int, int, str]:
    locator = finding.locator
    record = locator.records[0] if locator.records else 0
    index = locator.bundle.index if locator.bundle else 0
    return (finding.document.path, locator.page or record, index, finding.id)


def _read_all(rows: list[Sheaf], source: str, workers: int) -> Iterator[Read]:
    """Yield what each document gave, in the order of the files, whichever is ready first."""
    if workers < 2 or len(rows) < ENOUGH_FOR_MANY:
        yield from (read_one(row, source) for row in rows)
        return
    # The largest first, so that no core waits for the last.
    order = sorted(range(len(rows)), key=lambda index: -rows[index].path.stat().st_size)
    items = [Asked(index, rows[index], source) for index in order]
    ready: dict[int, Read] = {}
    wanted = 0
    # No cluster, whatever the settings say: a scan uses no network.
    for outcome in bulk.run(_read_asked, items, workers=workers, cluster=""):
        index = outcome.item.index
        ready[index] = outcome.value if isinstance(outcome, bulk.Done) else _failed(outcome)
        while wanted in ready:
            yield ready.pop(wanted)
            wanted += 1


def _read_asked(asked: Asked) -> Read:
    return read_one(asked.sheaf, asked.source)


def _failed(outcome: bulk.Failed[Asked]) -> Read:
    """Return a problem in place of a document that brought its process down."""
    path = _shown(outcome.item.sheaf)
    message = f"{MESSAGES['broken']} ({outcome.reason})"
    return Read(path=path, problems=[Problem(document=path, code="broken", message=message)])


def _shown(sheaf: Sheaf) -> str:
    path = sheaf.path
    return str(path.relative_to(sheaf.root)) if path.is_relative_to(sheaf.root) else str(path)


def read_one(sheaf: Sheaf, source: str) -> Read:
    """Read one document as what it is: a bulletin, a register of contracts, a list of titles."""
    path, shown = sheaf.path, _shown(sheaf)
    if sheaf.register is None:
        return bulletins.scan(sheaf, shown)
    read = Read(path=shown)
    if path.stat().st_size == 0:
        read.problems.append(problem_of(shown, "empty_text"))
        return read
    for line in _lines(path, shown, source):
        if isinstance(line, Finding):
            read.findings.append(line)
        else:
            read.problems.append(line)
    read.acts = len(read.findings)
    return read


def _lines(path: Path, shown: str, source: str) -> Iterator[Finding | Problem]:
    if source in {"auto", "raa"} and titles.recognises(path):
        yield from titles.scan(path, shown, source)
        return
    kind = contracts.recognises(path) if source == "auto" else source
    if kind in REGISTERS:
        yield from contracts.scan(path, shown, kind)
        return
    yield problem_of(shown, "unknown_format")
