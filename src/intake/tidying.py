"""What is done each night: sweep, retention, the desk's orders, new inodes."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from . import calendar, database
from .config import Config
from .store import PENDING

SEALED = re.compile(r"[0-9a-f]{32}\.(?:age|gpg)\Z")
MAILBOX = re.compile(r"[0-9a-f]{32}\Z")
COLLECTED, DESTROY = ".collected", ".destroy"


@dataclass
class Tidied:
    """What one night did: numbers and nothing else."""

    swept: int = 0
    destroyed: int = 0
    unread: int = 0
    collected: int = 0
    mailboxes: int = 0
    renewed: int = 0
    unclear: int = 0


def sweep(config: Config) -> int:
    """Remove what a killed process may have left where files cannot be nameless."""
    left = [p for p in (config.root / "store").iterdir() if p.name.startswith(PENDING)]
    for path in left:
        path.unlink()
    return len(left)


def tidy(config: Config, today: int) -> Tidied:
    """All of it, as of the day `today` (days since 1970). Safe to repeat."""
    done = Tidied(swept=sweep(config))
    _obey(config, done)
    _retain(config, today, done)
    _forget_mailboxes(config, today, done)
    done.renewed = renew(config.root / "store")
    return done


def _obey(config: Config, done: Tidied) -> None:
    """Destroy the dossiers that two different readers named: one name on each of two lines."""
    for order in sorted((config.root / "orders").iterdir()):
        name = order.name.removesuffix(DESTROY)
        if not order.name.endswith(DESTROY):
            continue
        if not SEALED.match(name) or not _is_of_two(order):
            done.unclear += 1
            continue
        target = config.root / "store" / name
        done.destroyed += target.exists()
        target.unlink(missing_ok=True)
        (config.root / "orders" / (name + COLLECTED)).unlink(missing_ok=True)
        order.unlink()


def _is_of_two(order: Path) -> bool:
    if order.is_symlink() or not order.is_file() or order.stat().st_size > 1024:
        return False
    try:
        names = [line.strip().casefold() for line in order.read_text("utf-8").splitlines()]
    except ValueError:
        return False
    names = [name for name in names if name]
    return len(names) == 2 and names[0] != names[1]


def _retain(config: Config, today: int, done: Tidied) -> None:
    """Delete what is past its days: unread, or after it was collected."""
    orders = config.root / "orders"
    for path in (config.root / "store").iterdir():
        if not SEALED.match(path.name):
            continue
        mark = orders / (path.name + COLLECTED)
        if mark.exists():
            if today - _day_of(mark) > config.limits.keep_collected_days:
                path.unlink()
                mark.unlink()
                done.collected += 1
        elif today - int(path.stat().st_mtime) // calendar.DAY_SECONDS > (
            config.limits.keep_unread_days
        ):
            path.unlink()
            done.unread += 1
    for mark in orders.iterdir():
        name = mark.name.removesuffix(COLLECTED)
        if mark.name.endswith(COLLECTED) and not (config.root / "store" / name).exists():
            mark.unlink()


def _day_of(mark: Path) -> int:
    """The day that the desk wrote into the mark, or the mark's own."""
    try:
        return calendar.day_number(date.fromisoformat(mark.read_text("ascii").strip()))
    except (OSError, ValueError):
        return int(mark.lstat().st_mtime) // calendar.DAY_SECONDS


def _forget_mailboxes(config: Config, today: int, done: Tidied) -> None:
    """Forget the mailboxes that nobody opened for so many months, and their replies."""
    oldest = calendar.month_of(today) - config.limits.keep_mailbox_months
    remaining = database.forget_before(config.root / "intake.sqlite3", oldest)
    for folder in (config.root / "replies").iterdir():
        if MAILBOX.match(folder.name) and folder.name not in remaining and folder.is_dir():
            shutil.rmtree(folder)
            done.mailboxes += 1


def renew(store: Path) -> int:
    """Copy every sealed file to a new inode, in shuffled order.

    Setting times hides neither the birth time nor the inode's number, which tell the order and
    the second of arrival; a new inode has those of this night.
    """
    names = [path.name for path in store.iterdir() if SEALED.match(path.name)]
    secrets.SystemRandom().shuffle(names)
    for name in names:
        source, copy = store / name, store / (PENDING + secrets.token_hex(16))
        facts = source.stat()
        with source.open("rb") as old, copy.open("xb") as new:
            while os.sendfile(new.fileno(), old.fileno(), None, 1 << 20):
                pass
            os.fchmod(new.fileno(), facts.st_mode & 0o777)
            os.fchown(new.fileno(), -1, facts.st_gid)
            midnight = int(facts.st_mtime) // calendar.DAY_SECONDS * calendar.DAY_SECONDS
            os.utime(new.fileno(), (midnight, midnight))
            os.fsync(new.fileno())
        copy.replace(source)
    return len(names)
