"""What a run of the tests makes once and copies: tables, and whole instances.

To make the tables costs half a minute of a processor, for each process. So one process makes them
under a lock, and all others copy the file. By hand, `TESTS_KEEP_TABLES=/some/folder` keeps them
from one run to the next, under the digest of all migrations and of the gazetteer: a run starts in
seconds.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

ROOT = Path(__file__).parents[1]
MADE_FROM = (
    *("src/contrechamp/*/migrations/*.py", "src/contrechamp/places/data/*"),
    *("tests/settings.py", "src/contrechamp/project/settings.py", "requirements.txt"),
)
"""What the tables of a test are made from."""


def made_once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None], keep: str = ""
) -> Path:
    """Return the path that `make` filled once for all processes of this run.

    Nobody may write there, and what `make` left half done is never seen. `keep` names a folder
    that outlasts the run.
    """
    shared = Path(keep) if keep else _shared(factory)
    shared.mkdir(parents=True, exist_ok=True)
    made = shared / name
    with _alone(shared / f"{name}.lock"):
        if not made.exists():
            began = shared / f"{name}.began"
            if began.is_dir():
                shutil.rmtree(began)
            began.unlink(missing_ok=True)
            make(began)
            began.rename(made)
    return made


def copied(made: Path, to: Path) -> Path:
    """Copy a folder that was made once to a place of the test's own, and return it."""
    shutil.copytree(made, to, symlinks=True, dirs_exist_ok=True)
    return to


def copy_tables(made: Path, into: sqlite3.Connection) -> None:
    """Fill a database, in memory or not, with the tables and rows of a file."""
    source = sqlite3.connect(made)
    try:
        source.backup(into)
    finally:
        source.close()


def digest() -> str:
    """Return what names the tables: it changes with each migration and with the gazetteer."""
    sha = hashlib.sha256()
    for pattern in MADE_FROM:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                sha.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return sha.hexdigest()[:16]


def kept() -> str:
    """Return the folder in which tables are kept from run to run, or nothing."""
    return os.environ.get("TESTS_KEEP_TABLES", "")


def _shared(factory: pytest.TempPathFactory) -> Path:
    base = factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "ready"


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def undone_at_the_end(blocker: DjangoDbBlocker, data: Path) -> Iterator[None]:
    """Let a fixture of a module fill tables and a data folder: each test undoes what it adds, and
    the last one undoes what the fixture made.
    """
    from django.conf import settings
    from django.db import transaction

    with pytest.MonkeyPatch.context() as patch, blocker.unblock(), transaction.atomic():
        patch.setattr(settings, "CONTRECHAMP", replace(settings.CONTRECHAMP, data=data))
        yield
        transaction.set_rollback(True)
