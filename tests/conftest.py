from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import timezone, translation
from hypothesis import settings as tries
from pytest_django.plugin import DjangoDbBlocker

from contrechamp.accounts.domain import Role
from contrechamp.foundation.tables import make_tables
from contrechamp.places.services import load_gazetteer
from tests import make
from tests.people import Person
from tests.ready import copy_tables, digest, kept, made_once

# A busy machine is slow, and nothing asserts a duration.
tries.register_profile("house", deadline=None)
tries.load_profile("house")


LONG = (
    *("tests/journeys/test_weight.py", "tests/journeys/test_accessibility.py"),
    *("tests/journeys/test_copy.py", "tests/access/test_leaks.py", "tests/journeys", "tests/cli"),
    # They write into the observatory that the other journeys look at.
    *("tests/journeys/test_publishing.py", "tests/journeys/test_requests.py"),
    *("tests/journeys/test_drafts.py", "tests/journeys/test_members.py"),
    *("tests/intake", "tests/desk", "tests/mirror"),
)
"""Files that take minutes: begun first, so that no process works on one while the others wait."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes long first; the rest stays as chance has laid it."""
    items.sort(key=lambda item: _turn(item.nodeid))


def _turn(name: str) -> int:
    """Return the place of the longest beginning of a name that is in the list."""
    found = [(len(one), at) for at, one in enumerate(LONG) if name.startswith(one)]
    return max(found)[1] if found else len(LONG)


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """A page read in English leaves no English behind for the next test."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Every test finds the tables and the gazetteer, as every instance does after `init`.

    They are made once for all processes, and copied into the memory of each.
    """
    with django_db_blocker.unblock():
        made = made_once(tmp_path_factory, f"tables-{digest()}", _make_tables, keep=kept())
        _use_memory()
        copy_tables(made, connection.connection)

    def put_back(self: TransactionTestCase) -> None:
        """After a test that may have committed: the tables as they were made, in one step.

        Django would empty them one by one and write all permissions anew; that takes seconds.
        """
        copy_tables(made, connection.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", put_back)
        yield
    with django_db_blocker.unblock():
        connection.close()


def _make_tables(file: Path) -> None:
    """Write the tables of all migrations and the gazetteer into a new file."""
    _use_memory()
    make_tables()
    load_gazetteer(now=timezone.now())
    into = sqlite3.connect(file)
    connection.connection.backup(into)
    into.close()
    connection.connection.close()
    connection.connection = None


def _use_memory() -> None:
    """Let this process have a database of its own, in memory, that all its threads share."""
    name = f"file:tests-{os.getpid()}?mode=memory&cache=shared"
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
    connection.ensure_connection()


@pytest.fixture
def gazetteer(db: None) -> None:
    """Say that a test reads the gazetteer, which every test with tables finds."""


@pytest.fixture
def visitor(db: None) -> Person:
    """Nobody in particular."""
    return Person()


@pytest.fixture
def noor(db: None) -> Person:
    """A member who has done nothing yet."""
    return Person(make.user("noor"))


@pytest.fixture
def marianne(db: None) -> Person:
    """A member who adds and writes what the tests are about."""
    return Person(make.user("marianne"))


@pytest.fixture
def amina(db: None) -> Person:
    """An editor."""
    return Person(make.user("amina", Role.EDITOR))


@pytest.fixture
def io(db: None) -> Person:
    """An administrator."""
    return Person(make.user("io", Role.ADMINISTRATOR))


@pytest.fixture
def people(
    visitor: Person, noor: Person, marianne: Person, amina: Person, io: Person
) -> dict[str, Person]:
    """Everybody, from who may least to who may most."""
    return {"visitor": visitor, "noor": noor, "marianne": marianne, "amina": amina, "io": io}
