from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from contrechamp.search import services as search
from tests.api.program import Program
from tests.observatory import Observatory, observatory
from tests.people import Person


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    """Buckets and files of one test are not those of the next."""
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, data=tmp_path)


@pytest.fixture
def here(db: None, marianne: Person, amina: Person) -> Observatory:
    """A small observatory, indexed."""
    assert marianne.user
    assert amina.user
    made = observatory(author=marianne.user, editor=amina.user)
    search.rebuild()
    return made


@pytest.fixture
def program(db: None) -> Program:
    """A program without a token."""
    return Program()
