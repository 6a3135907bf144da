from __future__ import annotations

import importlib

import click
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from contrechamp.census.services import starter

FINDINGS = 3


@click.group()
def command() -> None:
    """The small census that a fresh observatory begins with."""


@command.command()
@click.pass_context
def load(ctx: click.Context) -> None:
    """Load and publish it. Loading it again changes nothing."""
    ready = importlib.import_module("contrechamp.cli.commands.import").ready
    with ready(ctx):
        packs = starter.load_starter(now=timezone.now())
    _show(packs)
    for pack in packs:
        for key, sentence in pack.refused:
            click.echo(f"{pack.name}: {key}: {sentence}", err=True)
    if any(pack.refused for pack in packs):
        raise SystemExit(FINDINGS)


@command.command()
def status() -> None:
    """Say what of it is here."""
    _show(starter.starter_status())


@command.command()
@click.confirmation_option(prompt="Remove the starter census and its history?")
def remove() -> None:
    """Remove it, history and all. What somebody has built on stays, and is named."""
    removal = starter.remove_starter(now=timezone.now())
    click.echo(f"Removed: {removal.records} records, {removal.facts} facts.")
    if removal.kept_facts or removal.kept_records:
        click.echo(
            f"Kept, for others have worked on them: {removal.kept_facts} facts, "
            f"{len(removal.kept_records)} records: {', '.join(removal.kept_records[:10])}"
        )
        raise SystemExit(FINDINGS)


def _show(packs: list[starter.Pack]) -> None:
    table = Table("file", "dataset", "records", "facts", "published")
    for pack in packs:
        table.add_row(
            pack.name, pack.dataset, str(pack.records), str(pack.facts), str(pack.published)
        )
    Console().print(table)
