from __future__ import annotations

import click

from ._watch_sources import COMMANDS


@click.group()
def command() -> None:
    """Find acts and contracts of surveillance in public records."""


for each in COMMANDS:
    command.add_command(each)
