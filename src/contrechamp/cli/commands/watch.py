from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from time import perf_counter

import click
from django.utils.translation import gettext, override
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from contrechamp.foundation.vocabulary import label
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.watch.domain import public
from contrechamp.watch.domain.finding import Finding, Line, Problem, Summary, as_json
from contrechamp.watch.scanning.run import SOURCES, Scanned
from contrechamp.watch.scanning.run import scan as scan_paths

from ._watch_explain import explain
from ._watch_sources import COMMANDS
from .init import ensure_ready

PART = 3
"""Exit code: done, but some of what was given could not be read."""
DAY = click.DateTime(formats=["%Y-%m-%d"])
PATHS = click.Path(path_type=Path)


@click.group()
def command() -> None:
    """Find acts and contracts of surveillance in public records."""


@command.command()
@click.argument("paths", nargs=-1, required=True, type=PATHS)
@click.option("--source", type=click.Choice(SOURCES), default="auto", help="What the files are.")
@click.option("--json", "as_json_lines", is_flag=True, help="One JSON object a line, and no more.")
@click.option("--leads", is_flag=True, help="Acts, too, that only state that cameras exist.")
@click.option("--since", type=DAY, help="Only what was published on this day or later.")
@click.option("--place", default="", help="Only this commune (INSEE code) or département.")
@click.option("--jobs", type=click.IntRange(1), help="Processes; as many as cores by default.")
def scan(
    paths: tuple[Path, ...],
    *,
    source: str,
    as_json_lines: bool,
    leads: bool,
    since: datetime | None,
    place: str,
    jobs: int | None,
) -> None:
    """Read files and folders; nothing is written, no network and no database is used."""
    started = perf_counter()
    scanned = _scan(paths, source, jobs)
    chosen = list(_chosen(scanned, leads=leads, since=since, place=place))
    summary = Summary(
        documents=scanned.documents,
        acts=scanned.acts,
        findings=sum(each.type == "finding" for each in chosen),
        leads=sum(each.type == "lead" for each in chosen),
        problems=len(scanned.problems),
        seconds=round(perf_counter() - started, 1),
    )
    if as_json_lines:
        for line in _in_order(chosen, scanned.problems):
            click.echo(json.dumps(as_json(line), ensure_ascii=False, separators=(",", ":")))
        click.echo(json.dumps(as_json(summary), separators=(",", ":")))
    else:
        _show(chosen, scanned.problems, summary)
    if scanned.problems:
        sys.exit(PART)


@command.command()
@click.argument("paths", nargs=-1, required=True, type=PATHS)
@click.option("--source", type=click.Choice(SOURCES), default="auto", help="What the files are.")
@click.option("--jobs", type=click.IntRange(1), help="Processes; as many as cores by default.")
@click.option("--json", "as_one", is_flag=True, help="Write one JSON object and nothing else.")
def take(paths: tuple[Path, ...], *, source: str, jobs: int | None, as_one: bool) -> None:
    """Scan files and put what is found into the review room. Again changes nothing."""
    from django.utils import timezone

    from contrechamp.watch import services

    scanned = _scan(paths, source, jobs)
    ensure_ready()
    rows = [as_json(each) for each in scanned.findings]
    taken = services.take_in(rows, now=timezone.now())
    report = {"new": taken.new, "known": taken.known, "changed": taken.changed}
    if as_one:
        click.echo(json.dumps({**report, "problems": len(scanned.problems)}))
    else:
        click.echo(
            gettext(
                "{new} découvertes à relire, {known} déjà connues, {changed} relues mieux."
            ).format(**report)
        )
    if scanned.problems:
        sys.exit(PART)


for each in (*COMMANDS, explain):
    command.add_command(each)


def _scan(paths: Sequence[Path], source: str, jobs: int | None) -> Scanned:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    try:
        with Bar(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
            task = bar.add_task("", total=None) if console.is_terminal else None

            def progress(done: int, total: int) -> None:
                if task is not None:
                    bar.update(task, completed=done, total=total)

            scanned = scan_paths(paths, source=source, jobs=jobs, progress=progress)
    except FileNotFoundError as missing:
        raise Refused(
            gettext_noop("{path} n'existe pas : vérifiez le chemin."), path=str(missing)
        ) from None
    if not scanned.documents:
        raise Refused(gettext_noop("Il n'y a aucun fichier à lire dans ce dossier."))
    return scanned


def _chosen(
    scanned: Scanned, *, leads: bool, since: datetime | None, place: str
) -> Iterator[Finding]:
    for each in scanned.findings:
        if each.type == "lead" and not leads:
            continue
        if since and (_published(each) or date.min) < since.date():
            continue
        if place and not _is_in(each, place):
            continue
        yield each


def _published(finding: Finding) -> date | None:
    contract = finding.contract
    return finding.document.published_on or (
        (contract.published_on or contract.notified_on) if contract else None
    )


def _is_in(finding: Finding, place: str) -> bool:
    codes = {each.insee for each in finding.places if each.insee}
    departements = {finding.document.departement} | {_departement(code) for code in codes}
    return place in codes or place in departements


def _departement(insee: str) -> str:
    return insee[:3] if insee.startswith("97") else insee[:2]


def _in_order(findings: Sequence[Finding], problems: Sequence[Problem]) -> Iterator[Line]:
    """Yield the lines of each document together: what was found, then what was not understood."""
    rows: list[tuple[str, int, Line]] = [(f.document.path, 0, f) for f in findings]
    rows += [(problem.document, 1, problem) for problem in problems]
    return (line for _, _, line in sorted(rows, key=lambda row: row[:2]))


def _show(findings: Sequence[Finding], problems: Sequence[Problem], summary: Summary) -> None:
    console = Console()
    with override("fr"):
        table = Table("document", "p.", "quoi", "où", "pour qui", "caméras", "à contester avant")
        for each in findings:
            appeal = each.appeal.act_by_safe if each.appeal else None
            whom = each.operator.printed if each.operator else None
            if whom is None and each.beneficiary:
                shown = each.beneficiary
                whom = shown.printed if shown.publish else shown.label_fr
            if whom is None and each.contract and each.contract.buyer:
                whom = each.contract.buyer.name
            table.add_row(
                (each.document.title or each.document.path)[:40],
                str(each.locator.page or (each.locator.records or ("",))[0]),
                f"{label('watched', each.technology)} : {public.DECISIONS[each.decision][0]}",
                ", ".join(p.name or p.printed for p in each.places[:3]),
                whom or "",
                str(each.cameras.total if each.cameras and each.cameras.total else ""),
                appeal.isoformat() if appeal else "",
            )
        if findings:
            console.print(table)
        for problem in problems:
            console.print(f"✗ {problem.document} : {problem.message}")
        console.print(
            f"{summary.documents} documents, {summary.acts} actes, {summary.findings} découvertes, "
            f"{summary.problems} ennuis, {summary.seconds} s"
        )
