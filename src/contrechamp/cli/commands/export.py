from __future__ import annotations

from pathlib import Path

import click

from contrechamp.census.services import exports
from contrechamp.graph import queries as graph


@click.command()
@click.argument("format", type=click.Choice(exports.FORMATS))
@click.argument("dest", type=click.Path(path_type=Path))
@click.option("--scope", type=click.Choice(exports.SCOPES), default="public", show_default=True)
def command(*, format: str, dest: Path, scope: str) -> None:
    """Write the census to DEST: a file, or a folder for csv. The same facts, the same bytes."""
    if scope == "all":
        click.echo(
            "Warning: this file holds drafts and private facts. Show it to nobody.",
            err=True,
        )
    positions = None
    if format == "gexf":
        positions = {key: (spot.x, spot.y) for key, spot in graph.positions().items()}
    counts = exports.export(format, dest, scope=scope, positions=positions)
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    click.echo(f"{dest}: {told}")
