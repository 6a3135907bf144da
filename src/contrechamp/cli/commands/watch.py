from __future__ import annotations

import click

from contrechamp.cli import watching


@click.group()
def command() -> None:
    """Find acts and contracts of surveillance in public records."""


for each in watching.COMMANDS:
    command.add_command(each)
