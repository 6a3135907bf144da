"""All documents of some paths, on all cores: findings in the order of the files."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from contrechamp.watch.domain.assembling import mark_twins
from contrechamp.watch.domain.finding import Finding, Problem

from . import bulletins
from .bulletins import Read, _problem
from .renditions import Sheaf, sheaves

SOURCES = ("auto", "raa", "decp", "boamp", "ted")
REGISTERS = frozenset({"decp", "boamp", "ted"})
ENOUGH_FOR_MANY = 4
"""Fewer documents are read in this process: starting others takes longer."""


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
        from . import contracts

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
    read = partial(read_one, source=source)
    if workers < 2 or len(rows) < ENOUGH_FOR_MANY:
        yield from map(read, rows)
        return
    # A fork shares what is loaded; this process has no other thread yet.
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        # The largest first, so that no core waits for the last; answers in the order of files.
        sizes = {index: each.path.stat().st_size for index, each in enumerate(rows)}
        order = sorted(sizes, key=lambda index: -sizes[index])
        waiting = {index: pool.submit(read, rows[index]) for index in order}
        for index in range(len(rows)):
            yield waiting.pop(index).result()


def read_one(sheaf: Sheaf, *, source: str) -> Read:
    """Read one document as what it is: a bulletin, a register of contracts, a list of titles."""
    path = sheaf.path
    shown = str(path.relative_to(sheaf.root)) if path.is_relative_to(sheaf.root) else str(path)
    if sheaf.register is None:
        return bulletins.scan(sheaf, shown)
    read = Read(path=shown)
    if path.stat().st_size == 0:
        read.problems.append(_problem(shown, "empty_text"))
        return read
    for line in _lines(path, shown, source):
        if isinstance(line, Finding):
            read.findings.append(line)
        else:
            read.problems.append(line)
    read.acts = len(read.findings)
    return read


def _lines(path: Path, shown: str, source: str) -> Iterator[Finding | Problem]:
    from . import contracts, titles

    if source in {"auto", "raa"} and titles.recognises(path):
        yield from titles.scan(path, shown, source)
        return
    kind = contracts.recognises(path) if source == "auto" else source
    if kind in REGISTERS:
        yield from contracts.scan(path, shown, kind)
        return
    yield _problem(shown, "unknown_format")
