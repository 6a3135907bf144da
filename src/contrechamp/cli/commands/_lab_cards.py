"""`contrechamp lab cards`: the fact cards, and whether each names only what there is."""

from __future__ import annotations

import json
import sys

import click
from rich.table import Table

from contrechamp.cases.domain import grounds
from contrechamp.foundation.vocabulary import terms
from contrechamp.lab import facts, registry
from contrechamp.lab.model import Text

from ._lab_folders import spoken
from ._law_tables import console

SEEN = {
    "primary": Text("source ouverte", "source was open"),
    "secondary": Text("d'après un compte rendu", "from a report"),
    "unverified": Text("non vérifié : sur aucune page", "not verified: on no page"),
}
HEADS = (Text("Fiche", "Card"), Text("Nombre", "Number"), Text("Sur", "Out of"), Text("Vu", "Seen"))


@click.group()
def cards() -> None:
    """Figures that are quoted, each with its source and the reply of the other side."""


@cards.command("list")
@click.option("--topic", type=click.Choice([*facts.TOPICS]), help="One subject.")
@click.option("--technology", default="", metavar="CODE", help="One technique of the vocabulary.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object and nothing else.")
def list_cards(*, topic: str | None, technology: str, as_json: bool) -> None:
    """Show the cards, those that no page shows too."""
    found = [
        card
        for card in facts.every()
        if topic in {None, card.topic} and (not technology or technology in card.technologies)
    ]
    if as_json:
        told = {"schema": "contrechamp.lab.cards/1", "cards": [card.to_json() for card in found]}
        text = json.dumps(told, ensure_ascii=False, indent=1)
        sys.stdout.buffer.write(f"{text}\n".encode())
        return
    tongue = spoken()
    table = Table(*(head.say(tongue) for head in HEADS))
    for card in found:
        words = (card.number.say(tongue), card.denominator.say(tongue))
        table.add_row(card.id, *words, SEEN[card.seen].say(tongue))
    console().print(table)


@cards.command()
def check() -> None:
    """Say what a card lacks, or names that nobody knows. Ends with 1 when there is something."""
    try:
        every = facts.every()
    except facts.BadFacts as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(1)
    faults = [
        *facts.unknown(
            every,
            technologies=terms("technologies"),
            grounds=grounds.library().grounds,
            experiments=[each.id for each in registry.experiments()],
        )
    ]
    for fault in faults:
        click.echo(fault, err=True)
    hidden = sum(not card.is_shown for card in every)
    said = Text(
        f"{len(every)} fiches, dont {hidden} sur aucune page ; {len(faults)} fautes.",
        f"{len(every)} cards, {hidden} of them on no page; {len(faults)} faults.",
    )
    click.echo(said.say(spoken()))
    if faults:
        sys.exit(1)
