"""What comes into `store/`: files without a name until they are whole, and the bounds on them."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from . import calendar, database
from .config import MIB, Config

LARGEST_MIB = 512
PENDING = "pending-"


class Full(RuntimeError):
    """The day's quota, the store or the disk: nothing more is taken in."""


def check_room(config: Config) -> None:
    """Raise Full when one more dossier is over a bound; Broken or OSError when none can tell."""
    limits = config.limits
    space = os.statvfs(config.root / "store")
    wanted = max(limits.free_mib, limits.uploads * LARGEST_MIB)
    if space.f_bavail * space.f_frsize < wanted * MIB:
        raise Full("free space")
    with os.scandir(config.root / "store") as entries:
        kept = sum(entry.stat().st_size for entry in entries)
    if kept >= limits.store_mib * MIB:
        raise Full("store")
    dossiers, mib = database.quota_of(config.root / "intake.sqlite3", calendar.today())
    if dossiers >= limits.daily_dossiers or mib >= limits.daily_mib:
        raise Full("day")


class Pending:
    """A file without a name until `commit`: a kill at any moment leaves nothing at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path: Path | None = None
        try:
            self.descriptor = os.open(folder, os.O_TMPFILE | os.O_WRONLY, 0o640)
        except OSError:  # A file system without such files: swept at the next start.
            self._path = folder / (PENDING + secrets.token_hex(16))
            self.descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
        self._is_open = True

    def sync(self) -> None:
        """Bring the content to the disk, under the midnight of today."""
        midnight = calendar.today() * calendar.DAY_SECONDS
        os.fchmod(self.descriptor, 0o640)
        os.utime(self.descriptor, (midnight, midnight))
        os.fsync(self.descriptor)

    def commit(self, suffix: str) -> None:
        """Give the file its name, which tells nothing; raises OSError."""
        name = secrets.token_hex(16) + suffix
        folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            if self._path:
                self._path.rename(self._folder / name)
                self._path = None
            else:  # Only with a folder's descriptor does os.link follow the one in /proc.
                source = f"/proc/self/fd/{self.descriptor}"
                os.link(source, name, dst_dir_fd=folder, follow_symlinks=True)
            os.fsync(folder)
        finally:
            os.close(folder)
        self.discard()

    def discard(self) -> None:
        """Forget the file unless it was committed. Safe to call twice."""
        if self._is_open:
            os.close(self.descriptor)
            self._is_open = False
        if self._path:
            self._path.unlink(missing_ok=True)
            self._path = None
