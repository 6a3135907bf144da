"""Public copies by the command line: reports, exit codes, and words that appear nowhere."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import COMMAND, environment
from tests.documents import made

SECRET = "Kerguénec"
KEYS = {
    "report", "version", "original", "public", "occurrences", "boxes", "pages_flattened",
    "leak_test",
}  # fmt: skip
CHECKS = ["text", "bytes", "structure", "picture", "words", "beside", "elsewhere"]


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("instance") / "data"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "lettre.pdf"
    path.write_bytes(made.pdf([("le conseil", f"signé {SECRET}"), ("rien à cacher",)]))
    (tmp_path / "mots.txt").write_text(f"{SECRET}\n", "utf-8")
    return path


def run(
    instance: Path, *words: object, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(  # noqa: S603
        [COMMAND, "documents", *map(str, words)],
        env=environment(instance, LC_ALL="fr_FR.UTF-8"),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert "Kergu" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


def redact(instance: Path, source: Path, *words: object, **more: Any) -> tuple[int, dict[str, Any]]:
    done = run(instance, "redact", source, "--json", *words, **more)
    return done.returncode, json.loads(done.stdout) if done.stdout else {"stderr": done.stderr}


def test_a_copy_is_made_and_tested(instance: Path, source: Path, tmp_path: Path) -> None:
    out, words = tmp_path / "copie.pdf", tmp_path / "mots.txt"

    code, report = redact(
        instance, source, "--out", out, "--terms-file", words, "--reason", "private_person",
        "--box", "2:.1,.1,.3,.2",
    )  # fmt: skip

    assert code == 0
    assert set(report) == KEYS
    assert (report["report"], report["version"]) == ("contrechamp.documents.redact", 1)
    assert report["occurrences"] == {"found": 1, "covered": 1}
    assert [box["from"] for box in report["boxes"]] == ["term", "box"]
    assert set(report["boxes"][0]) == {"page", "rect", "reason", "from"}
    assert report["pages_flattened"] == [1, 2]
    assert report["public"]["bytes"] == out.stat().st_size
    assert [check["name"] for check in report["leak_test"]["checks"]] == CHECKS
    assert report["leak_test"]["passed"] is True
    assert run(instance, "leak-test", out, "--terms-file", words, "--json").returncode == 0


def test_a_leak_is_found_and_ends_with_three(instance: Path, source: Path, tmp_path: Path) -> None:
    done = run(instance, "leak-test", source, "--terms-file", tmp_path / "mots.txt", "--json")

    report = json.loads(done.stdout)
    assert done.returncode == 3
    assert report["passed"] is False
    assert [check["name"] for check in report["checks"]] == CHECKS


def test_without_a_passed_test_there_is_no_copy(
    instance: Path, source: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    named = folder / "lettre-de-kerguenec.pdf"

    done = subprocess.run(  # noqa: S603
        [
            COMMAND, "documents", "redact", str(source), "--json", "--no-ocr", "--out", str(named),
            "--terms-file", str(tmp_path / "mots.txt"), "--reason", "private_person",
        ],
        env=environment(instance), capture_output=True, text=True, check=False,
    )  # fmt: skip

    report = json.loads(done.stdout)
    assert done.returncode == 3
    assert report["public"]["path"] is None
    assert [c["name"] for c in report["leak_test"]["checks"] if not c["passed"]] == ["beside"]
    assert list(folder.iterdir()) == []


def test_a_plan_comes_from_a_pipe(instance: Path, source: Path, tmp_path: Path) -> None:
    plan = json.dumps({"terms": [{"text": SECRET, "reason": "minor"}]})
    out = tmp_path / "copie.pdf"

    code, report = redact(instance, source, "--plan", "-", "--out", out, "--no-ocr", stdin=plan)
    looked, dry = redact(instance, source, "--plan", "-", "--dry-run", "--no-ocr", stdin=plan)

    assert (code, looked) == (0, 0)
    assert report["boxes"] == dry["boxes"]
    assert dry["leak_test"] == {"passed": None, "checks": []}
    assert dry["public"]["path"] is None


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--out", "x.pdf"],
        ["--out", "x.pdf", "--box", "1:0,0,1,1"],
        ["--out", "x.pdf", "--box", "1:0,0,1,1", "--reason", "because"],
        ["--out", "x.pdf", "--box", "9:0,0,1,1", "--reason", "other", "--no-ocr"],
        ["--out", "x.pdf", "--box", "coin", "--reason", "other"],
    ],
)
def test_what_cannot_be_followed_is_refused_with_a_sentence(
    instance: Path, source: Path, words: list[str]
) -> None:
    done = run(instance, "redact", source, *words)

    assert done.returncode == 2
    assert len(done.stderr) > 20


def test_a_file_that_is_no_document_is_refused(instance: Path, tmp_path: Path) -> None:
    (tmp_path / "vide.pdf").touch()
    (tmp_path / "bruit.bin").write_bytes(bytes(range(256)) * 9)
    for name in ("vide.pdf", "bruit.bin", "absent.pdf"):
        words = ["--out", tmp_path / "x.pdf", "--all", "email", "--reason", "contact"]
        assert run(instance, "redact", tmp_path / name, *words).returncode == 2
