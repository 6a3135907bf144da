"""Copies of the site in files: are they whole, and which are known?"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from django.utils import timezone

from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.mirror import queries, services
from contrechamp.watch.services import fetcher

SHOWN = 20


@click.group()
def command() -> None:
    """Check copies of the site in files, and make mirrors known."""


@command.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.option("--manifest", type=click.Path(path_type=Path, dir_okay=False), help="Its manifest.")
@click.option("--key", type=click.Path(path_type=Path, dir_okay=False), help="Public key (PEM).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def verify(*, folder: Path | None, manifest: Path | None, key: Path | None, as_json: bool) -> None:
    """Hash every file of a copy again: is it what its signed manifest says? Exit 1 if not."""
    if folder is None and manifest is None:
        raise Refused(gettext_noop("Nommez le dossier de la copie, ou son manifeste."))
    where = folder or (manifest or Path()).parent
    found = services.verify(where, manifest=manifest, key=_text(key) if key else "")
    difference = found.difference
    is_good = found.is_signed and not difference and not found.is_unfinished
    if as_json:
        click.echo(
            json.dumps(
                {
                    "ok": is_good,
                    "signed": found.is_signed,
                    "fingerprint": found.fingerprint,
                    "key": "own" if found.is_own_key else "given",
                    "unfinished": found.is_unfinished,
                    "day": found.manifest.day,
                    "origin": found.manifest.origin,
                    "files": len(found.manifest.files),
                    "missing": list(difference.missing),
                    "changed": list(difference.changed),
                    "extra": list(difference.extra),
                },
                ensure_ascii=False,
                sort_keys=True,
            )
        )
    else:
        _tell(found)
    sys.exit(0 if is_good else 1)


def _tell(found: services.Verified) -> None:
    difference = found.difference
    for what in ("missing", "changed", "extra"):
        names = getattr(difference, what)
        for name in names[:SHOWN]:
            click.echo(f"{what}: {name}")
        if len(names) > SHOWN:
            click.echo(f"{what}: … {len(names) - SHOWN} more")
    if found.is_unfinished:
        click.echo("unfinished: an export into this folder was cut; run it again")
    signed = "signed by" if found.is_signed else "NOT signed by"
    whose = " (the key that lies in the copy itself)" if found.is_own_key else ""
    click.echo(f"{signed} {found.fingerprint}{whose}")
    click.echo(f"{len(found.manifest.files)} files, of {found.manifest.day}")


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError):
        raise Refused(gettext_noop("La clé « {path} » est illisible."), path=str(path)) from None


@command.command()
@click.argument("address")
@click.option("--operator", required=True, help="Who keeps it.")
@click.option("--key", type=click.Path(path_type=Path, dir_okay=False), help="Public key (PEM).")
def add(*, address: str, operator: str, key: Path | None) -> None:
    """Make a mirror known on the page of mirrors."""
    made = services.add_mirror(
        address, operator=operator, key=_text(key) if key else "", now=timezone.now()
    )
    click.echo(made.address)


@command.command(name="list")
def known() -> None:
    """List the mirrors that are known."""
    for one in queries.mirrors():
        seen = (
            f"copy of {one.copy_day}, verified {one.verified_at:%Y-%m-%d}"
            if one.verified_at
            else "-"
        )
        click.echo(f"{one.address} | {one.operator} | {seen} | {one.trouble}")


@command.command()
@click.argument("address")
@click.option("--sample", default=10, show_default=True, help="Files to read and compare.")
@click.option("--key", type=click.Path(path_type=Path, dir_okay=False), help="Public key (PEM).")
@click.option("--socks", default="", help="socks5h://127.0.0.1:9050, for an onion service.")
def check(*, address: str, sample: int, key: Path | None, socks: str) -> None:
    """Read the manifest of a mirror and some of its files, slowly. Exit 1 if it does not hold."""
    with fetcher(address, proxy=socks) as fetch:
        found = services.check_mirror(
            address,
            fetch=fetch,
            now=timezone.now(),
            key=_text(key) if key else "",
            sample=sample,
        )
    for path in found.difference.missing:
        click.echo(f"missing: {path}")
    for path in found.difference.changed:
        click.echo(f"changed: {path}")
    signed = "signed" if found.is_signed else "NOT signed by the known key"
    click.echo(f"{signed}; {found.looked_at} of {found.files} files read; copy of {found.day}")
    sys.exit(0 if found.is_good else 1)
