"""The readers' desk: its own server, database and readers; and the way into the house.

All but `import` start the desk's settings and never the house's: they read `DESK_*` alone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

FOLDER = click.Path(path_type=Path, file_okay=False)


def _start(data: Path, door: Path | None = None) -> None:
    """Start Django for the desk in its own folder."""
    os.environ["DESK_DATA"] = str(data.absolute())
    if door is not None:
        os.environ["DESK_DOOR"] = str(door.absolute())
    elif (kept := data / "door").exists():
        os.environ.setdefault("DESK_DOOR", kept.read_text().strip())
    if (host := data / "host").exists():
        os.environ.setdefault("DESK_HOST", host.read_text().strip())
    os.environ["DJANGO_SETTINGS_MODULE"] = "contrechamp.project.settings_desk"
    import django
    from django.utils.translation import activate

    from contrechamp.cli.starting import language

    django.setup()
    activate(language(os.environ))


def _refuse(sentence: str, **values: object) -> None:
    from contrechamp.kernel.errors import Misconfigured

    raise Misconfigured(sentence, **values)


@click.group()
def command() -> None:
    """Sort what the door sealed; bring a cleaned document into the house."""


@command.command()
@click.argument("data", type=FOLDER)
@click.option("--door", required=True, type=FOLDER, help="The folder of `contrechamp-intake`.")
@click.option("--host", default="localhost", show_default=True, help="The desk's onion name.")
def init(data: Path, door: Path, host: str) -> None:
    """Make the desk's folder: database, key, look. Doing it again changes nothing."""
    from django.utils.crypto import get_random_string

    if not (door / "store").is_dir():
        _refuse("{door} n'est pas le dossier d'une porte : il y manque store/.", door=door)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    data.chmod(0o700)
    (data / "door").write_text(f"{door.absolute()}\n")
    (data / "host").write_text(f"{host}\n")
    key = data / "secret_key"
    if not key.exists():
        with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(get_random_string(50))
    _start(data, door)
    from django.core.management import call_command

    from contrechamp.foundation.tables import make_tables

    make_tables()
    call_command("collectstatic", verbosity=0, interactive=False)
    (data / "desk.sqlite3").chmod(0o600)
    click.echo(str(data))


@command.command("add-reader")
@click.argument("data", type=FOLDER)
@click.argument("code")
@click.option("--key", default="", help="The reader's public line, age1…, for the notice.")
@click.option("--address", default="", help="Where the daily notice goes; empty: a file.")
@click.option("--passphrase-file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
def add_reader(
    data: Path, code: str, *, key: str, address: str, passphrase_file: Path | None
) -> None:
    """Let a person in: asks for a passphrase, shows the seed of the generator of codes once."""
    import qrcode

    _ready(data)
    from contrechamp.desk.services import signing_in

    passphrase = (
        sys.stdin.readline().rstrip("\n")
        if str(passphrase_file) == "-"
        else passphrase_file.read_text("utf-8").splitlines()[0]
        if passphrase_file
        else click.prompt("Phrase", hide_input=True, confirmation_prompt=True, err=True)
    )
    reader = signing_in.add_reader(code, passphrase, key=key, address=address)
    address_ = signing_in.address_of(reader)
    click.echo(address_)
    code_ = qrcode.QRCode(border=1)
    code_.add_data(address_)
    code_.print_ascii(out=sys.stderr, invert=True)


@command.command("dismiss-reader")
@click.argument("data", type=FOLDER)
@click.argument("code")
def dismiss_reader(data: Path, code: str) -> None:
    """Shut a person out at once. What they copied stays readable to them."""
    _ready(data)
    from contrechamp.desk.services import signing_in

    signing_in.dismiss_reader(code)
    click.echo(code)


@command.command()
@click.argument("data", type=FOLDER)
@click.argument("code")
@click.argument("recipient")
def key(data: Path, code: str, recipient: str) -> None:
    """Say a reader's public line (age1…), to which the daily notice is sealed."""
    _ready(data)
    from contrechamp.desk.services import signing_in

    signing_in.set_key(code, recipient)
    click.echo(code)


@command.command()
@click.argument("data", type=FOLDER)
@click.option("--unix", type=click.Path(path_type=Path), help="A socket for the onion service.")
@click.option("--bind", default="", help="127.0.0.1:PORT, to try it on this machine.")
def serve(data: Path, unix: Path | None, bind: str) -> None:
    """Serve the desk to its onion service. Keeps no log."""
    _ready(data)
    if bool(unix) == bool(bind):
        raise click.UsageError("--unix or --bind, one of them")
    host, _colon, port = bind.rpartition(":")
    if bind and (host != "127.0.0.1" or not port.isdecimal()):
        _refuse("Le bureau n'écoute que sur 127.0.0.1:PORT ou une prise Unix.")
    from contrechamp.cli.serving import serve as answer
    from contrechamp.foundation.env import Address

    click.echo("contrechamp desk: ready")
    answer(
        "contrechamp.project.wsgi_desk:application",
        unix or Address(host, int(port)),
        workers=1,
        threads=4,
        is_silent=True,
    )


@command.command()
@click.argument("data", type=FOLDER)
def notice(data: Path) -> None:
    """Tell who is on duty, every day at the same hour (cron, timer): one size, always."""
    _ready(data)
    from django.utils import timezone

    from contrechamp.desk.services.noticing import send_notices

    click.echo(" ".join(send_notices(now=timezone.now())))


@command.command("import")
@click.argument("bundle", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--by", required=True, help="The account of the house that takes it in.")
def import_(bundle: Path, by: str) -> None:
    """Bring a bundle of `contrechamp-desk promote` into the house, as any received document."""
    from contrechamp.cli.starting import start_django

    start_django()
    from django.utils import timezone

    from contrechamp.accounts.queries import find_account
    from contrechamp.cli.commands.init import ensure_ready
    from contrechamp.desk.services.bringing import bring
    from contrechamp.kernel.errors import Refused

    ensure_ready()
    actor = find_account(by)
    if actor is None:
        raise Refused("Aucun compte « {name} ».", name=by)
    said, report = bring(bundle, actor=actor, now=timezone.now())
    entry = report.documents[0]
    click.echo(f"{entry.state} {entry.id} {said.title}")


def _ready(data: Path) -> None:
    """Start, or refuse where the desk is not set up."""
    if not (data / "desk.sqlite3").exists():
        _refuse("Lancez d'abord `contrechamp desk init {data} --door PORTE`.", data=data)
    if data.stat().st_mode & 0o077:
        _refuse("{data} est lisible par d'autres : chmod 700 {data}.", data=data)
    _start(data)
