"""Where an upload lies on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

BLOCK = 1 << 20


def arrivals() -> Path:
    """Return the folder of what has just come, made where it is not there."""
    folder: Path = settings.CONTRECHAMP.data / "arrivals"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def land(upload: UploadedFile[Any], path: Path) -> tuple[Path, str]:
    """Return where an upload lies on the disk, and the name that it came with.

    Large ones were streamed there already; the others are written. The name names no path.
    """
    name = (upload.name or "").replace("\x00", "")[:200] or "document"
    if isinstance(upload, TemporaryUploadedFile):
        return Path(upload.temporary_file_path()), name
    with path.open("wb") as out:
        for block in upload.chunks(BLOCK):
            out.write(block)
    return path, name
