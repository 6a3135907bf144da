"""Processes of one request that are not the request itself, and the slots that bound them."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from airlock import codename

from .config import Config
from .server import die_with_parent

STRETCHING, QUEUE_SECONDS = 2, 30
NOBODY = bytes(codename.ENTROPY_BYTES)


class Busy(RuntimeError):
    """Every slot was taken for as long as one may wait, or the work died."""


class Slot:
    """One of `count` places over all processes; a killed holder gives its place back."""

    def __init__(self, folder: Path, kind: str, count: int, wait: float) -> None:
        deadline = time.monotonic() + wait
        while True:
            for number in range(count):
                # Opened after the fork: a descriptor that is inherited would share the lock.
                path = folder / f"{kind}-{number}.lock"
                self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
                try:
                    fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    os.close(self._descriptor)
                else:
                    return
            if time.monotonic() >= deadline:
                raise Busy
            time.sleep(0.05)

    def free(self) -> None:
        """Give the place back."""
        os.close(self._descriptor)


def stretched(config: Config, entropy: bytes) -> codename.Keys:
    """The keys of a codename, by Argon2id in a process of its own; raises Busy.

    Its 256 MiB never count in the process of the connection, and end with it.
    """
    slot = Slot(config.root / "run", "stretch", STRETCHING, QUEUE_SECONDS)
    try:
        answer, into = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                die_with_parent()
                os.write(into, codename.stretch(entropy, config.pepper))
            finally:
                os._exit(0)
        os.close(into)
        with os.fdopen(answer, "rb") as pipe:
            raw = pipe.read()
        os.waitpid(pid, 0)
    finally:
        slot.free()
    if len(raw) != codename.STRETCHED_BYTES:
        raise Busy
    return codename.derive(raw)
