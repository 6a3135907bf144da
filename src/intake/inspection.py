"""`contrechamp-intake check`: what of a door is not as it should be, and the remedy.

A finding is *unsafe* when a promise printed on the door does not hold, else a piece of *advice*.
Nothing is changed, and no key, pepper or sealed file is printed.
"""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

from . import calendar, canary, database, machine
from .config import MIB, Config, Unsafe, load
from .finding import Finding, advice, good, unsafe
from .founding import FOLDERS

KEY_DAYS = 730
MODES = {
    "recipients.txt": 0o640,
    "intake.toml": 0o640,
    "pepper": 0o600,
    "intake.sqlite3": 0o600,
    **{name: mode & 0o777 for name, mode in FOLDERS.items()},
}


def inspect(root: Path) -> list[Finding]:
    """All findings of a door, those of its directory first."""
    found = list(_modes(root))
    try:
        door = load(root)
    except Unsafe as problem:
        return [*found, unsafe("door", str(problem)), *machine.inspect()]
    found.append(good("door", f"{len(door.keys)} reader(s), profile {door.limits.profile}"))
    found += [_readers(door), _room(door), _age(door), _statement(door), *_tables(door)]
    return [*found, *_host(door), *machine.inspect()]


def _modes(root: Path) -> list[Finding]:
    found = []
    owner = root.stat().st_uid if root.exists() else os.geteuid()
    for name, most in MODES.items():
        path = root / name
        if not path.exists():
            continue
        facts = path.lstat()
        mode = stat.S_IMODE(facts.st_mode) & 0o777
        if mode & ~most:
            found.append(unsafe("mode", f"{name} is {mode:04o}: chmod {most:04o} {path}"))
        if facts.st_uid != owner:
            found.append(unsafe("owner", f"{name} has another owner: chown {owner} {path}"))
    for path in sorted((root / "store").glob("*")):
        if stat.S_IMODE(path.lstat().st_mode) & 0o137:
            found.append(unsafe("mode", f"a sealed file is too open: chmod 0640 {path}"))
            break
    return found or [good("mode", "owners and modes are as they should be")]


def _readers(door: Config) -> Finding:
    if len(door.keys) < 2:
        return advice("readers", "one reader alone: a lost key loses all; add a second one")
    return good("readers", f"{len(door.keys)} keys, each tried")


def _room(door: Config) -> Finding:
    space = os.statvfs(door.root / "store")
    free = space.f_bavail * space.f_frsize // MIB
    wanted = max(door.limits.free_mib, door.limits.uploads * 512)
    if free < wanted:
        return unsafe(
            "disk", f"{free} MiB free, {wanted} wanted, so the door is closed: free some space"
        )
    return good("disk", f"{free} MiB free")


def _age(door: Config) -> Finding:
    age = int(time.time() - (door.root / "recipients.txt").stat().st_mtime) // 86_400
    if age > KEY_DAYS:
        return advice(
            "keys", f"the readers' keys are {age} days old: make new ones and sign a new statement"
        )
    return good("keys", f"the readers' keys are {age} days old")


def _statement(door: Config) -> Finding:
    today = calendar.as_date(calendar.today())
    found = canary.read(door, today)
    if found.state is canary.State.ABSENT:
        return advice(
            "canary", "no signed statement: `contrechamp-desk canary sign`, then canary/ (howto)"
        )
    if found.is_doubtful:
        return unsafe(
            "canary",
            f"the statement is {found.state.value}, so the door is closed:"
            " have the readers sign a new one that names the keys of recipients.txt",
        )
    if found.is_stale:
        return advice("canary", f"the statement ends on {found.until}: have a new one signed")
    return good("canary", f"valid until {found.until}")


def _tables(door: Config) -> list[Finding]:
    path = door.root / "intake.sqlite3"
    try:
        with database.opened(path):
            pass
    except database.Broken as problem:
        return [unsafe("database", f"it does not open as it must ({problem}): restore it")]
    beside = [each.name for each in path.parent.glob("intake.sqlite3-*")]
    if beside:
        return [
            unsafe("database", f"{beside[0]} lies beside it: stop the door, run `tidy`, look again")
        ]
    return [good("database", "opens, and overwrites what it deletes")]


def _host(door: Config) -> list[Finding]:
    is_of_root = door.root.stat().st_uid == 0
    remedy = f"chown -R cc-door {door.root}, and serve as cc-door"
    if not door.limits.onion:
        found = [advice("onion", "no address yet: write tor's hostname into intake.toml, restart")]
        return [*found, advice("owner", f"root's: {remedy}")] if is_of_root else found
    return [unsafe("owner", f"served as root: {remedy}")] if is_of_root else []
