"""The mailbox of a source: known by a hash, its replies readable with the codename alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from airlock import codename, reply

from . import calendar, database
from .config import Config
from .tokens import Visit

MOST_REPLIES, LONGEST_REPLY = 50, 20_000


def visit_of(keys: codename.Keys) -> Visit:
    """The mailbox and the public key that replies are sealed to."""
    import pyrage  # In the child alone: the parent never runs it.

    identity = pyrage.x25519.Identity.from_str(keys.age_identity)
    return Visit(keys.mailbox, str(identity.to_public()))


def is_known(config: Config, visit: Visit) -> bool:
    """Whether the mailbox exists; this counts as a visit of the month."""
    month = calendar.month_of(calendar.today())
    return database.is_known(config.root / "intake.sqlite3", visit.mailbox, month=month)


def open_replies(config: Config, keys: codename.Keys) -> tuple[list[str], int]:
    """The texts of the replies, oldest first, and how many files could not be opened."""
    opened: list[str] = []
    unread = 0
    for path in _files(config.root / "replies" / keys.mailbox)[:MOST_REPLIES]:
        try:
            opened.append(reply.open_sealed(_read(path), keys.age_identity))
        except (reply.ReplyError, OSError):
            unread += 1
    return opened, unread


def erase(config: Config, visit: Visit, *, everything: bool) -> None:
    """Unlink the replies; with `everything` forget the mailbox too. Raises OSError, Broken."""
    folder = config.root / "replies" / visit.mailbox
    for path in _files(folder):
        path.unlink()
    if everything:
        database.forget(config.root / "intake.sqlite3", visit.mailbox)
        if folder.is_dir():
            folder.rmdir()


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir() or folder.is_symlink():
        return []
    paths = [path for path in folder.iterdir() if path.suffix == ".age"]
    return sorted(paths, key=lambda path: (path.lstat().st_mtime, path.name))


def _read(path: Path) -> bytes:
    """A small plain file; raises OSError for anything else."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > LONGEST_REPLY:
            raise OSError("no reply")
        return file.read()
