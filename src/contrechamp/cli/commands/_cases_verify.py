"""Whether a package of evidence is as it was signed: no database, no network."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext

from contrechamp.foi.domain.examining import ARCHIVE, Examined, Signature, State, examine
from contrechamp.foundation.signing import check, find_public_key, fingerprint
from contrechamp.kernel.errors import Refused, gettext_noop

DOES_NOT_HOLD = 1
LONGEST_KEY = 10_000
WORDS = {
    State.INTACT: gettext_noop("intact"),
    State.CHANGED: gettext_noop("MODIFIÉ"),
    State.MISSING: gettext_noop("MANQUE"),
    State.EXTRA: gettext_noop("EN TROP : personne ne l'a signé"),
    State.UNCHECKED: gettext_noop("NON VÉRIFIÉ : la liste est illisible"),
}
SIGNED = {
    Signature.INVALID: gettext_noop("La signature n'est pas celle de cette liste."),
    Signature.MISSING: gettext_noop("La liste, ou sa signature, manque ou est illisible."),
}
BY = {
    "this": gettext_noop("Signé par cet observatoire."),
    "given": gettext_noop("Signé par la clé que vous avez donnée."),
    "unknown": gettext_noop(
        "Signé par la clé {print}, que cette machine ne connaît pas : comparez cette empreinte à "
        "celle que l'observatoire publie à sa page « Données »."
    ),
    "other": gettext_noop("Signé, mais par une autre clé que celle que vous avez donnée."),
}


@click.command()
@click.argument("package", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The public key (PEM) that must have signed it.",
)
@click.option("--json", "as_one", is_flag=True, help="One JSON object and nothing else.")
def verify(package: Path, *, key: Path | None, as_one: bool) -> None:
    """Check a package of evidence, file by file. Ends with 1 when a byte has changed."""
    wanted = _key(key) if key else ""
    with package.open("rb") as source:
        found = examine(source, _checked)
    if found.is_zip and not found.manifest and not any(each.path for each in found.files):
        raise Refused(gettext_noop("Ce fichier ZIP est vide : ce n'est pas un dossier de preuves."))
    by = _by(found, wanted)
    holds = found.holds and found.is_package and by != "other"
    if as_one:
        click.echo(json.dumps(_report(found, by, holds=holds), ensure_ascii=False))
    else:
        _show(found, by, holds=holds)
    if not holds:
        sys.exit(DOES_NOT_HOLD)


COMMANDS = (verify,)


def _key(path: Path) -> str:
    text = path.read_bytes()[:LONGEST_KEY].decode("ascii", "replace")
    fingerprint(text)  # Refuses what is no key.
    return text


def _checked(manifest: bytes, signature: bytes, key: str) -> bool:
    try:
        return check(manifest, signature, key)
    except Refused:
        return False


def _by(found: Examined, wanted: str) -> str:
    """Return who signed: `this`, `given`, `unknown`, `other`; empty when nobody did."""
    if found.signature is not Signature.VALID:
        return ""
    signer = fingerprint(found.public_key)
    if wanted:
        return "given" if signer == fingerprint(wanted) else "other"
    ours = find_public_key()
    return "this" if ours and signer == fingerprint(ours) else "unknown"


def _report(found: Examined, by: str, *, holds: bool) -> dict[str, Any]:
    return {
        "holds": holds,
        "signature": str(found.signature),
        "signed_by": by,
        "fingerprint": fingerprint(found.public_key) if by else "",
        "profile": str(found.manifest.get("profile", "")),
        "request": str(found.manifest.get("request", "")),
        "altered_at": found.altered_at,
        "files": [{"path": each.path, "state": str(each.state)} for each in found.files],
    }


def _show(found: Examined, by: str, *, holds: bool) -> None:
    for each in found.files:
        sign = "✓" if each.state is State.INTACT else "✗"
        click.echo(f"{sign} {_plain(each.path)}  {gettext(WORDS[each.state])}")
    say: Callable[[str], None] = click.echo if holds else lambda text: click.echo(text, err=True)
    if not found.is_zip:
        say(
            gettext(
                "Ce fichier n'est pas une archive ZIP entière : il est abîmé, ou d'une autre "
                "nature."
            )
        )
        return
    if found.manifest and not found.is_package:
        say(gettext("Cette archive n'est pas un dossier de preuves de l'observatoire."))
        return
    if found.altered_at == ARCHIVE:
        say(gettext("L'archive elle-même n'est plus celle d'origine : refaite, ou complétée."))
    elif found.altered_at:
        say(
            gettext("L'archive n'est plus celle d'origine, à partir de : {path}").format(
                path=_plain(found.altered_at)
            )
        )
    if by:
        say(gettext(BY[by]).format(print=fingerprint(found.public_key)))
    else:
        say(gettext(SIGNED[found.signature]))
    say(gettext("Rien n'a changé.") if holds else gettext("Ce dossier ne tient pas."))


def _plain(path: str) -> str:
    """Return a name without what would move the cursor of a terminal."""
    return "".join(
        sign if unicodedata.category(sign)[0] not in "CZ" else "?" for sign in path[:300]
    )
