"""Which files a person means by a path, and which of them are not to be touched."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from contrechamp.kernel.errors import gettext_noop

from .archives import is_junk
from .reasons import Problem, Reason

OUTSIDE = gettext_noop("C'est un lien vers un fichier hors du dossier : il n'est pas suivi.")
ABSENT = gettext_noop("Aucun fichier à cet endroit.")
NO_FILE = gettext_noop("Ce n'est pas un fichier ordinaire.")
CLOSED = gettext_noop("Le dossier ne peut pas être lu : {detail}.")


class Found(NamedTuple):
    """A path that was named or met."""

    path: Path
    problem: Problem | None = None


def walk(paths: Iterable[Path]) -> Iterator[Found]:
    """Yield the files under the paths, in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from _folder(path, path.resolve())
        else:
            yield _named(path)


def _named(path: Path) -> Found:
    """Judge a path that the person named: a link is followed, since they meant what it shows."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return Found(path, Problem(Reason.UNREADABLE, ABSENT))
    return Found(path) if stat.S_ISREG(mode) else Found(path, Problem(Reason.UNREADABLE, NO_FILE))


def _folder(folder: Path, root: Path) -> Iterator[Found]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        problem = Problem(Reason.UNREADABLE, CLOSED, {"detail": error.strerror or str(error)})
        yield Found(folder, problem)
        return
    for entry in entries:
        path = Path(entry.path)
        if is_junk(entry.name):
            continue
        if entry.is_symlink():
            yield from _link(path, root)
        elif entry.is_dir(follow_symlinks=False):
            yield from _folder(path, root)
        else:
            yield _named(path)


def _link(path: Path, root: Path) -> Iterator[Found]:
    """Judge a link that was met: what it shows must lie in the folder that was named."""
    try:
        inside = path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        yield Found(path, Problem(Reason.UNREADABLE, ABSENT))
        return
    if not inside:
        yield Found(path, Problem(Reason.OUTSIDE_FOLDER, OUTSIDE))
    elif not path.is_dir():
        yield _named(path)
