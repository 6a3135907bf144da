"""Which dumps there are, and where a file of one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings

from contrechamp.kernel.errors import Refused
from contrechamp.opendata.domain.manifest import BESIDE, MANIFEST, Manifest, read

FOLDER, LATEST = "dumps", "latest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """One night's dump."""

    folder: Path
    manifest: Manifest

    @property
    def bytes(self) -> int:
        """Return how much it holds."""
        return sum(part.bytes for part in self.manifest.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A file that anybody may take."""

    path: Path
    size: int
    tag: str
    """Changes with its content."""
    at: datetime


def dumps_folder() -> Path:
    """Return the folder of this instance's dumps."""
    return Path(settings.CONTRECHAMP.data) / FOLDER


def made_on(folder: Path) -> date | None:
    """Return the day that a folder is named for, or None when it is none of ours."""
    try:
        day = date.fromisoformat(folder.name)
    except ValueError:
        return None
    return day if day.isoformat() == folder.name and not folder.is_symlink() else None


def dumps() -> Sequence[Dump]:
    """Return the dumps that are whole, the newest first."""
    root = dumps_folder()
    if not root.is_dir():
        return []
    folders = sorted((each for each in root.iterdir() if made_on(each)), reverse=True)
    return [dump for each in folders if (dump := _dump(each))]


def find_latest() -> Path | None:
    """Return the folder of the newest dump, or None."""
    return next((dump.folder for dump in dumps()), None)


def _dump(folder: Path) -> Dump | None:
    try:
        return Dump(folder=folder, manifest=read((folder / MANIFEST).read_bytes()))
    except (OSError, Refused):
        return None


def find_file(day: str, name: str) -> Held | None:
    """Return a file of the dump of a day (YYYY-MM-DD, or `latest`), or None.

    Only what its manifest lists is there, and what the manifest is checked with.
    """
    chosen = next((d for d in dumps() if day in (LATEST, d.folder.name)), None)
    if chosen is None:
        return None
    part = chosen.manifest.part(name)
    path = chosen.folder / name
    if not part and name not in BESIDE:
        return None
    try:
        told = path.stat()
    except OSError:
        return None
    tag = part.sha256[:32] if part else f"{chosen.folder.name}-{told.st_mtime_ns:x}"
    at = datetime.fromtimestamp(int(told.st_mtime), UTC)
    return Held(path=path, size=told.st_size, tag=f'"{tag}"', at=at)
