"""Tables of the law's rules and dates, in French, for a terminal or a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from typing import TextIO, cast

from rich.console import Console
from rich.table import Table

from contrechamp.kernel.citation import FRENCH_MONTHS
from contrechamp.law.domain.french import french
from contrechamp.law.domain.items import Item, Reading, State
from contrechamp.law.domain.pack import Pack, Rule

PLAIN_WIDTH = 160
"""Columns of a table that goes to a file."""
READINGS = {Reading.USUAL: "usuelle", Reading.STRICT: "stricte", Reading.SAFE: "sûre"}
STATES = {
    State.UPCOMING: "à venir",
    State.OPEN: "ouvert",
    State.LAST_DAYS: "derniers jours",
    State.UNSAFE: "plus sûr",
    State.CLOSED: "fini",
}
SURE = {"T": "texte lu", "O": "texte ancien", "S": "source seconde", "?": "à vérifier"}


def console() -> Console:
    """Return where tables are written: always UTF-8, and wide where nobody watches."""
    stream = sys.stdout
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8")
    return Console(
        file=cast("TextIO", stream), width=None if stream.isatty() else PLAIN_WIDTH, highlight=False
    )


def day(when: date | None) -> str:
    """Write a day in French: `1er mars 2026`."""
    if when is None:
        return ""
    return f"{'1er' if when.day == 1 else when.day} {FRENCH_MONTHS[when.month - 1]} {when.year}"


def show_items(items: Sequence[Item]) -> None:
    """Write the steps of an answer, each with its article."""
    steps = french().steps
    named = READINGS[items[0].reading] if items else READINGS[Reading.USUAL]
    columns = ["étape", "pas avant", "jusqu'au (sûr)", f"dernier jour (lecture {named})", "article"]
    table = Table(*columns, *(["état"] if any(item.state for item in items) else []))
    for item in items:
        table.add_row(
            steps[item.step].fr,
            day(item.not_before),
            day(item.act_by_safe),
            day(item.last_day),
            ", ".join(item.basis),
            *([STATES[item.state]] if item.state else []),
        )
    console().print(table)


def show_rules(pack: Pack, stale: Sequence[Rule]) -> None:
    """Write the pack for a lawyer to read in one sitting."""
    columns = ["règle", "ce qu'elle dit", "étape", "formule", "article", "sûreté", "vaut", "relue"]
    table = Table(*columns, show_lines=True)
    for rule in pack.every():
        until = f" au {rule.valid_to}" if rule.valid_to else ""
        table.add_row(
            rule.id,
            rule.fr,
            pack.steps[rule.step].fr,
            "\n".join(f"{part} : {name}" for part, name in rule.formula.items()),
            ", ".join(rule.basis) + ("\n" + ", ".join(rule.uncertain) if rule.uncertain else ""),
            SURE[rule.sure],
            f"du {rule.valid_from}{until}",
            f"{rule.reviewed_on}" + (" (à relire)" if rule in stale else ""),
        )
    console().print(table)
