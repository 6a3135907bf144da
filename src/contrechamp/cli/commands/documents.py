from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

import click
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from contrechamp.accounts.queries import find_account
from contrechamp.accounts.services import system_account
from contrechamp.documents import queries, services
from contrechamp.documents.domain.textual import decode
from contrechamp.kernel.errors import Refused, Unavailable, gettext_noop

from . import _redaction
from ._dossier import dossier
from .init import ensure_ready

SIGNS = {"added": "+", "known": "=", "refused": "✗"}
PART = 3
"""Exit code: done, with findings."""
DAY = click.DateTime(formats=["%Y-%m-%d"])
MACHINE = "documents"
"""The account that signs what is added without --by."""


@click.group()
def command() -> None:
    """Take documents in, read scans, make public copies, check what is kept."""


command.add_command(_redaction.redact)
command.add_command(_redaction.leak_test)


command.add_command(dossier)


@command.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object and nothing else.")
@click.option("--collection", default="", help="Put the documents into this collection.")
@click.option("--origin", default="received", help="foi, official_site, register, press …")
@click.option("--source-url", default="", help="The address that the file comes from.")
@click.option("--obtained-on", type=DAY, help="The day on which it was obtained.")
@click.option("--embargo", type=str, help="Not public before this moment, e.g. 2026-12-01T08:00.")
@click.option("--ocr", type=click.Choice(["now", "queue", "never"]), default="queue")
@click.option("--password-file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", default="", help="The account that adds them.")
def add(paths: tuple[Path, ...], *, as_json: bool, ocr: str, by: str, **options: Any) -> None:
    """Take in files and folders, each once. Adding them again changes nothing."""
    wishes = _wishes(**options)
    ensure_ready()
    console = Console(stderr=True)
    with console.status("…") as status:
        report = services.add_paths(
            paths,
            actor=_account(by),
            now=timezone.now(),
            ocr=ocr,
            progress=lambda found: status.update(
                f"{len(found.documents)} files, {found.pages} pages"
            ),
            **wishes,
        )
    if ocr == "now":
        _recognise(None)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        _show(report)
    if report.refused and not (report.added or report.known):
        sys.exit(Refused.exit_code)
    if report.refused or any(entry.reason for entry in report.documents):
        sys.exit(PART)


def _wishes(
    *,
    collection: str,
    origin: str,
    source_url: str,
    obtained_on: datetime | None,
    embargo: str | None,
    password_file: Path | None,
) -> dict[str, Any]:
    passwords = decode(password_file.read_bytes()).splitlines() if password_file else []
    return {
        "collection": collection,
        "origin": origin.upper().replace("-", "_"),
        "source_url": source_url,
        "obtained_on": obtained_on.date() if obtained_on else None,
        "embargo_until": _moment(embargo) if embargo else None,
        "passwords": tuple(filter(None, passwords)),
    }


