"""New files that appear whole or not at all, and working folders that never outlive their use."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .say import Refused


def refuse_to_overwrite(path: Path) -> None:
    """Raise Refused when something stands at `path`, or when its folder does not exist."""
    if os.path.lexists(path):
        raise Refused("{name} existe déjà : rien n'est écrasé.", name=path.name)
    if not path.parent.is_dir():
        raise Refused("Le dossier de {name} n'existe pas.", name=path.name)


_held: set[Path] = set()


def sweep() -> None:
    """Remove what a signal kept from being removed: the tool's last act."""
    for path in tuple(_held):
        _remove(path)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Yield a path to write; it becomes `path` at the end, and goes when something fails."""
    refuse_to_overwrite(path)
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    _held.add(part)  # Known before it is there, so that no moment leaves something behind.
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield part
        with part.open("rb") as written:
            os.fsync(written.fileno())
        os.link(part, path)  # Unlike a renaming, this never replaces.
    except FileExistsError as error:
        raise Refused("{name} existe déjà : rien n'est écrasé.", name=path.name) from error
    finally:
        _remove(part)


@contextmanager
def working_folder(beside: Path) -> Iterator[Path]:
    """Yield a private folder next to `beside`, gone afterwards whatever happens."""
    folder = beside.with_name(f".airlock-{secrets.token_hex(8)}")
    _held.add(folder)
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        _remove(folder)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
    _held.discard(path)
