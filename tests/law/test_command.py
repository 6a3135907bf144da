"""`contrechamp foi deadlines` and `contrechamp law`, as a person runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from contrechamp.law.domain.clock import derive
from tests.cli.test_commands import contrechamp, environment

from .vectors import events

COMMAND = Path(sys.executable).with_name("contrechamp")
SILENCE = ("foi", "deadlines", "--event", "received=2026-01-15")


def test_the_answer_in_json_is_the_list_and_nothing_else(tmp_path: Path) -> None:
    done = contrechamp(tmp_path, *SILENCE, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    expected = [item.as_json() for item in derive(events("received=2026-01-15"))]
    assert json.loads(done.stdout) == expected
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ("--event", "recu=2026-01-15"),
        ("--event", "received=2026-02-30"),
        ("--event", "received=20260115"),
        ("--event", "received=1815-06-18"),
        ("--event", "received"),
        ("--event", "received=2026-01-15", "--event", "received=2026-01-16"),
        ("--event", "received=2026-01-15", "--event", "refusal_notified=2026-01-14"),
        ("--event", "motives_given=2026-01-15"),
        ("--event", "received=2026-01-15", "--today", "demain"),
        (),
    ],
)
def test_what_cannot_be_counted_is_one_sentence_and_exit_2(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = contrechamp(tmp_path, "foi", "deadlines", *words, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_a_choice_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    done = contrechamp(tmp_path, *SILENCE, "--reading", "kind")
    assert (done.returncode, done.stdout) == (2, "")


def test_neither_zone_nor_locale_nor_settings_change_the_answer(tmp_path: Path) -> None:
    words = (
        *SILENCE,
        "--event",
        "complaint_received=2026-01-31",
        "--json",
        "--today",
        "2026-04-10",
    )
    answers = {
        subprocess.run(  # noqa: S603
            [COMMAND, *words], env=environment(tmp_path, **there), capture_output=True, check=True
        ).stdout
        for there in (
            {"TZ": "Pacific/Kiritimati"},
            {"TZ": "America/Los_Angeles", "LC_ALL": "fr_FR.ISO-8859-1"},
            {"PYTHONIOENCODING": "latin-1", "LC_ALL": "C"},
            {"CONTRECHAMP_DEBUG": "perhaps"},
        )
    }
    assert len(answers) == 1
    assert "décret 2019-536 art. 10" in answers.pop().decode("utf-8")


def test_the_table_is_french_with_an_article_on_each_line(tmp_path: Path) -> None:
    done = contrechamp(tmp_path, *SILENCE, "--today", "2026-04-09", LC_ALL="en_GB.UTF-8")
    assert "Saisir la CADA" in done.stdout
    assert "14 avril 2026" in done.stdout
    assert "derniers jours" in done.stdout
    assert "CRPA R343-1" in done.stdout
    assert "conseil juridique" in done.stdout


def test_facts_older_than_the_rules_are_warned_of_beside_the_answer(tmp_path: Path) -> None:
    done = contrechamp(tmp_path, "foi", "deadlines", "--event", "received=2010-01-15", "--json")
    assert json.loads(done.stdout)[0]["not_before"] == "2010-02-15"
    assert "2005-1755" in done.stderr


def test_the_rules_are_listed_and_a_re_reading_is_shown(tmp_path: Path) -> None:
    listed = json.loads(contrechamp(tmp_path, "law", "list", "--json").stdout)
    assert {"foi.cada", "court.notified", "cnil.ce", "csi.expiry"} <= {row["id"] for row in listed}
    done = contrechamp(tmp_path, "law", "review", "foi.cada", "--on", "2026-09-01", "--json")
    assert json.loads(done.stdout)["recorded"] is True
    again = contrechamp(tmp_path, "law", "review", "foi.cada", "--on", "2026-09-01", LC_ALL="fr_FR")
    assert "noté déjà" in again.stdout
    assert "2026-09-01" in contrechamp(tmp_path, "law", "list").stdout
    assert contrechamp(tmp_path, "law", "review", "x", "--on", "2026-09-01").returncode == 2
