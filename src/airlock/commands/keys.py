"""`keygen`: a reader's key, made offline. The public line alone is shown."""

from __future__ import annotations

import getpass
import secrets
import subprocess
from argparse import Namespace
from pathlib import Path

from airlock.keeping import new_file, refuse_to_overwrite
from airlock.say import Refused, say
from airlock.unsealing import has_pyrage, need
from airlock.words import WordsError, french

from .terminal import remark, tell

WORDS = 7


def keygen(asked: Namespace) -> int:
    """Write a new key to a file that did not exist, under a passphrase unless asked otherwise."""
    refuse_to_overwrite(asked.out)
    public, text = _made()
    if asked.no_passphrase:
        with new_file(asked.out) as part:
            part.write_bytes(text)
    else:
        _protect(text, asked.out)
    tell(public)
    return 0


def proposed() -> str:
    """Return seven French words, 77 bits; raise Refused without the list."""
    try:
        return " ".join(secrets.choice(french()) for _ in range(WORDS))
    except WordsError as error:
        raise Refused("La liste de mots manque : réinstallez l'outil.", 6) from error


def _made() -> tuple[str, bytes]:
    if has_pyrage():
        import pyrage

        identity = pyrage.x25519.Identity.generate()
        public = str(identity.to_public())
        return public, f"# public key: {public}\n{identity}\n".encode()
    tool = need("age-keygen", "age")
    made = subprocess.run(  # noqa: S603 - a program of the system, no shell
        [tool], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
    ).stdout
    lines = made.decode("ascii").splitlines()
    public = next(line for line in lines if line.startswith("# public key: "))[14:]
    secret = next(line for line in lines if line.startswith("AGE-SECRET-KEY-"))
    return public, f"# public key: {public}\n{secret}\n".encode()


def _protect(text: bytes, out: Path) -> None:
    """Encrypt the key with a passphrase; the program `age` asks for it itself."""
    remark(say("Phrase proposée, à noter sur papier : {words}", words=proposed()))
    with new_file(out) as part:
        if has_pyrage():
            import pyrage

            part.write_bytes(pyrage.passphrase.encrypt(text, _passphrase()))
            return
        sealed = subprocess.run(  # noqa: S603 - a program of the system, no shell
            [need("age", "age"), "--passphrase"], input=text, stdout=subprocess.PIPE, check=False
        )
        if sealed.returncode or not sealed.stdout:
            raise Refused("Pas de phrase de passe : aucune clé n'a été écrite.")
        part.write_bytes(sealed.stdout)


def _passphrase() -> str:
    first = getpass.getpass(say("Tapez-la, ou une autre aussi longue : "))
    if len(first) < 20:
        raise Refused("Trop courte : sept mots, ou vingt signes au moins. Rien n'a été écrit.")
    if getpass.getpass(say("Encore une fois : ")) != first:
        raise Refused("Les deux phrases diffèrent. Rien n'a été écrit.")
    return first
