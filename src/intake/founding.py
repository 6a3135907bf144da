"""How a door is made: `contrechamp-intake init`."""

from __future__ import annotations

import grp
import os
import secrets
import shutil
from pathlib import Path

from airlock import recipients

from . import database
from .config import ONION, TEMPLATE, Unsafe, in_english, line_of

GROUP = "cc-post"
# What the desk reads or writes carries the shared group; the rest is the door's alone.
FOLDERS = {"store": 0o2750, "replies": 0o2770, "orders": 0o2770, "canary": 0o2750, "run": 0o700}


def found(root: Path, keys: list[str], profile: str, onion: str) -> None:
    """Make the directory of a door; raises Unsafe and leaves nothing when a key is not fit."""
    if root.exists() or root.is_symlink():
        raise Unsafe(f"{root} exists; a door is made in a new directory")
    if onion and not ONION.match(onion):
        raise Unsafe("--onion takes the address of 56 letters and digits and .onion")
    vetted = vet(keys, profile)
    root.mkdir(mode=0o750)
    try:
        _fill(root, vetted, profile, onion)
    except BaseException:
        shutil.rmtree(root)
        raise


def vet(keys: list[str], profile: str) -> list[str]:
    """Each key fit to seal to, none twice, proven by a trial sealing in a child; raises Unsafe."""
    try:
        if profile == "age":
            vetted = [recipients.vet_age(key) for key in keys]
        else:
            vetted = [recipients.vet_openpgp(Path(key)) for key in keys]
        distinct = {Path(key).read_bytes() for key in vetted} if profile != "age" else set(vetted)
        if not 1 <= len(vetted) <= 12 or len(distinct) != len(vetted):
            raise Unsafe("one to twelve readers, none of them twice")
        recipients.probe(vetted, profile)
    except (OSError, ValueError) as problem:
        raise Unsafe(in_english(problem)) from problem
    return vetted


def _fill(root: Path, keys: list[str], profile: str, onion: str) -> None:
    for name, mode in FOLDERS.items():
        (root / name).mkdir()
        _share(root / name, mode)
    _share(root, 0o750)
    lines = keys
    if profile != "age":
        folder = root / "recipients"
        folder.mkdir()
        _share(folder, 0o750)
        paths = [folder / f"{number:02d}.asc" for number in range(1, len(keys) + 1)]
        for path, key in zip(paths, keys, strict=True):
            _write(path, Path(key).read_bytes(), 0o640)
        lines = [line_of(path) for path in paths]
    _write(root / "recipients.txt", "".join(f"{line}\n" for line in lines).encode(), 0o640)
    _write(root / "intake.toml", TEMPLATE.format(onion=onion, profile=profile).encode(), 0o640)
    _write(root / "pepper", secrets.token_bytes(32), 0o600)
    database.create(root / "intake.sqlite3")


def _write(path: Path, content: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        os.fsync(handle)
    _share(path, mode)


def _share(path: Path, mode: int) -> None:
    """Give the folder to the group that door and desk share, where it exists and we may."""
    if mode & 0o070:
        try:
            os.chown(path, -1, grp.getgrnam(GROUP).gr_gid)
        except (KeyError, PermissionError):
            mode &= ~0o2000
    path.chmod(mode)
