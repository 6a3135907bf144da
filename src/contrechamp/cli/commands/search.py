from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext
from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from contrechamp.census.services.bringing import operator
from contrechamp.search import services
from contrechamp.search.domain import Query
from contrechamp.search.domain.batch import decode, read_names
from contrechamp.search.queries import (
    NAME_COLUMNS,
    NameRow,
    Results,
    contract,
    csv_lines,
    name_table,
    search,
    search_everything,
    search_names,
)

REFRESHED_FIRST = 5_000
AT_ONCE = 50


@click.command()
@click.argument("query", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@click.option("--csv", "as_csv", is_flag=True, help="With --batch: a table on standard output.")
@click.option(
    "--batch",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Search each name of this list in all documents: a CSV, or one name a line.",
)
@click.option("--kind", multiple=True, help="Only this kind: project, actor, fact, page …")
@click.option("--in", "place", multiple=True, help="Only this place: name, INSEE code or key.")
@click.option("--since", default="", help="Only from this date on: 2021, 2021-03, 2021-03-04.")
@click.option("--until", default="", help="Only until this date.")
@click.option("--exactly", is_flag=True, help="No synonyms, no other forms of the words.")
@click.option("--limit", type=click.IntRange(1, 1_000), default=20, show_default=True)
@click.option("--cursor", default="", help="`next` of the answer before.")
@click.option("--scope", type=click.Choice(["public", "all"]), default="public", show_default=True)
def command(
    *,
    query: str | None,
    as_json: bool,
    as_csv: bool,
    batch: Path | None,
    scope: str,
    **asked: Any,
) -> None:
    """Search facts, records, pages of documents and places."""
    if (batch is None) == (query is None):
        raise click.UsageError("Give a QUERY, or a list with --batch.")
    if batch is not None:
        _batch(batch, as_json=as_json, as_csv=as_csv)
        return
    wanted = Query(text=query or "", **asked)
    if scope == "all":
        click.echo(gettext("Avec ce qui n'est pas public : ne transmettez pas."), err=True)
        results = search_everything(wanted, operator())
    else:
        services.refresh(most=REFRESHED_FIRST)
        results = search(wanted)
    if as_json:
        click.echo(json.dumps(contract(results), ensure_ascii=False))
    else:
        _show(results)


def _batch(path: Path, *, as_json: bool, as_csv: bool) -> None:
    names = read_names(decode(path.read_bytes())).names
    services.refresh(most=REFRESHED_FIRST)
    if as_csv:
        for line in csv_lines(NAME_COLUMNS, name_table(_watched(names), "")):
            sys.stdout.write(line)
        return
    rows = [row for part in _watched(_parts(names)) for row in search_names(part)]
    if as_json:
        click.echo(json.dumps({"names": [_row(row) for row in rows]}, ensure_ascii=False))
    else:
        for row in rows:
            click.echo(f"{row.documents:>7} {row.pages:>7}  {row.name}")


def _parts(names: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [names[at : at + AT_ONCE] for at in range(0, len(names), AT_ONCE)]


def _watched(items: Any) -> Iterator[Any]:
    """Yield the items with a bar of progress on standard error."""
    with Progress(console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(items, description="")


def _row(row: NameRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "documents": row.documents,
        "pages": row.pages,
        "record": row.record_url or None,
        "passages": [
            {"title": each.title, "url": each.url, "page": each.page, "text": each.text}
            for each in row.passages
        ],
    }


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
    for problem in results.problems:
        console.print(Text(gettext(problem.sentence).format(text=problem.text), style="yellow"))
    console.print(f"{results.total} · {results.took_ms} ms")
    if results.suggestion:
        console.print(Text(f"→ {results.suggestion} ?"))
