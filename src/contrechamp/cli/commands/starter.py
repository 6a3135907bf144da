from __future__ import annotations

import click
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from contrechamp.accounts.services import system_account
from contrechamp.census.services import starter
from contrechamp.census.services.bringing import operator
from contrechamp.cli.samples import (
    bring_actions,
    bring_acts,
    bring_samples,
    remove_actions,
    remove_acts,
    remove_samples,
)
from contrechamp.foi.services import remove_examples

from .init import ensure_ready

FINDINGS = 3


@click.group()
def command() -> None:
    """The small census that a fresh observatory begins with."""


@command.command()
def load() -> None:
    """Load and publish it, its documents too. Loading it again changes nothing."""
    ensure_ready()
    author = system_account(starter.AUTHOR)
    bring_samples(author=author, reviewer=operator(), now=timezone.now())
    packs = starter.load_starter(now=timezone.now())
    acts, refused = bring_acts(author=author, reviewer=operator(), now=timezone.now())
    _show(packs)
    click.echo(f"Acts published beside them: {acts} new.")
    actions = bring_actions(author=author, now=timezone.now())
    click.echo(f"Court actions and complaints: {actions} new or changed.")
    told = [(pack.name, *each) for pack in packs for each in pack.refused]
    told += [("acts", *each) for each in refused]
    for name, key, sentence in told:
        click.echo(f"{name}: {key}: {sentence}", err=True)
    if told:
        raise SystemExit(FINDINGS)


@command.command()
def status() -> None:
    """Say what of it is here."""
    _show(starter.starter_status())


@command.command()
@click.confirmation_option(prompt="Remove the starter census and its history?")
def remove() -> None:
    """Remove it, history and all. What somebody has built on stays, and is named."""
    requests = remove_examples()
    actions = remove_actions(author=system_account(starter.AUTHOR))
    acts = remove_acts(author=system_account(starter.AUTHOR))
    removal = starter.remove_starter(now=timezone.now())
    documents = remove_samples(author=system_account(starter.AUTHOR))
    click.echo(
        f"Removed: {removal.records} records, {removal.facts} facts, {documents} documents, "
        f"{acts} acts, {actions} court actions, {requests} example requests."
    )
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
