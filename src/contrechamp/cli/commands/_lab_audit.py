"""Audit a table of one's own: rates by group, or predictions against chance. Nothing leaves here.

Read line by line, so that a table may be larger than what pages take. Needs no database and no
configured site. Ends with 2 when the table is refused: it names people, or cannot be read.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, BinaryIO

import click
from rich.console import Console
from rich.table import Table as Shown

from contrechamp.cli.starting import language
from contrechamp.foundation.typesetting import set_paper
from contrechamp.lab import own
from contrechamp.lab.errors import LabRefused
from contrechamp.lab.own.audit import Audit, Options
from contrechamp.lab.own.auditing import audit as audited
from contrechamp.lab.own.columns import DECISIONS, PATROLS
from contrechamp.lab.own.paper import LIMITS, paper_of
from contrechamp.lab.plots import draw

REFUSED = 2
ROLES = {
    DECISIONS: ("score", "outcome", "group"),
    PATROLS: ("day", "box", "predicted", "recorded"),
}
MOST_SHOWN = 60
"""Rows of a table in the terminal; files have all of them."""


@click.command("audit")
@click.argument("file", type=click.File("rb"))
@click.option("--score", metavar="COL", help="Column of the score or decision.")
@click.option("--outcome", metavar="COL", help="Column of what happened: yes or no.")
@click.option("--group", metavar="COL", help="Column that people are compared by.")
@click.option("--threshold", type=float, metavar="X", help="A score of X or more is flagged.")
@click.option("--low-is-risk", is_flag=True, help="A score of X or less is flagged.")
@click.option("--yes", "positive", default="", metavar="VALUE", help="The outcome that means yes.")
@click.option("--reference", default="", metavar="GROUP", help="The group to compare with.")
@click.option("--day", metavar="COL", help="Column of the day.")
@click.option("--box", metavar="COL", help="Column of the box of the map.")
@click.option("--predicted", metavar="COL", help="Column of what was predicted.")
@click.option("--recorded", metavar="COL", help="Column of the count of incidents.")
@click.option("--boxes-a-day", type=click.IntRange(1, 100_000), default=20, show_default=True)
@click.option("--map-boxes", type=click.IntRange(0, 10_000_000), default=0, metavar="N")
@click.option("--window", type=click.IntRange(1, 3_650), default=180, show_default=True)
@click.option("--extra", type=click.FloatRange(0, 1), default=0.2, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object and nothing else.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder for the result, its tables and its figures.",
)
@click.option("--pdf", type=click.Path(path_type=Path, dir_okay=False), help="A report on paper.")
def audit(
    file: BinaryIO, *, as_json: bool, out: Path | None, pdf: Path | None, **given: Any
) -> None:
    """Say what a table of decisions, or of patrols and records, shows of a machine.

    FILE is a CSV, or - for what comes in. Columns that are not named are guessed.
    """
    said = language(os.environ)
    try:
        found = audited(file, _options(given))
    except LabRefused as refused:
        click.echo(refused.text.say(said), err=True)
        sys.exit(REFUSED)
    if out:
        for path in write(found, out, said):
            click.echo(path, err=True)
    if pdf:
        pdf.write_bytes(set_pdf(found, said))
        click.echo(pdf, err=True)
    if as_json:
        text = json.dumps(found.to_json(), ensure_ascii=False, indent=1, allow_nan=False)
        sys.stdout.buffer.write(f"{text}\n".encode())
    else:
        show(found, said)


def _options(given: dict[str, Any]) -> Options:
    columns = {role: given[role] for roles in ROLES.values() for role in roles if given[role]}
    kinds = {kind for kind, roles in ROLES.items() if any(role in columns for role in roles)}
    if len(kinds) > 1:
        raise click.UsageError("--score --outcome --group, or --day --box --predicted --recorded.")
    return Options(
        kind=next(iter(kinds), None),
        columns=columns,
        threshold=given["threshold"],
        positive=given["positive"],
        is_low_risk=given["low_is_risk"],
        reference=given["reference"],
        boxes_a_day=given["boxes_a_day"],
        map_boxes=given["map_boxes"],
        window=given["window"],
        extra=given["extra"],
        seed=given["seed"],
    )


def write(found: Audit, folder: Path, said: str) -> list[Path]:
    """Write the result, one CSV a table, one SVG a figure; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    result = folder / "result.json"
    text = json.dumps(found.to_json(), ensure_ascii=False, indent=1, allow_nan=False)
    result.write_text(f"{text}\n", encoding="utf-8")
    paths = [result]
    for table in found.tables:
        path = folder / f"{table.id}.csv"
        header, rows = table.flat(said)
        with path.open("w", encoding="utf-8", newline="") as body:
            csv.writer(body).writerows([header, *rows])
        paths.append(path)
    for figure in found.figures_in(said):
        path = folder / f"{figure.id}.svg"
        path.write_text(draw(figure, language=said, is_file=True), encoding="utf-8")
        paths.append(path)
    return paths


def set_pdf(found: Audit, said: str) -> bytes:
    """Return the report on paper."""
    with as_file(files(own).joinpath("papers")) as folder:
        return set_paper(
            folder / "report.typ", paper_of(found, said, datetime.now(UTC).date())
        ).body


def show(found: Audit, said: str) -> None:
    """Show the sentence, the tables, and what they do not prove."""
    console = Console()
    console.print(found.sentence.say(said), style="bold", markup=False)
    for each in (*found.more, found.read()):
        console.print(f"· {each.say(said)}", markup=False)
    for why in found.refused.first:
        console.print(f"  {why.line}: {why.why.say(said)}", style="dim", markup=False)
    for table in found.tables:
        shown = Shown(title=table.title.say(said), title_justify="left", box=None, pad_edge=False)
        for head in table.head(said):
            shown.add_column(head)
        for row in table.said(said)[:MOST_SHOWN]:
            shown.add_row(*row)
        console.print()
        console.print(shown)
    console.print()
    console.print(LIMITS.say(said), style="bold")
    for warning in found.warnings:
        console.print(f"- {warning.text.say(said)}", markup=False)
