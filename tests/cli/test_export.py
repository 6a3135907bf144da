"""Taking the data by the command line: made, checked, refused in a sentence."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.cli.test_commands import contrechamp


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance that was just set up, with a few public facts."""
    data = tmp_path_factory.mktemp("instance") / "data"
    done = contrechamp(data, "demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    return data


def test_setting_up_makes_the_key_that_signs(folder: Path) -> None:
    key = folder / "signing" / "private-key.pem"
    assert stat.S_IMODE(key.stat().st_mode) == 0o400
    told = contrechamp(folder, "export", "key")
    assert told.returncode == 0
    assert told.stdout == (folder / "signing" / "public-key.pem").read_text()
    assert key.read_text().split("\n")[1] not in told.stdout + told.stderr


def test_everything_is_written_checked_and_named_when_it_differs(
    folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    done = contrechamp(folder, "export", "all", str(out))
    assert done.returncode == 0, done.stderr
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["tables"]["nodes"] > 10

    key = str(folder / "signing" / "public-key.pem")
    assert contrechamp(folder, "export", "verify", str(out), "--key", key).returncode == 0
    (out / "nodes.parquet").write_bytes(b"x")
    (out / "README.md").unlink()
    checked = contrechamp(folder, "export", "verify", str(out))
    assert checked.returncode == 1
    assert [line.partition(":")[0] for line in checked.stdout.splitlines()] == [
        "README.md",
        "nodes.parquet",
    ]
    again = contrechamp(folder, "export", "all", str(out))  # Ours: replaced.
    assert again.returncode == 0
    assert contrechamp(folder, "export", "verify", str(out)).returncode == 0


def test_each_format_is_a_command(folder: Path, tmp_path: Path) -> None:
    for name in ("ftm", "gexf", "csv", "parquet", "sqlite", "dump"):
        done = contrechamp(folder, "export", name, str(tmp_path / name))
        assert done.returncode == 0, done.stderr
        assert "records" in done.stdout
    assert (tmp_path / "sqlite").read_bytes().startswith(b"SQLite format 3")
    assert (tmp_path / "parquet" / "edges.parquet").read_bytes().startswith(b"PAR1")


@pytest.mark.parametrize("words", [
    ("verify", "nowhere"),
    ("all", "taken"),
    ("csv", "taken/letter.txt"),
    ("sqlite", "x.sqlite", "--scope", "all"),
    ("xls", "x"),
])  # fmt: skip
def test_what_cannot_be_done_is_a_sentence(
    folder: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken/letter.txt").write_text("x")
    verb, place, *more = words
    done = contrechamp(folder, "export", verb, str(tmp_path / place), *more)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert (tmp_path / "taken/letter.txt").read_text() == "x"
    assert {each.name for each in tmp_path.iterdir()} == {"taken"}


def test_a_time_that_is_none_stops_every_command(folder: Path) -> None:
    done = contrechamp(folder, "settings", CONTRECHAMP_DUMP_AT="at night")
    assert done.returncode == 4
    assert "a time of day" in done.stderr
