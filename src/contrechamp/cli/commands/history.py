from __future__ import annotations

import json
from typing import Any

import click
from rich.console import Console

from contrechamp.census import queries


@click.command()
@click.argument("record")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def command(*, record: str, as_json: bool) -> None:
    """Show all that was done to a record, newest first."""
    told = queries.history_as_data(queries.find_named(record).pk)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, sort_keys=True))
        return
    console = Console(highlight=False, markup=False)
    for change in told["changes"]:
        reason = f": {change['reason']}" if change["reason"] else ""
        console.print(f"{change['at'][:16]} {change['by']} {change['verb']}{reason}")
        for line in change["lines"]:
            console.print(f"  {line['table']} {line['row']} {_change(line)}")


def _change(line: dict[str, Any]) -> str:
    if line["field"] in {"+", "-"}:
        return f"{line['field']} {json.dumps(line['after'] or line['before'], ensure_ascii=False)}"
    return f"{line['field']}: {line['before']} → {line['after']}"
