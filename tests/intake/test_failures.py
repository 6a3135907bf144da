"""A failure injected at each step: 503, no file, no codename, and the next deposit succeeds."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from .doors import Door, form

FILE = (b"rapport.pdf", b"A" * 300_000)
# Each replaces one step by a failure, in the door's own process, until the file "mend" exists.
STEPS = {
    "the nameless file": ("intake.store.Pending", "__init__", "OSError(28, 'no space')"),
    "the encryptor's start": ("airlock.sealing.AgeSealer", "__init__", "OSError(11, 'no process')"),
    "a write to the encryptor": ("airlock.sealing.AgeSealer", "write", "SealingError('gone')"),
    "the encryptor's end": ("airlock.sealing.AgeSealer", "finish", "SealingError('exit 2')"),
    "the padding": ("airlock.container.DossierWriter", "finish", "RuntimeError('padding')"),
    "the stretching": ("intake.workers", "stretched", "Busy()"),
    "the disk's word": ("intake.store.Pending", "sync", "OSError(5, 'input/output')"),
    "the mailbox": ("intake.database", "record", "Broken('locked')"),
    "the name": ("intake.store.Pending", "commit", "OSError(18, 'link')"),
    "the upload slot": ("intake.workers.Slot", "__init__", "Busy()"),
    "what nobody foresaw": ("intake.tokens.Visit", "__init__", "KeyError('x')"),
}
BREAK = """
import importlib, pathlib, sys
from airlock.sealing import SealingError
from intake.database import Broken
from intake.workers import Busy
place, name = {place!r}, {name!r}
try:
    owner = importlib.import_module(place)
except ImportError:
    module, _, kind = place.rpartition(".")
    owner = getattr(importlib.import_module(module), kind)
real = getattr(owner, name)
def broken(*words, **named):
    if pathlib.Path({mend!r}).exists():
        return real(*words, **named)
    raise {error}
setattr(owner, name, broken)
from intake.cli import main
sys.exit(main(["serve", {root!r}, "--unix", {socket!r}]))
"""


@pytest.mark.parametrize("step", STEPS)
def test_whatever_fails_nothing_stays_and_no_codename_is_shown(door: Door, step: str) -> None:
    place, name, error = STEPS[step]
    mend = door.folder / "mend"
    if name == "__init__" and "Sealer" in place:
        pass  # The trial sealing at the start needs it: broken once the door is open, below.
    program = BREAK.format(
        place=place,
        name=name,
        error=error,
        mend=str(mend),
        root=str(door.root),
        socket=str(door.socket),
    )
    mend.touch()
    door.process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert door.process.stdout
    assert door.process.stdout.readline() == b"contrechamp-intake: ready\n"
    mend.unlink()
    raw = form([("adresse", b"localhost"), ("message", b"x")], [FILE])
    told = door.ask(raw)
    assert (told.status, told.codename, door.sealed) == (503, "", [])
    assert "rien n'a été gardé" in told.text
    mend.touch()
    time.sleep(0.1)
    assert door.ask(raw).codename
    assert len(door.sealed) == 1
