"""Opening what was sealed: by pyrage, by the program `age`, or by `gpg` for the profile openpgp."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import tempfile
from importlib import import_module
from pathlib import Path

from .envelope import AGE_MAGIC
from .say import Refused, say
from .sealing import SHARED_MEMORY

NOT_FOR_US, DAMAGED, NO_TOOL = 4, 5, 6
_SECRET = "AGE-SECRET-KEY-1"  # noqa: S105 - how a secret key starts


def has_pyrage() -> bool:
    """Tell whether the package is there; without it the program `age` does."""
    try:
        import_module("pyrage")
    except ImportError:
        return False
    return True


def need(program: str, package: str) -> str:
    """Return the path of a program; raise Refused (6) with what to install."""
    found = shutil.which(program)
    if found is None:
        raise Refused(
            "Il manque le programme {program}. Sur Debian ou Tails : apt install {package}.",
            NO_TOOL,
            program=program,
            package=package,
        )
    return found


def unseal(file: Path, identity: Path | None, target: Path) -> None:
    """Decrypt `file` into the new file `target`; raise Refused (4, 6, or 2 without a key).

    What was written before a failure must be thrown away: a cut shows only at the end.
    """
    with file.open("rb") as sealed:
        is_age = sealed.read(len(AGE_MAGIC)) == AGE_MAGIC
    if not is_age:
        _by_gpg(file, identity, target)
    elif identity is None:
        raise Refused("Donnez votre clé : --identity FICHIER.")
    elif has_pyrage():
        _by_pyrage(file, identities(identity), target)
    else:
        _by_age(file, identity, target)


def identities(path: Path) -> list[str]:
    """Return the secret keys of a file, after its passphrase when it has one; raise Refused."""
    import pyrage

    raw = path.read_bytes()
    if raw.startswith(AGE_MAGIC):
        words = getpass.getpass(say("Phrase de passe : "))
        try:
            raw = pyrage.passphrase.decrypt(raw, words)
        except pyrage.DecryptError as error:
            raise Refused("Cette phrase de passe n'ouvre pas la clé.", NOT_FOR_US) from error
    lines = [line.strip() for line in raw.decode("ascii", "replace").splitlines()]
    keys = [line for line in lines if line.startswith(_SECRET)]
    if not keys:
        raise Refused("{name} ne contient pas de clé secrète age.", name=path.name)
    return keys


def _not_for_us() -> Refused:
    return Refused("Ce fichier n'est pas scellé pour cette clé, ou il est abîmé.", NOT_FOR_US)


def _by_pyrage(file: Path, keys: list[str], target: Path) -> None:
    import pyrage

    try:
        held = [pyrage.x25519.Identity.from_str(key) for key in keys]
    except pyrage.IdentityError as error:
        raise Refused("La clé secrète est mal recopiée.") from error
    with file.open("rb") as sealed, target.open("xb") as plain:
        try:
            pyrage.decrypt_io(sealed, plain, held)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # A Rust panic is not an Exception.
            raise _not_for_us() from error


def _by_age(file: Path, identity: Path, target: Path) -> None:
    command = [need("age", "age"), "--decrypt", "-i", str(identity), "-o", str(target), str(file)]
    if subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode:  # noqa: S603
        raise _not_for_us()


def _by_gpg(file: Path, identity: Path | None, target: Path) -> None:
    """Decrypt with the reader's own keyring, or with a key file in a home of its own."""
    gpg = [need("gpg", "gnupg"), "--quiet"]
    if identity is None:
        _gpg_decrypts(gpg, file, target)
        return
    place = SHARED_MEMORY if SHARED_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="gpg-", dir=place) as home:
        at_home = [*gpg, "--homedir", home, "--no-options", "--batch", "--no-tty"]
        try:
            _quietly([*at_home, "--import", str(identity)])
            _gpg_decrypts(at_home, file, target)
        finally:
            _quietly([need("gpgconf", "gnupg"), "--homedir", home, "--kill", "all"])


def _gpg_decrypts(gpg: list[str], file: Path, target: Path) -> None:
    command = [*gpg, "--max-output", str(1 << 30), "--output", str(target), "--decrypt", str(file)]
    if not _quietly(command) or not target.exists():
        raise _not_for_us()


def _quietly(command: list[str]) -> bool:
    environ = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(  # noqa: S603 - a program of the system, no shell
        command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return done.returncode == 0
