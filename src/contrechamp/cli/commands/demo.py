from __future__ import annotations

import click
from django.conf import settings
from django.utils import timezone

from contrechamp.accounts.domain import Role
from contrechamp.accounts.services import open_account
from contrechamp.cli.talk import tell_talk
from contrechamp.foi.services import bring_examples

from . import directory, init, serve, starter

PASSPHRASE = "une caméra peut en cacher une autre"  # noqa: S105  it opens a demo
PEOPLE = {"marianne": Role.MEMBER, "amina": Role.EDITOR, "io": Role.ADMINISTRATOR}
TALKERS = ("boussole", "merle", "lanterne")
"""Who moderates the forum, a confirmed member, a new one (`starter/talk.toml`)."""


@click.command()
@click.option("--no-serve", is_flag=True, help="Stop when the observatory is filled.")
@click.pass_context
def command(ctx: click.Context, *, no_serve: bool) -> None:
    """Fill a small observatory and serve it. Running it again changes no data."""
    ctx.invoke(init.command)
    (settings.CONTRECHAMP.data / "demo").touch()  # Whatever the settings say, it sends no letter.
    open_accounts()
    ctx.invoke(starter.load)
    ctx.invoke(directory.from_census, made_up=True)
    click.echo(f"Example requests: {bring_examples(now=timezone.now())} new.")
    tell_talk(passphrase=PASSPHRASE, now=timezone.now())
    click.echo(f"Sign in as {', '.join((*PEOPLE, *TALKERS))}; passphrase: {PASSPHRASE}")
    if not no_serve:
        ctx.invoke(serve.command)


def open_accounts() -> None:
    """Open the accounts of the demo, through the verb that everybody uses."""
    for name, role in PEOPLE.items():
        open_account(name=name, passphrase=PASSPHRASE, role=role)
