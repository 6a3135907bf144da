from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.utils.timezone import localdate
from django.utils.translation import gettext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from contrechamp.census import published
from contrechamp.census.services import exports
from contrechamp.foundation import signing
from contrechamp.graph import queries as graph
from contrechamp.opendata.services import Checked, check_dump, write_all

from ._export_site import site

DEFECT = 1
DEST = click.argument("dest", type=click.Path(path_type=Path))
FOLDER = click.argument("folder", type=click.Path(path_type=Path))
ABOUT = {
    "ftm": "Write FollowTheMoney, one JSON object a line.",
    "gexf": "Write the graph for Gephi.",
    "csv": "Write a folder of tables.",
    "parquet": "Write a folder of typed tables (needs the extra `parquet`).",
    "sqlite": "Write a database that Datasette opens as it is.",
    "dump": "Write an archive that another observatory restores.",
}


@click.group()
def command() -> None:
    """Write what is public to a file or folder. The same facts give the same bytes."""


def _format(name: str) -> click.Command:
    @click.command(name, help=ABOUT[name])
    @DEST
    @click.option("--scope", type=click.Choice(exports.SCOPES), default="public", show_default=True)
    @click.option("--with-texts", is_flag=True, help="The text of every public page too.")
    def write(*, dest: Path, scope: str, with_texts: bool) -> None:
        if scope == "all":
            click.echo(
                "Warning: this file holds drafts and private facts. Show it to nobody.", err=True
            )
        positions = None
        if name == "gexf":
            positions = {key: (spot.x, spot.y) for key, spot in graph.positions().items()}
        with progress(name) as tell:
            counts = exports.export(
                name,
                dest,
                scope=scope,
                positions=positions,
                with_texts=with_texts,
                progress=tell,
            )
        told = ", ".join(f"{count} {what}" for what, count in counts.items())
        click.echo(f"{dest}: {told}")

    return write


for each in exports.FORMATS:
    command.add_command(_format(each))
command.add_command(site)


@command.command("all")
@FOLDER
def everything(*, folder: Path) -> None:
    """Write every format into one folder, with a signed manifest: what the nightly dump is."""
    with progress("all") as tell:
        manifest = write_all(folder, today=localdate(), progress=tell)
    size = sum(part.bytes for part in manifest.parts) / 1e6
    click.echo(f"{folder}: {len(manifest.parts)} files, {size:.1f} MB")
    if not any(part.name.endswith(".parquet") for part in manifest.parts):
        click.echo(
            gettext("Sans Parquet : pip install 'contrechamp[parquet]' pour l'y mettre."), err=True
        )


@command.command("key")
def key() -> None:
    """Print the public key that dumps are checked with; make the pair where there is none."""
    text = signing.public_key()
    click.echo(text, nl=False)
    click.echo(signing.fingerprint(text), err=True)


@command.command("verify")
@FOLDER
@click.option("--key", "given", type=click.Path(path_type=Path), help="A public key (PEM).")
def verify(*, folder: Path, given: Path | None) -> None:
    """Check a folder that `export all` wrote. Status 1 names what differs."""
    checked = check_dump(folder, key=given)
    for each in checked.differences:
        click.echo(f"{each.name}: {words(each.what)}")
    click.echo(gettext("Clé : {fingerprint}").format(fingerprint=checked.fingerprint), err=True)
    if given is None:
        click.echo(
            gettext(
                "C'est la clé qui est dans le dossier : comparez-la à celle que montre le site,"
                " ou donnez-la (--key)."
            ),
            err=True,
        )
    if checked.differences:
        sys.exit(DEFECT)
    click.echo(_whole(checked))


def words(what: str) -> str:
    """Return a difference in the terminal's language."""
    return {
        "missing": gettext("manque"),
        "changed": gettext("n'est pas ce que dit le manifeste"),
        "unlisted": gettext("n'est pas dans le manifeste"),
        "signature": gettext("n'est pas la signature de ce manifeste par cette clé"),
    }[what]


def _whole(checked: Checked) -> str:
    manifest = checked.manifest
    return gettext("{count} fichiers du {day}, entiers et signés.").format(
        count=len(manifest.parts), day=manifest.made_on.isoformat()
    )


@contextmanager
def progress(name: str) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how far an export is."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    if not console.is_terminal:
        yield lambda done: None
        return
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task(name, total=published.how_many()[1])
        yield lambda done: bar.update(task, completed=done)
