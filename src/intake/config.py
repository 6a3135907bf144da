"""The directory of one door: settings, keys, pepper, and what makes it unsafe to open."""

from __future__ import annotations

import hashlib
import re
import secrets
import stat
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from airlock import recipients, sealing
from airlock.english import ENGLISH

MIB = 1 << 20
ONION = re.compile(r"[a-z2-7]{56}\.onion\Z")
PROFILES = ("age", "openpgp")
ON_EXPIRY = ("close", "warn")
EMPTY_KEY = b"\0" * 32

TEMPLATE = """\
# One door. Read at start: a change needs a restart.
onion = "{onion}"  # The address it serves. Empty: only the Host "localhost" (trials).
profile = "{profile}"  # age | openpgp
request_mib = 500  # One request, files and message together.
message_chars = 100000
daily_dossiers = 200
daily_mib = 20480
store_mib = 204800
free_mib = 8192  # Under this free space the door closes.
uploads = 8  # At the same time.
connections = 64  # At the same time.
keep_unread_days = 90
keep_collected_days = 7
keep_mailbox_months = 12
on_expiry = "close"  # close | warn: when the canary's statement is past its day or not ours.
"""


class Unsafe(RuntimeError):
    """The door must not open; the sentence says why and what to do."""


@dataclass(frozen=True)
class Limits:
    """`intake.toml`: what one door accepts and how long it keeps. Sizes in MiB, times as named."""

    onion: str
    profile: str
    request_mib: int
    message_chars: int
    daily_dossiers: int
    daily_mib: int
    store_mib: int
    free_mib: int
    uploads: int
    connections: int
    keep_unread_days: int
    keep_collected_days: int
    keep_mailbox_months: int
    on_expiry: str


@dataclass(frozen=True)
class Config:
    """One door as it was when it started. `boot_key` lives as long as the process.

    `keys` are what the sealer takes, `key_lines` what `recipients.txt` says of them.
    """

    root: Path
    limits: Limits
    keys: tuple[str, ...]
    key_lines: tuple[str, ...]
    keys_digest: str
    pepper: bytes
    boot_key: bytes

    @property
    def host(self) -> str:
        """The only Host that is answered."""
        return self.limits.onion or "localhost"

    @property
    def suffix(self) -> str:
        """What a sealed file's name ends with."""
        return sealing.SEALERS[self.limits.profile].suffix

    def are_keys_unchanged(self) -> bool:
        """Whether the readers' keys on disk are still those that were vetted at the start."""
        try:
            return digest_of_keys(self.root) == self.keys_digest
        except OSError:
            return False

    def sealer(self, sink: int) -> sealing.Sealer:
        """The encryptor of this door's profile, another process, writing to the descriptor."""
        return sealing.SEALERS[self.limits.profile](sink, self.keys)


def digest_of_keys(root: Path) -> str:
    """SHA-256 over recipients.txt and each certificate beside it; raises OSError."""
    total = hashlib.sha256((root / "recipients.txt").read_bytes())
    for path in certificates(root):
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def certificates(root: Path) -> list[Path]:
    """The OpenPGP certificates of the door, in the order of their names."""
    return sorted((root / "recipients").glob("*.asc"))


def read_limits(root: Path) -> Limits:
    """The settings of `intake.toml`; raises Unsafe with the name of what is wrong."""
    try:
        values = tomllib.loads((root / "intake.toml").read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise Unsafe(f"intake.toml cannot be read: {problem}") from problem
    known = {field.name: field.type for field in fields(Limits)}
    for name in values:
        if name not in known:
            raise Unsafe(f"intake.toml: {name} is no setting of a door; remove the line")
    for name, kind in known.items():
        value = values.get(name)
        if name not in values:
            raise Unsafe(f"intake.toml: {name} is missing; compare it with a new door's file")
        is_right = type(value) is str if kind == "str" else type(value) is int and value > 0
        # No free space asked for is a choice; zero uploads or days are a mistake.
        if not is_right and not (name == "free_mib" and value == 0):
            raise Unsafe(f"intake.toml: {name} is {value!r}; a {_wanted(str(kind))} is expected")
    limits = Limits(**values)
    _check_words(limits)
    return limits


def _wanted(kind: str) -> str:
    return "text in quotes" if kind == "str" else "whole number above zero"


def _check_words(limits: Limits) -> None:
    if limits.onion and not ONION.match(limits.onion):
        raise Unsafe("intake.toml: onion is not an address of 56 letters and digits and .onion")
    if limits.profile not in PROFILES:
        raise Unsafe("intake.toml: profile is age or openpgp")
    if limits.on_expiry not in ON_EXPIRY:
        raise Unsafe("intake.toml: on_expiry is close or warn")
    if limits.request_mib > 500:
        raise Unsafe("intake.toml: request_mib is 500 at most, or a dossier outgrows its bucket")


def read_keys(root: Path, profile: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The readers' keys, vetted, with a trial sealing in a child, and their lines; raises Unsafe.

    A line is an age recipient, or the name and the SHA-256 of a certificate in `recipients/`.
    """
    try:
        if profile == "age":
            keys = tuple(recipients.load_age(root / "recipients.txt"))
            return keys, keys
        lines = tuple((root / "recipients.txt").read_text("ascii").splitlines())
        paths = certificates(root)
        if not 1 <= len(paths) <= recipients.MOST or lines != tuple(map(line_of, paths)):
            raise Unsafe("recipients.txt does not say what is in recipients/; compare them")
        keys = tuple(recipients.vet_openpgp(path) for path in paths)
        recipients.probe(keys, profile)
    except (OSError, ValueError) as problem:
        raise Unsafe(f"the readers' keys: {in_english(problem)}") from problem
    return keys, lines


def in_english(problem: Exception) -> str:
    """The airlock's sentence about a key, in the language of this command."""
    return ENGLISH.get(str(problem), str(problem))


def line_of(certificate: Path) -> str:
    """The line of an OpenPGP certificate in `recipients.txt`; raises OSError."""
    return f"{certificate.name} {hashlib.sha256(certificate.read_bytes()).hexdigest()}"


def read_pepper(root: Path) -> bytes:
    """The 32 bytes without which no codename opens anything; raises Unsafe."""
    path = root / "pepper"
    try:
        facts = path.lstat()
        pepper = path.read_bytes()
    except OSError as problem:
        raise Unsafe(f"pepper cannot be read: {problem.strerror}") from problem
    if not stat.S_ISREG(facts.st_mode) or facts.st_mode & 0o077:
        raise Unsafe("pepper may be read by others: chmod 600 pepper")
    if len(pepper) != 32 or pepper == EMPTY_KEY:
        raise Unsafe(
            "pepper is not 32 random bytes; with another one no codename opens its mailbox"
        )
    return pepper


def load(root: Path) -> Config:
    """The door at `root`, ready to be served; raises Unsafe."""
    if not root.is_dir():
        raise Unsafe(f"{root} is no directory; `contrechamp-intake init` makes one")
    limits = read_limits(root)
    try:
        digest = digest_of_keys(root)
    except OSError as problem:
        raise Unsafe(f"recipients.txt cannot be read: {problem.strerror}") from problem
    keys, lines = read_keys(root, limits.profile)
    for name in ("store", "replies", "orders", "canary", "run", "intake.sqlite3"):
        if not (root / name).exists():
            raise Unsafe(f"{name} is missing; restore it, or make a new door with `init`")
    config = Config(root, limits, keys, lines, digest, read_pepper(root), secrets.token_bytes(32))
    if not config.are_keys_unchanged():
        raise Unsafe("recipients.txt changed while it was read; try again")
    return config
