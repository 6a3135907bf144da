from __future__ import annotations  # noqa: N999  it is the word of the command

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.conf import settings
from django.db import connections
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from contrechamp.accounts.queries import find_account
from contrechamp.accounts.services import system_account
from contrechamp.census.domain.exchange.report import Report
from contrechamp.census.services import imports
from contrechamp.kernel.errors import Refused, gettext_noop

from . import init

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

FINDINGS = 3
SHOWN = 20


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", required=True, type=click.Choice(imports.KINDS), help="What the file is.")
@click.option("--report", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--dry-run", is_flag=True, help="Report, and change nothing.")
@click.option("--as", "account", default="", help="The account that signs the import.")
@click.option("--dataset", default="", help="A name for what the file's keys are unique in.")
@click.option("--encoding", default="", help="The encoding of a text that is not UTF-8.")
@click.option("--map", "plan", type=click.Path(path_type=Path), help="What Uwazi's columns are.")
@click.option("--with-commented", is_flag=True, help="Take in commented rows of a carto too.")
@click.option("--restore", is_flag=True, help="Keep states; into an empty observatory only.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    files: tuple[Path, ...],
    kind: str,
    report: str,
    dry_run: bool,
    account: str,
    dataset: str,
    encoding: str,
    plan: Path | None,
    with_commented: bool,
    restore: bool,
) -> None:
    """Bring in a list that others made, as drafts, and report what was not understood."""
    order = imports.Order(
        paths=list(files),
        kind=kind,
        dataset=dataset,
        encoding=encoding,
        map=plan,
        with_commented=with_commented,
        restore=restore,
        dry_run=dry_run,
    )
    looked = imports.look(order)
    with ready(ctx, keep=not dry_run):
        told = imports.bring_in(looked, actor=_account(account), now=timezone.now())
    if report == "json":
        click.echo(json.dumps(imports.as_json(told), ensure_ascii=False))
    else:
        _show(told)
    sys.exit(FINDINGS if told.has_findings else 0)


@contextmanager
def ready(ctx: click.Context, *, keep: bool = True) -> Iterator[None]:
    """Initialise an empty data folder, and leave it empty again if what follows fails."""
    data = settings.CONTRECHAMP.data
    existed = data.exists()
    is_new = not existed or not any(data.iterdir())
    done = False
    try:
        if is_new:
            with redirect_stdout(sys.stderr):
                ctx.invoke(init.command)
        yield
        done = keep
    finally:
        if is_new and not done:
            connections.close_all()
            for each in data.iterdir() if data.exists() else ():
                shutil.rmtree(each) if each.is_dir() else each.unlink()
            if not existed and data.exists():
                data.rmdir()


def _account(name: str) -> User:
    if not name:
        return system_account("import")
    found = find_account(name)
    if found is None:
        raise Refused(
            gettext_noop("Aucun compte ne s'appelle « {name} ». Ouvrez-le, ou retirez --as."),
            name=name,
        )
    return found


def _show(told: Report) -> None:
    said = imports.as_json(told)
    console = Console(highlight=False)
    rows = Table("", *(name for name in ("total", "created", "updated", "unchanged")))
    rows.add_row("records", *(str(said["nodes"].get(n, "")) for n in ("total", *rows_of())))
    edges = said["edges"]
    rows.add_row("relations", str(edges["relations"]), *(str(edges[n]) for n in rows_of()))
    rows.add_row("values", "", *(str(said["values"][n]) for n in rows_of()))
    console.print(rows)
    issues = Table("issue", "count", "first lines", "example")
    for code, count in said["counts"].items():
        of_code = [issue for issue in said["issues"] if issue["code"] == code]
        lines = ", ".join(str(i["line"]) for i in of_code[:5] if i["line"])
        issues.add_row(code, str(count), lines, of_code[0]["message"][:90])
    if said["counts"]:
        console.print(issues)
    for pair in [*said["suggestions"], *said.get("suggestions_here", [])][:SHOWN]:
        console.print(f"≈ {pair['a']} / {pair['b']} ({pair['why']})", markup=False)
    click.echo(f"import {said['import_id'] or '–'}")


def rows_of() -> tuple[str, str, str]:
    """Return what can have happened to a record or claim."""
    return ("created", "updated", "unchanged")
