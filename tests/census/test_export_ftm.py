"""FollowTheMoney's own validator keeps every line and every property that we write.

The library compiles PyICU and takes 298 MB, so that it has an environment of its own: `.ci/run`
makes it (`.venv-ftm`); elsewhere `FTM=/a/venv/bin/ftm` names its command. Without it these skip.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from contrechamp.census.services import exports, starter
from tests.census.exchange import CARTO, bring, lines_of, write
from tests.census.test_import_ftm import fill
from tests.shared import shared

pytestmark = pytest.mark.django_db
OWN = Path(__file__).parents[2] / ".venv-ftm" / "bin" / "ftm"


@pytest.fixture
def program() -> str:
    """The command `ftm`."""
    found = os.environ.get("FTM") or (str(OWN) if OWN.exists() else "")
    if not found:
        pytest.skip("needs the followthemoney command in FTM or .venv-ftm")
    return found


def check(program: str, path: Path) -> int:
    """Validate a file, compare what is kept with what was said; return how many lines."""
    kept = path.with_suffix(".kept")
    done = subprocess.run(  # noqa: S603  the validator
        [program, "validate", "-i", path, "-o", kept],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "error" not in done.stderr.lower(), done.stderr[-2000:]
    ours, theirs = (
        [json.loads(line) for line in each.read_text().splitlines()] for each in (path, kept)
    )
    assert [each["id"] for each in theirs] == [each["id"] for each in ours]
    for said, checked in zip(ours, theirs, strict=True):
        assert checked["schema"] == said["schema"]
        assert checked["contrechamp"] == said["contrechamp"], said["id"]
        for name, values in said["properties"].items():
            assert sorted(checked["properties"].get(name, [])) == sorted(values), said["id"]
    return len(ours)


def test_a_small_census_is_kept_whole(program: str, tmp_path: Path) -> None:
    fill()
    bring(write(tmp_path, "carto.csv", CARTO), "carto")
    lines_of(tmp_path)
    assert check(program, tmp_path / "out.jsonl") > 10


def test_the_starter_census_is_kept_whole(program: str, tmp_path: Path) -> None:
    starter.load_starter(now=timezone.now())
    exports.export("ftm", tmp_path / "starter.jsonl")
    assert check(program, tmp_path / "starter.jsonl") > 500


def test_the_real_carto_is_kept_whole(program: str, tmp_path: Path) -> None:
    told: dict[str, Any] = bring(shared("carto_technopolice") / "data.csv", "carto")
    assert told["edges"]["relations"] == 412
    exports.export("ftm", tmp_path / "carto.jsonl", scope="all")
    assert check(program, tmp_path / "carto.jsonl") >= 308 + 412


def test_a_property_that_the_schema_lacks_would_be_noticed(program: str, tmp_path: Path) -> None:
    """Otherwise the tests above could not fail."""
    line = {"id": "a", "schema": "Company", "properties": {"name": ["A"], "colour": ["red"]}}
    path = write(tmp_path, "x.jsonl", json.dumps({**line, "contrechamp": {}}) + "\n")
    with pytest.raises((AssertionError, KeyError)):
        check(program, path)
