"""A table is audited from the terminal: sentence, JSON, files, paper; refusals end with 2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from contrechamp.cli.commands.lab import command
from contrechamp.lab.own import samples


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_bytes(samples.decisions())
    return path


def test_the_sentence_and_what_it_does_not_prove_are_shown(table: Path) -> None:
    done = CliRunner().invoke(command, ["audit", str(table)], env={"LC_ALL": "fr_FR.UTF-8"})
    assert done.exit_code == 0
    assert "à tort" in done.stdout
    assert "Ce que cela ne prouve pas" in done.stdout


def test_with_json_one_object_and_nothing_else(table: Path) -> None:
    columns = ["--score", "score", "--outcome", "constat", "--group", "quartier"]
    done = CliRunner().invoke(
        command, ["audit", str(table), *columns, "--threshold", "6", "--json"]
    )
    found = json.loads(done.stdout)
    assert found["schema"] == "contrechamp.lab.own/1"
    assert found["settings"]["threshold"] == 6
    assert found["columns"] == {"score": "score", "outcome": "constat", "group": "quartier"}


def test_files_and_paper_are_written(table: Path, tmp_path: Path) -> None:
    out, paper = tmp_path / "out", tmp_path / "report.pdf"
    done = CliRunner().invoke(
        command, ["audit", str(table), "--out", str(out), "--pdf", str(paper), "--json"]
    )
    assert done.exit_code == 0
    names = {path.name for path in out.iterdir()}
    assert {"result.json", "rates.csv", "thresholds.csv", "rates.svg"} <= names
    assert json.loads((out / "result.json").read_text()) == json.loads(done.stdout)
    assert paper.read_bytes().startswith(b"%PDF")


def test_patrols_come_in_by_the_pipe() -> None:
    done = CliRunner().invoke(command, ["audit", "-", "--json"], input=samples.patrols())
    assert json.loads(done.stdout)["kind"] == "patrols"


@pytest.mark.parametrize(
    ("body", "asked", "said"),
    [
        (b"nom,score\nMarie,3\n", [], "Remove these columns"),
        (samples.decisions(), ["--score", "note"], "no column"),
        (samples.decisions(), ["--score", "score", "--day", "jour"], "--day"),
        (b"", [], "empty"),
    ],
)
def test_what_is_refused_ends_with_two_and_says_why(
    body: bytes, asked: list[str], said: str
) -> None:
    env = {"LC_ALL": "en_GB.UTF-8"}
    done = CliRunner().invoke(command, ["audit", "-", *asked], input=body, env=env)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Marie" not in done.output
