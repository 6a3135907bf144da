"""A small observatory, its search and graph, and a copy of all of it: made once, used by copies.

To write the whole site takes ten seconds, and most tests need one that was written before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from contrechamp.accounts.domain import Role
from contrechamp.mirror.services import Exported, export_site
from contrechamp.search import services as search
from tests import make
from tests.access.test_leaks import begin_talk, settle
from tests.observatory import Observatory, observatory
from tests.ready import undone_at_the_end

DAY = date(2026, 3, 3)
Export = Callable[..., Exported]


@dataclass(frozen=True, slots=True)
class Made:
    """What was made once: rows in a transaction that stays open, and two folders."""

    here: Observatory
    data: Path
    copy: Path


@pytest.fixture(scope="module")
def made(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Made]:
    data, copy = (tmp_path_factory.mktemp("made") / name for name in ("data", "copy"))
    with undone_at_the_end(django_db_blocker, data):
        here = observatory(author=make.user("marianne"), editor=make.user("amina", Role.EDITOR))
        begin_talk(here)
        search.rebuild()
        settle()
        write(copy)
        yield Made(here, data, copy)


@pytest.fixture
def here(made: Made, db: None, settings: Settings, tmp_path: Path) -> Observatory:
    """Return the observatory; rows are put back after each test, and its files are a copy."""
    copytree(made.data, tmp_path / "data")
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, data=tmp_path / "data")
    return made.here


@pytest.fixture
def folder(made: Made, here: Observatory, tmp_path: Path) -> Path:
    """Return a folder that holds the copy which was made before."""
    return copytree(made.copy, tmp_path / "copy")


def write(folder: Path, *, live: str = "", day: date = DAY) -> Exported:
    """Write a copy in this process, where the rows of the test are to be seen."""
    return export_site(folder, today=day, live=live, workers=0)


@pytest.fixture
def export() -> Export:
    return write
