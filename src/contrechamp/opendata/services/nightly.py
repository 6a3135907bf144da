"""The dump of each night: made when its hour has come, the last ones kept."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings

from contrechamp.opendata.domain.manifest import MANIFEST
from contrechamp.opendata.queries import FOLDER, LATEST, dumps_folder, find_latest, made_on

from .making import write_all

__all__ = ["FOLDER", "is_due", "make_tonights"]


def is_due(now: datetime) -> bool:
    """Answer whether the dump of this day is still to be made. `now` is local time."""
    here = settings.CONTRECHAMP
    if not here.dumps_kept or now.time() < here.dump_at:
        return False
    return not (dumps_folder() / now.date().isoformat() / MANIFEST).exists()


def make_tonights(now: datetime) -> Path | None:
    """Make the dump of this day unless it is there; return its folder, None if another makes it.

    `now` is local time. Older ones than the number that is kept are removed.
    """
    root = dumps_folder()
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        folder = root / now.date().isoformat()
        if not (folder / MANIFEST).exists():
            _clear_cut(root)
            before = find_latest()
            write_all(folder, today=now.date(), previous=_digest(before) if before else "")
        _point(root / LATEST, folder.name)
        _forget(root, settings.CONTRECHAMP.dumps_kept)
    return folder


def _digest(folder: Path) -> str:
    return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()


def _clear_cut(root: Path) -> None:
    """Remove what a run left that was cut: nobody else writes here while the lock is held."""
    for each in root.glob(".export-*"):
        shutil.rmtree(each, ignore_errors=True)


def _point(link: Path, name: str) -> None:
    """Let `latest` lead to a folder, for whoever copies or serves the folder by other means."""
    new = link.with_name(f".{link.name}-new")
    new.unlink(missing_ok=True)
    new.symlink_to(name)
    new.replace(link)


def _forget(root: Path, kept: int) -> None:
    folders = sorted((each for each in root.iterdir() if made_on(each)), reverse=True)
    for each in folders[max(kept, 1) :]:
        with suppress(OSError):
            shutil.rmtree(each)
