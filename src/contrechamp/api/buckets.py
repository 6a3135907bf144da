"""Where buckets lie: small files that all processes of a server share, one for each token.

A file is named by the token's number, or `visitors` for all who have none: nothing in it says who
asked, from where or for what.
"""

from __future__ import annotations

import fcntl
import os
import struct
from pathlib import Path
from time import monotonic

from django.conf import settings

from .domain import Bucket, Spent, spend

FORM = struct.Struct("<dd")


def take(name: str, cost: int, *, size: int, is_shared: bool) -> Spent:
    """Take the cost of a question from a bucket; what cannot be written down is not counted."""
    folder: Path = settings.CONTRECHAMP.data / "api"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = os.open(folder / f"{name}.bucket", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return spend(None, cost, size=size, now=monotonic(), is_shared=is_shared)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        spent = spend(_read(file), cost, size=size, now=monotonic(), is_shared=is_shared)
        os.pwrite(file, FORM.pack(spent.bucket.left, spent.bucket.at), 0)
        return spent
    finally:
        os.close(file)  # Which also opens the lock.


def _read(file: int) -> Bucket | None:
    """Return what was left; None for a new file, or one from before the machine last started."""
    raw = os.pread(file, FORM.size, 0)
    if len(raw) < FORM.size:
        return None
    left, at = FORM.unpack(raw)
    return Bucket(left, at) if at <= monotonic() else None
