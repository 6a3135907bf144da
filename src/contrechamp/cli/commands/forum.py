from __future__ import annotations

import json
from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from .init import ensure_ready

IN_PART = 3
SHOWN = 30


@click.group()
def command() -> None:
    """The forum as files: dump what is public, load it elsewhere, bring in an older forum."""


def _bar() -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.completed}"))
    return Progress(*columns, console=Console(stderr=True), transient=True)


@command.command()
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="A folder, new or empty."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object and nothing else.")
def dump(*, out: Path, as_json: bool) -> None:
    """Write boards, threads, posts and the journal as JSONL, with a manifest of SHA-256.

    Only what a visitor reads. The same content gives the same bytes.
    """
    from contrechamp.forum.services import dumping

    ensure_ready()
    with _bar() as bar:
        task = bar.add_task("", total=None)
        manifest = dumping.dump(out, progress=lambda done: bar.advance(task, done))
    if as_json:
        click.echo(json.dumps({"folder": str(out), **manifest}, ensure_ascii=False))
        return
    for file in manifest["files"]:
        click.echo(f"{file['sha256']}  {file['name']}  {file['rows']}")


@command.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object and nothing else.")
def load(*, folder: Path, as_json: bool) -> None:
    """Read a dump back into an observatory whose forum is empty. Authors become labels."""
    from contrechamp.forum.services import loading

    ensure_ready()
    with _bar() as bar:
        task = bar.add_task("", total=None)
        counts = loading.load(
            folder, now=timezone.now(), progress=lambda done: bar.advance(task, done)
        )
    click.echo(
        json.dumps(counts)
        if as_json
        else gettext(
            "Chargé : {boards} salons, {threads} fils, {posts} messages, {journal} lignes du "
            "journal. Puis : contrechamp rebuild search"
        ).format(**counts)
    )


@command.command()
@click.argument("board")
@click.argument("who", type=click.Choice(["all", "members"]))
def readers(*, board: str, who: str) -> None:
    """Say who reads a board: all, or members alone. Search and feeds follow at once."""
    from contrechamp.forum.services import following

    ensure_ready()
    found = following.open_board(board, members_only=who == "members")
    said = (
        gettext("{board} : lu par les membres seuls.")
        if found.members_only
        else gettext("{board} : lu par tous.")
    )
    click.echo(said.format(board=found.slug))


@command.command("import")
@click.argument("kind", type=click.Choice(["nodebb", "discourse"]))
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--host", default="", help="Name of the old forum; else that of the folder.")
@click.option("--boards", default="", help="Only these categories: slugs or numbers, by commas.")
@click.option("--dry-run", is_flag=True, help="Say what it would do, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object and nothing else.")
def bring(*, kind: str, path: Path, host: str, boards: str, dry_run: bool, as_json: bool) -> None:
    """Bring in a folder of saved JSON answers of a NodeBB or Discourse forum.

    Again it changes nothing; cut in the middle, it goes on. What is not understood is told, the
    rest comes in (exit code 3).
    """
    from contrechamp.forum.services import importing

    ensure_ready()
    with _bar() as bar:
        task = bar.add_task("", total=None)
        report = importing.import_forum(
            kind,
            path,
            host=host or path.resolve().name,
            boards=tuple(filter(None, (each.strip() for each in boards.split(",")))),
            dry_run=dry_run,
            now=timezone.now(),
            progress=lambda done: bar.advance(task, done),
        )
    if as_json:
        click.echo(json.dumps({"dry_run": dry_run, **report.plain()}, ensure_ascii=False))
    else:
        _say(report)
    if report.faults:
        raise SystemExit(IN_PART)


def _say(report: object) -> None:
    from contrechamp.forum.domain.exports import FAULTS
    from contrechamp.forum.services.importing import Report

    if not isinstance(report, Report):
        return
    click.echo(
        gettext(
            "Importé : {boards} salons, {threads} fils, {posts} messages (dont {gone} effacés "
            "là-bas) ; déjà là : {known} ; laissés de côté : {lost} ; liens vers l'ancien "
            "forum : {links}."
        ).format(
            boards=report.boards,
            threads=report.threads,
            posts=report.posts,
            gone=report.gone,
            known=report.known,
            lost=len(report.faults),
            links=len(report.old_links),
        )
    )
    for fault in report.faults[:SHOWN]:
        click.echo(f"  {fault.where}: {gettext(FAULTS[fault.code])}", err=True)
    for link in report.old_links[:SHOWN]:
        click.echo(f"  → {link}", err=True)
