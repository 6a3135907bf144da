"""Where the laboratory keeps what it computed: files in the instance's folder, the oldest go first.

A comfort only: what cannot be read or written there is computed anew. It holds no word of any
visitor: values of parameters, a seed, numbers.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from contrechamp.web.domain.lab.keeping import Shown, packed, unpacked

MOST_RESULTS, MOST_BYTES = 500, 100_000_000
MOST_CERTIFICATES = 5_000
"""Some seven megabytes: a certificate that was cited is found again for long."""


def root() -> Path:
    """Return the folder of the laboratory."""
    return Path(settings.CONTRECHAMP.data) / "lab-results"


def find(key: str) -> Shown | None:
    """Return a kept result, and note that it was asked for."""
    path = root() / "results" / f"{key}.gz"
    try:
        content = path.read_bytes()
    except OSError:
        return None
    with suppress(OSError):
        os.utime(path)
    return unpacked(content)


def keep(key: str, shown: Shown) -> None:
    """Keep a result; those that nobody asked for longest make room."""
    write(f"results/{key}.gz", packed(shown))
    _make_room(root() / "results", MOST_RESULTS, MOST_BYTES)


def write(name: str, content: bytes) -> None:
    """Write a file at once or not at all."""
    path = root() / name
    with suppress(OSError):
        path.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        beside = path.with_name(f"{secrets.token_hex(8)}.new")
        beside.write_bytes(content)
        beside.replace(path)


def read(name: str) -> bytes | None:
    """Return a file, or None."""
    try:
        return (root() / name).read_bytes()
    except OSError:
        return None


def forget(name: str) -> None:
    """Remove a file, if it is there."""
    with suppress(OSError):
        (root() / name).unlink()


def keep_certificate(sha256: str, content: bytes) -> None:
    """Keep a certificate, so that its address answers."""
    name = f"certificates/{sha256}.json"
    if not (root() / name).exists():
        write(name, content)
        _make_room(root() / "certificates", MOST_CERTIFICATES, MOST_BYTES)


def _make_room(folder: Path, most: int, most_bytes: int) -> None:
    with suppress(OSError):
        rows = [(path.stat(), path) for path in folder.iterdir()]
        rows.sort(key=lambda row: row[0].st_mtime_ns)
        left, size = len(rows), sum(stat.st_size for stat, _ in rows)
        for stat, path in rows:
            if left <= most and size <= most_bytes:
                return
            path.unlink(missing_ok=True)
            left, size = left - 1, size - stat.st_size
