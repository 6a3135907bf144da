"""Instances that take minutes to make: once for all processes, and a copy for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import contrechamp
from tests.ready import copied, made_once


@pytest.fixture
def ready(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder as `contrechamp init` leaves it, and nothing in it."""
    return copied(made_once(tmp_path_factory, "instance", _init), tmp_path / "data")


def _init(folder: Path) -> None:
    done = contrechamp(folder, "init")
    assert done.returncode == 0, done.stderr
