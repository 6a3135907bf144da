from __future__ import annotations

import pytest

from contrechamp.accounts.domain import Role
from tests import make
from tests.people import Person


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
