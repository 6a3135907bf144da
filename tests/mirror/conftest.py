from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from contrechamp.mirror.services import Exported, export_site
from contrechamp.search import services as search
from tests.access.test_leaks import settle
from tests.observatory import Observatory, observatory
from tests.people import Person

DAY = date(2026, 3, 3)
Export = Callable[..., Exported]


@pytest.fixture
def here(
    db: None, marianne: Person, amina: Person, settings: Settings, tmp_path: Path
) -> Observatory:
    """Return the small observatory, with its search and graph."""
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, data=tmp_path / "data")
    assert marianne.user
    assert amina.user
    made = observatory(author=marianne.user, editor=amina.user)
    search.rebuild()
    settle()
    return made


@pytest.fixture
def export() -> Export:
    """Write a copy in this process, where the rows of the test are to be seen."""

    def write(folder: Path, *, live: str = "", day: date = DAY) -> Exported:
        return export_site(folder, today=day, live=live, workers=0)

    return write
