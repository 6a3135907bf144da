"""The folder that letters are written to when nothing is to leave."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile


def write(folder: Path, name: str, raw: bytes) -> Path:
    """Write a letter as `<name>.eml`, whole or not at all; again changes nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.eml"
    with NamedTemporaryFile(dir=folder, prefix="new-", delete=False) as new:
        try:
            new.write(raw)
            new.flush()
            os.fsync(new.fileno())
            Path(new.name).replace(path)
        finally:
            Path(new.name).unlink(missing_ok=True)
    return path
