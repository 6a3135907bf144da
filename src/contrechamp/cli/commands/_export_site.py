"""`contrechamp export site`: the whole public site as files."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click
from django.conf import settings
from django.utils.timezone import localdate
from rich.console import Console
from rich.progress import Progress

from contrechamp.census.services import exports
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.mirror import services as mirror


@click.command("site")
@click.argument("dest", type=click.Path(path_type=Path))
@click.option("--scope", type=click.Choice(exports.SCOPES), default="public", show_default=True)
@click.option(
    "--base-url",
    default="",
    help="The address of the site itself. Else the first of CONTRECHAMP_HOSTS.",
)
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The day it tells. Today.")
def site(*, dest: Path, scope: str, base_url: str, day: datetime | None) -> None:
    """Write the whole public site as files that any web server or USB stick can serve."""
    if scope != "public":
        raise Refused(gettext_noop("Une copie du site ne contient que ce qui est public."))
    write_site(dest, live=base_url or own_address(), today=day.date() if day else localdate())


def own_address() -> str:
    """Return where this instance is reached; empty when it is known on this machine alone."""
    if settings.IS_HERE:
        return ""
    return f"http{'s' if settings.CONTRECHAMP.https else ''}://{settings.CONTRECHAMP.hosts[0]}"


def write_site(dest: Path, *, live: str, today: date) -> None:
    """Write the public site into a folder, with what is done on standard error."""
    with Progress(console=Console(stderr=True)) as bar:
        tasks = {what: bar.add_task(what, total=None) for what in ("pages", "search", "files")}
        done = mirror.export_site(
            dest,
            today=today,
            live=live,
            progress=lambda what, done, total: bar.update(tasks[what], completed=done, total=total),
        )
    click.echo(
        f"{dest}: {done.pages} pages, {done.files} files, {done.bytes} bytes;"
        f" {done.written} written, {done.removed} removed"
    )