def _moment(text: str) -> datetime:
    """Read a moment; without a zone it is that of the observatory."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(
            gettext_noop("« {text} » n'est pas un moment : écrivez par exemple 2026-12-01T08:00."),
            text=text,
        ) from None
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _account(name: str) -> Any:
    if not name:
        return system_account(MACHINE)
    account = find_account(name)
    if account is None:
        raise Refused(gettext_noop("Aucun compte ne s'appelle « {name} »."), name=name)
    return account


def _show(report: services.Report) -> None:
    for entry in report.documents:
        note = f" – {entry.reason}: {entry.message}" if entry.reason else ""
        click.echo(f"{SIGNS[entry.state]} {entry.path} ({entry.pages} p.){note}")
        for warning in entry.warnings:
            if warning != entry.message:
                click.echo(f"    {warning}")
    click.echo(
        f"added {report.added}, known {report.known}, refused {report.refused}; "
        f"{report.pages} pages, {report.pages_to_ocr} to recognise; {report.seconds:.1f} s"
    )


@command.command()
@click.option("--limit", type=click.IntRange(min=0), help="Stop after so many pages.")
@click.option("--retry", is_flag=True, help="Try the pages that failed once more.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object and nothing else.")
def ocr(*, limit: int | None, retry: bool, as_json: bool) -> None:
    """Read the scanned pages that wait, on all cores. May be stopped and started again."""
    ensure_ready()
    services.finish_readings(actor=_account(""), now=timezone.now())
    if retry:
        services.retry_failed()
    run = _recognise(limit)
    left = queries.recognition()
    if as_json:
        click.echo(json.dumps(_ocr_report(run, left), ensure_ascii=False))
    else:
        click.echo(f"{run.done} pages read, {run.failed} failed, {left.waiting} wait")
        for line in queries.recognition_failures()[:50]:
            click.echo(f"✗ {line.page.file_id[:12]} p. {line.page.number}: {line.error}", err=True)
    if run.failed:
        sys.exit(PART)


def _ocr_report(run: services.Recognition, left: queries.Progress) -> dict[str, Any]:
    return {
        "report": "contrechamp.documents.ocr",
        "version": 1,
        "done": run.done,
        "failed": run.failed,
        "waiting": left.waiting,
        "seconds": round(run.seconds, 3),
        "pages_per_minute": round(run.pages_per_minute, 1),
    }


def _recognise(limit: int | None) -> services.Recognition:
    """Read pages with a bar on a terminal, a line from time to time elsewhere."""
    bar = Bar(
        TextColumn("OCR"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]:.0f} p./min"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    with bar:
        task = bar.add_task("ocr", total=None, speed=0.0)

        def progress(run: services.Recognition) -> None:
            bar.update(
                task,
                total=run.total,
                completed=run.done + run.failed,
                speed=run.pages_per_minute,
            )

        return services.recognise_waiting(limit=limit, progress=progress)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object and nothing else.")
def status(*, as_json: bool) -> None:
    """Say how far reading has come, and what failed."""
    ensure_ready()
    pages = queries.recognition()
    each = queries.seconds_per_page()
    failures = [
        {"sha256": line.page.file_id, "page": line.page.number, "error": line.error}
        for line in queries.recognition_failures()[:1000]
    ]
    found = {
        "report": "contrechamp.documents.status",
        "version": 1,
        **queries.status(),
        "ocr": {
            "queued": pages.queued,
            "running": pages.running,
            "done": pages.done,
            "failed": pages.failed,
            "seconds_per_page": round(each, 3) if each is not None else None,
        },
        "failures": failures,
    }
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for name, count in queries.status().items():
        click.echo(f"{name.replace('_', ' '):20} {count}")
    click.echo(f"{'ocr':20} {pages.done} of {pages.total}, {pages.failed} failed")
    for failure in failures:
        click.echo(f"✗ {str(failure['sha256'])[:12]} p. {failure['page']}: {failure['error']}")


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object and nothing else.")
def verify(*, as_json: bool) -> None:
    """Read every file again and compare it with its hash."""
    ensure_ready()
    with Console(stderr=True).status("…") as shown:
        found = services.verify(lambda so_far: shown.update(f"{so_far.checked} files"))
    if as_json:
        click.echo(json.dumps(found.as_json()))
    else:
        click.echo(f"{found.checked} files, {found.bytes / 1e6:.1f} MB")
        for what in ("missing", "changed", "orphan"):
            for key in getattr(found, what):
                click.echo(f"✗ {what} {key}")
    if not found.is_sound:
        sys.exit(Unavailable.exit_code)


@command.command("check-redactions")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object and nothing else.")
@click.option("--reveal", is_flag=True, help="Show the text that can be copied.")
@click.option("--password-file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check_redactions(
    files: tuple[Path, ...], *, as_json: bool, reveal: bool, password_file: Path | None
) -> None:
    """Find text that a reader of a PDF does not see and that can be copied. Nothing is stored."""
    passwords = decode(password_file.read_bytes()).splitlines() if password_file else []
    with Console(stderr=True).status("…") as shown:
        found = services.check_redactions(
            files,
            passwords=[each for each in passwords if each],
            progress=lambda done, known: shown.update(f"{done} of {known} pages"),
        )
    if as_json:
        rows = [_checked(each, reveal=reveal) for each in found]
        report = {"report": "contrechamp.documents.check-redactions", "version": 1, "files": rows}
        click.echo(json.dumps(report, ensure_ascii=False))
    else:
        for each in found:
            _show_checked(each, reveal=reveal)
    verdicts = {each.verdict for each in found}
    if verdicts == {"not_checked"}:
        sys.exit(Refused.exit_code)
    if verdicts & {"bad", "not_checked"}:
        sys.exit(PART)


def _checked(each: services.Checked, *, reveal: bool) -> dict[str, Any]:
    return {
        "path": each.name,
        "sha256": each.sha256 or None,
        "pages": each.pages,
        "verdict": str(each.verdict),
        "reason": str(each.problem.reason) if each.problem else None,
        "message": services.say_problem(each.problem) if each.problem else None,
        "seconds": round(each.seconds, 3),
        "findings": [services.describe_finding(row, reveal=reveal) for row in each.findings],
    }


def _show_checked(each: services.Checked, *, reveal: bool) -> None:
    note = f" – {services.say_problem(each.problem)}" if each.problem else ""
    click.echo(f"{each.verdict:12} {each.name} ({each.pages} p.){note}")
    for row in each.findings:
        where = " ".join(f"{at:.3f}" for at in row.rect)
        words = f": {row.text}" if reveal and row.text else ""
        click.echo(f"    p. {row.page} [{where}] {row.kind}, {row.characters} characters{words}")


@command.command()
@click.argument("sha256")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object and nothing else.")
@click.option("--by", default="", help="The account whose documents are meant.")
def screen(sha256: str, *, as_json: bool, by: str) -> None:
    """Look for personal data in a kept document, and say what was decided. No word is shown."""
    ensure_ready()
    version = queries.find_visible(sha256.lower(), _account(by))
    if version is None:
        raise Refused(gettext_noop("Aucun document gardé n'a l'empreinte {hash}."), hash=sha256)
    document = version.document
    started = monotonic()
    services.prepare_publication(document, now=timezone.now())
    rows = queries.screening.report(document)
    waiting = sum(row["decision"] is None for row in rows)
    found = {
        "report": "contrechamp.documents.screen",
        "version": 1,
        "sha256": version.file_id,
        "pages": version.file.pages_count,
        "undecided": waiting,
        "redactions": queries.screening.verdict_of(version.file_id),
        "seconds": round(monotonic() - started, 3),
        "findings": rows,
    }
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        for row in rows:
            click.echo(f"p. {row['page']:4} {row['kind']:16} {row['decision'] or '?'}")
        click.echo(f"{len(rows)} found, {waiting} undecided")
    if waiting:
        sys.exit(PART)


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The clean copy.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object and nothing else.")
def scrub(file: Path, *, out: Path, as_json: bool) -> None:
    """Copy a file without what tells of its author, its software, its dates and its place."""
    done = services.scrub(file, out)
    if as_json:
        found = {
            "report": "contrechamp.documents.scrub",
            "version": 1,
            "path": str(file),
            "out": str(out),
            "kind": done.kind,
            "before": done.before,
            "after": done.after,
        }
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for name, value in done.before.items():
        kept = done.after.get(name)
        click.echo(f"{'-' if kept is None else '='} {name}: {value}")
    click.echo(f"{len(done.before)} found, {len(done.after)} left in {out}")
