from __future__ import annotations

import json

import click
from django.utils.translation import gettext
from rich.console import Console
from rich.text import Text

from contrechamp.graph.queries import (
    Paths,
    contract,
    find_paths,
    get_node,
    load,
    load_all,
    relation_label,
)


@click.group()
def command() -> None:
    """Ask the graph of what is published."""


@command.command()
@click.argument("a")
@click.argument("b")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@click.option("--max", "most", type=click.IntRange(1, 20), default=5, show_default=True)
@click.option("--avoid", multiple=True, help="Identifier of a record not to pass through.")
@click.option("--at", type=click.IntRange(1800, 2200), help="Only what was so in that year.")
@click.option("--scope", type=click.Choice(["public", "all"]), default="public", show_default=True)
def path(
    *,
    a: str,
    b: str,
    as_json: bool,
    most: int,
    avoid: tuple[str, ...],
    at: int | None,
    scope: str,
) -> None:
    """Find how two records are linked: the most telling ways first.

    A and B: an identifier, siren:…, insee:… or an exact name. What has no date is kept with --at.
    """
    if scope == "all":
        click.echo(gettext("Avec ce qui n'est pas public : ne transmettez pas."), err=True)
    network = load_all() if scope == "all" else load()
    start, goal = get_node(a, network), get_node(b, network)
    paths = find_paths(start, goal, network, most=most, avoid=avoid, at=at)
    if as_json:
        click.echo(json.dumps(contract(paths), ensure_ascii=False))
    else:
        _show(paths)


def _show(paths: Paths) -> None:
    console = Console()
    nodes = paths.network.nodes
    for way in paths.all:
        line = Text(nodes[way.nodes[0]].name, style="bold")
        for edge, node, after in zip(way.edges, way.nodes, way.nodes[1:], strict=False):
            line.append(f" — {relation_label(edge, seen_from=node)} → ", style="dim")
            line.append(nodes[after].name, style="bold")
        console.print(Text(f"{way.cost:5} ", style="red" if way.is_weak else "green") + line)
        for edge in way.edges:
            for source in edge.evidence[:1]:
                console.print(Text(f"      {edge.id} {source.url or source.label}", style="dim"))
    console.print(f"{len(paths.strong)} + {len(paths.weak)}")
