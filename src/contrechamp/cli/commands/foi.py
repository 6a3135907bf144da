"""Access requests. The calculator is here and needs no Django; the rest is in `_foi_*.py`."""

from __future__ import annotations

import gettext
import json
import os
import sys
from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules

import click

from contrechamp.cli.starting import language, start_django
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.law.domain.asking import DISTANCES, answer
from contrechamp.law.domain.items import Item, Reading, Remedies

OLDER = gettext_noop(
    "Attention : les faits sont plus anciens que la règle « {rule} » ; des textes antérieurs "
    "({texts}) fixaient le même délai, à vérifier."
)
NO_ADVICE = (
    "Ceci n'est pas un conseil juridique : voici l'article, voici la lecture. Agissez avant le "
    "jour sûr."
)


class Requests(click.Group):
    """The group: `deadlines`, and the commands that each `_foi_*.py` lists in COMMANDS."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self._of_files()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, cmd_name) or self._of_files().get(cmd_name)

    def _of_files(self) -> dict[str, click.Command]:
        package = import_module(__package__)
        names = [each.name for each in iter_modules(package.__path__)]
        ours = [name for name in names if name.startswith("_foi_")]
        if ours:
            start_django()
        modules = [import_module(f"{__package__}.{name}") for name in ours]
        return {str(each.name): each for module in modules for each in module.COMMANDS}


@click.group(cls=Requests)
def command() -> None:
    """Ask public bodies for documents, and count the law's time."""


@command.command()
@click.option("--event", "events", multiple=True, help="NAME=DAY, once for each fact.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON list and nothing else.")
@click.option(
    "--reading",
    type=click.Choice([str(one) for one in Reading]),
    default="usual",
    show_default=True,
)
@click.option(
    "--remedies",
    type=click.Choice([str(one) for one in Remedies]),
    default="unknown",
    show_default=True,
)
@click.option("--distance-months", type=click.Choice([str(n) for n in DISTANCES]), default="0")
@click.option("--today", default="", help="A day: each step then says where it stands.")
def deadlines(
    events: tuple[str, ...],
    *,
    as_json: bool,
    reading: str,
    remedies: str,
    distance_months: str,
    today: str,
) -> None:
    """Count what the law draws from dated facts: no database, no network, no clock.

    Events: received, refusal_notified, cada_registered, notified, implied_decision, motives_asked,
    motives_given, published, gracieux_received, complaint_received, cctv_authorised, cctv_applied,
    recorded. A day is written 2026-01-15.
    """
    try:
        items = answer(
            events, reading=reading, remedies=remedies, distance=distance_months, today=today
        )
    except Refused as no:
        click.echo(_said(no), err=True)
        sys.exit(no.exit_code)
    for item in items:
        if item.older_texts:
            old = Refused(OLDER, rule=item.rule, texts=item.older_texts)
            click.echo(_said(old), err=True)
    if as_json:
        text = json.dumps([item.as_json() for item in items], ensure_ascii=False, indent=1)
        sys.stdout.buffer.write(f"{text}\n".encode())
    else:
        _show(items)


def _said(warned: Refused) -> str:
    """Say a sentence in the terminal's language, without starting the rooms."""
    folder = str(files("contrechamp.law") / "locale")
    spoken = gettext.translation("django", folder, [language(os.environ)], fallback=True)
    return spoken.gettext(warned.sentence).format(**warned.values)


def _show(items: tuple[Item, ...]) -> None:
    from ._law_tables import show_items

    show_items(items)
    click.echo(NO_ADVICE)
