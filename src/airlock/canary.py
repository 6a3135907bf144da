"""The signed statement that says, each month, that nothing was ordered and no key was lost.

A text that people read and a program checks, signed offline by `ssh-keygen -Y sign`. The door
verifies it before it shows it; `docs/reference/airlock-format.md`, "Canary".
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

NAMESPACE = "contrechamp-canary"
VALID_DAYS, WARN_AFTER_DAYS = 35, 21
_TITLE = "Déclaration signée (airlock-canary/1)"
_PROMISE = (
    "Aucun ordre reçu, aucune perte de clé connue.\nNo order received, no loss of keys known.\n"
)
_ONION = re.compile(r"(?:[a-z2-7]{56}\.onion|localhost)\Z")
_SHAPE = re.compile(
    re.escape(_TITLE)
    + r"\nDate : (?P<date>\d{4}-\d\d-\d\d)\nValable jusqu'au : (?P<until>\d{4}-\d\d-\d\d)"
    r"\nAdresse : (?P<onion>[^\n]+)\n(?P<keys>(?:Clé : [0-9a-f]{64}\n){1,12})"
    r"Fait du jour : (?P<fact>[^\n]{1,300})\n\n" + re.escape(_PROMISE) + r"\Z"
)
_LONGEST = 8192


class CanaryError(ValueError):
    """The statement must not be shown as valid. `reason` is one word: see `REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


REASONS = ("missing", "shape", "forged", "expired", "early", "keys", "address", "tool")


@dataclass(frozen=True, slots=True)
class Statement:
    """What is stated. `keys` are the SHA-256 of the recipient lines, in hex, sorted."""

    dated: date
    valid_until: date
    onion: str
    keys: tuple[str, ...]
    fact: str

    def text(self) -> str:
        """Return the statement as it is signed and shown."""
        keys = "".join(f"Clé : {key}\n" for key in self.keys)
        return (
            f"{_TITLE}\nDate : {self.dated}\nValable jusqu'au : {self.valid_until}\n"
            f"Adresse : {self.onion}\n{keys}Fait du jour : {self.fact}\n\n{_PROMISE}"
        )

    def is_stale(self, today: date) -> bool:
        """Tell whether the desk must be warned that the next one is due."""
        return today >= self.dated + timedelta(days=WARN_AFTER_DAYS)


def state(today: date, onion: str, recipients: Sequence[str], fact: str) -> Statement:
    """Return the statement of a day; raise CanaryError (`shape`) when it cannot be said."""
    made = Statement(
        today, today + timedelta(days=VALID_DAYS), onion, fingerprints(recipients), fact
    )
    return parse(made.text())


def fingerprints(recipients: Sequence[str]) -> tuple[str, ...]:
    """Return the digests of recipient lines, sorted, as a statement lists them."""
    return tuple(sorted(hashlib.sha256(each.encode("ascii")).hexdigest() for each in recipients))


def parse(text: str) -> Statement:
    """Return what a text states; raise CanaryError (`shape`) on anything else."""
    found = _SHAPE.match(text)
    if found is None or len(text) > _LONGEST or not _ONION.match(found["onion"]):
        raise CanaryError("shape")
    keys = tuple(line.removeprefix("Clé : ") for line in found["keys"].splitlines())
    try:
        dated, until = date.fromisoformat(found["date"]), date.fromisoformat(found["until"])
    except ValueError as error:
        raise CanaryError("shape") from error
    right = sorted(set(keys)) == list(keys) and found["fact"].isprintable()
    if not right or not dated <= until <= dated + timedelta(days=VALID_DAYS):
        raise CanaryError("shape")
    return Statement(dated, until, found["onion"], keys, found["fact"])


def check(
    statement: Statement, today: date, *, recipients: Sequence[str] = (), onion: str = ""
) -> None:
    """Raise CanaryError when a statement does not hold today, for these keys and this address."""
    if today > statement.valid_until:
        raise CanaryError("expired")
    if statement.dated > today + timedelta(days=1):  # A day's grace for clocks and time zones.
        raise CanaryError("early")
    if recipients and fingerprints(recipients) != statement.keys:
        raise CanaryError("keys")
    if onion and onion != statement.onion:
        raise CanaryError("address")


def verify(
    statement: Path,
    signature: Path,
    signers: Path,
    today: date,
    *,
    recipients: Sequence[str] = (),
    onion: str = "",
) -> Statement:
    """Return a statement whose signature and content hold; raise CanaryError otherwise."""
    try:
        raw = statement.read_bytes()
    except OSError as error:
        raise CanaryError("missing") from error
    if not signature.is_file() or not signers.is_file():
        raise CanaryError("missing")
    _verify_signature(raw, signature, signers)
    try:
        stated = parse(raw.decode())
    except UnicodeDecodeError as error:
        raise CanaryError("shape") from error
    check(stated, today, recipients=recipients, onion=onion)
    return stated


def _verify_signature(raw: bytes, signature: Path, signers: Path) -> None:
    tool = _tool()
    asked = [tool, "-Y", "find-principals", "-s", str(signature), "-f", str(signers)]
    found = _ran(asked, b"")
    if not found:
        raise CanaryError("forged")
    command = [tool, "-Y", "verify", "-f", str(signers), "-I", found.decode().splitlines()[0]]
    if _ran([*command, "-n", NAMESPACE, "-s", str(signature)], raw) is None:
        raise CanaryError("forged")


def sign(text: str, key: Path) -> bytes:
    """Return the detached signature of a statement; raise CanaryError (`tool`, `forged`).

    ssh-keygen asks for the key's passphrase itself, on the terminal.
    """
    made = _ran([_tool(), "-Y", "sign", "-q", "-f", str(key), "-n", NAMESPACE], text.encode())
    if not made:
        raise CanaryError("forged")
    return made


def _tool() -> str:
    tool = shutil.which("ssh-keygen")
    if tool is None:
        raise CanaryError("tool")
    return tool


def _ran(command: Sequence[str], given: bytes) -> bytes | None:
    """Return what a program printed, or None when it refused."""
    done = subprocess.run(  # noqa: S603 - a program of the system, no shell
        list(command), input=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
    )
    return done.stdout if done.returncode == 0 else None
