from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .doors import Door


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    """A door that is not open yet; closed at the end."""
    made = Door(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def open_door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """One open door for the tests of a file that only look."""
    made = Door(tmp_path_factory.mktemp("door")).open()
    yield made
    made.close()
