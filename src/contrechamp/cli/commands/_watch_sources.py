"""The commands of `contrechamp watch` that know the tables: sources, and what runs them."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path
from time import sleep
from typing import Any

import click
import yaml
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from contrechamp.accounts.services import system_account
from contrechamp.kernel.errors import Refused, Unavailable, gettext_noop
from contrechamp.watch import queries, services

from .init import ensure_ready

PART = Unavailable.exit_code
MACHINE = "watch"
LONGEST_WAIT = timedelta(minutes=10)
"""How long a run without --once waits for a site that asks to come again later."""
ROUNDS = 5


@click.command("add-source")
@click.argument("kind")
@click.argument("address")
@click.option("--name", default="", help="A short name; without it one is made.")
@click.option("--title", default="", help="What people read.")
@click.option("--departement", default="", help="Its code: places are looked for in it.")
@click.option("--reads", default="", help="raa, decp, boamp, ted or auto.")
@click.option("--every", default=24, show_default=True, help="Hours between two runs.")
@click.option(
    "--configuration",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A YAML file with selectors and patterns, see docs/howto/watch.md.",
)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object and nothing else.")
def add_source(
    kind: str, address: str, *, every: int, configuration: Path | None, as_json: bool, **said: str
) -> None:
    """Add a source: prefecture, files, feed, folder or mailbox, and where it is.

    For a prefecture, ADDRESS may be the code of a département whose site is known, as 83.
    Adding the same again changes nothing.
    """
    ensure_ready()
    source, is_new = services.add_source(
        kind,
        address,
        actor=system_account(MACHINE),
        now=timezone.now(),
        every_hours=every,
        configuration=_read(configuration) if configuration else None,
        **said,
    )
    if as_json:
        click.echo(json.dumps({"name": source.name, "new": is_new}))
    else:
        click.echo(f"{'+' if is_new else '='} {source.name}")


def _read(path: Path) -> dict[str, Any]:
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        raw = None
    if not isinstance(raw, dict):
        raise Refused(gettext_noop("{path} n'est pas un fichier YAML de configuration."), path=path)
    return raw


@click.command()
@click.option("--source", "names", multiple=True, metavar="NAME", help="This source alone.")
@click.option("--once", is_flag=True, help="Do not wait for a site that says: later.")
@click.option("--due", "only_due", is_flag=True, help="Only sources whose time has come: for cron.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object and nothing else.")
def run(*, names: tuple[str, ...], once: bool, only_due: bool, as_json: bool) -> None:
    """Look at the sources now: list, fetch what is new, read it, put findings into the inbox.

    Without --source: all sources that are neither paused, blocked nor left alone for the day.
    May be stopped at any moment and started again.
    """
    ensure_ready()
    ran = [_run(name) for name in names or _ready(only_due)]
    for _ in range(0 if once else ROUNDS):
        soon = timezone.now() + LONGEST_WAIT
        later = services.asked_for_later([each["name"] for each in ran], soon)
        if not later:
            break
        sleep(max((max(later.values()) - timezone.now()).total_seconds(), 0))
        again = {name: _run(name) for name in later}
        ran = [again.get(each["name"], each) for each in ran]
    if as_json:
        report = {"report": "contrechamp.watch.run", "version": 1, "sources": ran}
        click.echo(json.dumps(report, ensure_ascii=False))
    else:
        for each in ran:
            _show(each)
    if any(each["state"] != "OK" or each["failed"] for each in ran):
        sys.exit(PART)


def _ready(only_due: bool) -> list[str]:
    if only_due:
        return services.due(timezone.now())
    return services.ready(timezone.now())


def _run(name: str) -> dict[str, Any]:
    """Run one source; that another process is at it is told, and no failure."""
    with Console(stderr=True).status(name) as shown:
        try:
            return services.run_source(
                name,
                told=lambda so_far: shown.update(
                    f"{name}: {so_far.listed} listed, {so_far.fetched} fetched"
                ),
            ).as_json()
        except services.Busy as busy:
            return {**services.Ran(name=name, reason=str(busy)).as_json(), "state": "OK"}


def _show(ran: dict[str, Any]) -> None:
    counts = ("new", "replaced", "moved", "vanished", "unchanged", "findings", "failed", "waiting")
    said = ", ".join(f"{key} {ran[key]}" for key in counts if ran[key])
    click.echo(f"{ran['name']}: {ran['state']} ({said or '-'}; {ran['seconds']:.1f} s)")
    if any(ran["contracts"].values()):
        click.echo("  contracts: " + ", ".join(f"{k} {v}" for k, v in ran["contracts"].items()))
    if ran["reason"]:
        click.echo(f"  {ran['reason']}")


@click.command("list")
@click.option("--known", is_flag=True, help="The prefectures whose sites are known instead.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object and nothing else.")
def list_(*, known: bool, as_json: bool) -> None:
    """List the sources."""
    if known:
        rows = [
            {"code": code, "name": site["name"], "title": site["title"]}
            for code, site in services.known_sites().items()
        ]
    else:
        ensure_ready()
        rows = queries.sources_list()
    if as_json:
        click.echo(json.dumps({"sources": rows}, ensure_ascii=False))
    else:
        _table(rows, ("code", "name", "title") if known else ("name", "kind", "state", "address"))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object and nothing else.")
def status(*, as_json: bool) -> None:
    """Say per source when it was read last, when it is next, what waits and what failed."""
    ensure_ready()
    rows = queries.sources_status()
    if as_json:
        report = {"report": "contrechamp.watch.status", "version": 1, "sources": rows}
        click.echo(json.dumps(report, ensure_ascii=False))
        return
    shown = ("name", "state", "last_success", "next_run", "backlog", "failures", "to_review")
    _table(rows, shown)
    for row in rows:
        if row["reason"]:
            click.echo(f"{row['name']}: {row['reason']}")
        if row["instead"]:
            click.echo(f"  instead: contrechamp watch add-source ({row['instead']})")


def _table(rows: list[dict[str, Any]], keys: tuple[str, ...]) -> None:
    table = Table(*keys)
    for row in rows:
        table.add_row(*("" if row[key] is None else str(row[key]) for key in keys))
    Console().print(table)


COMMANDS = (run, add_source, list_, status)
