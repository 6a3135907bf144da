"""Open and tend accounts from the machine itself."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from contrechamp.accounts import queries, services
from contrechamp.accounts.domain import Role
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

ROLES = click.Choice([role.lower() for role in Role])


@click.group()
def command() -> None:
    """Open accounts, change what they may do, close them."""


@command.command("open")
@click.argument("name")
@click.option("--role", type=ROLES, default="member", show_default=True)
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Read the passphrase from the first line of a file, or of the input with `-`.",
)
@click.option("--invite", "wants_link", is_flag=True, help="Make a link instead of a passphrase.")
def open_(name: str, role: str, passphrase_file: Path | None, wants_link: bool) -> None:
    """Open an account. Its passphrase is asked for, and never given on the command line.

    An account that is already open is left as it is.
    """
    if queries.find_any_account(name):
        click.echo(gettext("Le compte « {name} » existe déjà.").format(name=name))
        return
    passphrase = "" if wants_link else _passphrase(passphrase_file)
    user = services.open_account(name=name, passphrase=passphrase, role=Role(role.upper()))
    click.echo(gettext("Le compte « {name} » est ouvert.").format(name=name))
    if wants_link:
        click.echo(_link(services.invite(user, actor=None, now=timezone.now())))


@command.command()
@click.argument("name")
def link(name: str) -> None:
    """Make a link with which somebody chooses a new passphrase, once, within seven days."""
    click.echo(_link(services.invite(_account(name), actor=None, now=timezone.now())))


@command.command()
@click.argument("name")
@click.argument("new_role", metavar="ROLE", type=ROLES)
def role(name: str, new_role: str) -> None:
    """Give an account another role: member, editor or administrator."""
    services.change_role(_account(name), Role(new_role.upper()), actor=None, now=timezone.now())


@command.command()
@click.argument("name")
def close(name: str) -> None:
    """Close an account and end its sessions. What it wrote keeps its name."""
    services.close_account(_account(name), actor=None, now=timezone.now())


@command.command()
@click.argument("name")
def reopen(name: str) -> None:
    """Open again an account that was closed."""
    services.reopen_account(_account(name), actor=None, now=timezone.now())


@command.command("reset-totp")
@click.argument("name")
def reset_totp(name: str) -> None:
    """Take the second code off the account of somebody who has lost every code."""
    services.reset_totp(_account(name), actor=None, now=timezone.now())


@command.command()
@click.argument("name")
@click.option("--no", "takes", is_flag=True, help="Take the right away.")
def moderator(name: str, takes: bool) -> None:
    """Let an account moderate what people say, beside its role."""
    services.let_moderate(_account(name), not takes, actor=None, now=timezone.now())


@command.command()
@click.argument("name")
def confirm(name: str) -> None:
    """Make an account a confirmed member: its posts are published at once."""
    services.confirm_member(_account(name), actor=None, now=timezone.now())


@command.command()
@click.argument("name")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False, writable=True))
def export(name: str, path: Path) -> None:
    """Write all that is kept of a person into a ZIP, for who asks by another way."""
    path.write_bytes(services.archive(_account(name), timezone.now()))


@command.command()
@click.argument("name")
@click.option("--texts", is_flag=True, help="Erase what the person wrote too.")
def erase(name: str, texts: bool) -> None:
    """Erase an account at once. What belongs to the record stays, signed by nobody."""
    services.erase_account(_account(name), with_texts=texts, now=timezone.now())


@command.command("erase-again")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def erase_again(path: Path) -> None:
    """Erase in a restored copy the accounts that erased-accounts.jsonl names."""
    with path.open(encoding="ascii") as lines:
        click.echo(services.erase_again(lines, now=timezone.now()))


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One object, for programs.")
def list_(as_json: bool) -> None:
    """List the accounts of people, with their role and state."""
    rows = [
        {
            "name": user.username,
            "role": user.role.lower(),
            "moderates": user.moderates,
            "standing": user.standing.lower(),
            "open": user.is_active,
        }
        for user in queries.accounts()
    ]
    if as_json:
        click.echo(json.dumps({"accounts": rows}, ensure_ascii=False))
        return
    for row in rows:
        state = "" if row["open"] else f" ({gettext('fermé')})"
        click.echo(f"{row['name']}  {row['role']}{state}")


def _passphrase(path: Path | None) -> str:
    if path is None:
        asked: str = click.prompt(
            gettext("Phrase de passe"), hide_input=True, confirmation_prompt=True
        )
        return asked
    text = sys.stdin.readline() if str(path) == "-" else path.read_text("utf-8")
    first, *_ = text.splitlines() or [""]
    if not first:
        raise Refused(gettext_noop("{path} ne contient pas de phrase de passe."), path=path)
    return first


def _account(name: str) -> User:
    user = queries.find_any_account(name)
    if user is None:
        raise Refused(gettext_noop("Il n'y a pas de compte « {name} »."), name=name)
    return user


def _link(secret: str) -> str:
    """Return where the link leads, under the first name of the site."""
    host = settings.CONTRECHAMP.hosts[0]
    listen = settings.CONTRECHAMP.listen
    is_here = host in {"127.0.0.1", "localhost", "::1"}
    base = f"http://{listen}" if is_here else f"https://{host}"
    return f"{base}/invitation/{secret}/"
