from __future__ import annotations

import click
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from contrechamp.census import services as census
from contrechamp.graph import services as graph
from contrechamp.search import services as search


@click.group()
def command() -> None:
    """Make again, from the database, what is derived from it."""


@command.command()
def index() -> None:
    """Make the search index again, then search in the new one."""
    with _progress() as progress:
        task = progress.add_task("index", total=None)
        total = search.rebuild(lambda done: progress.update(task, completed=done))
    click.echo(f"index: {total}")


@command.command()
@click.option("--anew", is_flag=True, help="Move everything, as if nothing had a place yet.")
def layout(*, anew: bool) -> None:
    """Place what is new in the graph; who is there keeps its place."""
    click.echo(f"layout: {graph.rebuild_layout(anew=anew)}")


@command.command()
def published() -> None:
    """Compute again what visitors get of the census. Nothing changes, or something was wrong."""
    outcome = census.rebuild_published(now=timezone.now())
    click.echo(f"published: {len(outcome.records)} records, {len(outcome.facts)} facts")


def _progress() -> Progress:
    """Show what is done on standard error; how much there is nobody knows beforehand."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description} {task.completed}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )
