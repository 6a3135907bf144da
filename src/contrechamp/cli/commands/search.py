from __future__ import annotations

import json

import click
from django.utils.translation import gettext
from rich.console import Console
from rich.text import Text

from contrechamp.census.services.bringing import operator
from contrechamp.search import services
from contrechamp.search.domain import Query
from contrechamp.search.queries import Results, contract, search, search_everything

REFRESHED_FIRST = 5_000


@click.command()
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@click.option("--kind", multiple=True, help="Only this kind: project, actor, fact, page …")
@click.option("--in", "place", multiple=True, help="Only this place: name, INSEE code or key.")
@click.option("--limit", type=click.IntRange(1, 1_000), default=20, show_default=True)
@click.option("--cursor", default="", help="`next` of the answer before.")
@click.option("--scope", type=click.Choice(["public", "all"]), default="public", show_default=True)
def command(
    *,
    query: str,
    as_json: bool,
    kind: tuple[str, ...],
    place: tuple[str, ...],
    limit: int,
    cursor: str,
    scope: str,
) -> None:
    """Search facts, records, pages of documents and places."""
    asked = Query(text=query, kind=kind, place=place, limit=limit, cursor=cursor)
    if scope == "all":
        click.echo(gettext("Avec ce qui n'est pas public : ne transmettez pas."), err=True)
        results = search_everything(asked, operator())
    else:
        services.refresh(most=REFRESHED_FIRST)
        results = search(asked)
    if as_json:
        click.echo(json.dumps(contract(results), ensure_ascii=False))
    else:
        _show(results)


def _show(results: Results) -> None:
    console = Console()
    for result in results.results:
        title = Text(result.entry.title, style="bold")
        page = f", p. {result.entry.page}" if result.entry.page else ""
        console.print(title, Text(f"{page} [{result.entry.kind}]", style="dim"))
        passage = Text()
        for piece in result.snippet:
            passage.append(piece.text, style="reverse" if piece.mark else "")
        console.print(passage)
        console.print(Text(f"{result.url}\n", style="dim"))
    console.print(f"{results.total} · {results.took_ms} ms")
    if results.suggestion:
        console.print(Text(f"→ {results.suggestion} ?"))
