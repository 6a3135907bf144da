from __future__ import annotations

import click
from django.utils import timezone

from contrechamp.accounts.domain import Role
from contrechamp.accounts.services import open_account
from contrechamp.cli.samples import bring_samples

from . import init, serve, starter

PASSPHRASE = "une caméra peut en cacher une autre"  # noqa: S105  it opens a demo
PEOPLE = {"marianne": Role.MEMBER, "amina": Role.EDITOR, "io": Role.ADMINISTRATOR}


@click.command()
@click.option("--no-serve", is_flag=True, help="Stop when the observatory is filled.")
@click.pass_context
def command(ctx: click.Context, *, no_serve: bool) -> None:
    """Fill a small observatory and serve it. Running it again changes no data."""
    ctx.invoke(init.command)
    fill()
    ctx.invoke(starter.load)
    click.echo(f"Sign in as {', '.join(PEOPLE)}; passphrase: {PASSPHRASE}")
    if not no_serve:
        ctx.invoke(serve.command)


def fill() -> None:
    """Make the people and things of the demo, through the verbs that everybody uses."""
    marianne, amina, _ = (
        open_account(name=name, passphrase=PASSPHRASE, role=role) for name, role in PEOPLE.items()
    )
    bring_samples(author=marianne, reviewer=amina, now=timezone.now())
