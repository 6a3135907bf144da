"""`contrechamp documents dossier LIST --out DIR`: a list becomes a folder, twice the same."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from contrechamp.cli.commands import _dossier
from contrechamp.documents import services as documents
from contrechamp.kernel.errors import Refused
from tests.cli.test_commands import contrechamp
from tests.documents import made
from tests.observatory import SENTENCE, Observatory, observatory
from tests.people import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(marianne: Person, amina: Person, monkeypatch: pytest.MonkeyPatch) -> Observatory:
    # The tables of a test are there already, and are not those of a folder.
    monkeypatch.setattr(_dossier, "ensure_ready", lambda: None)
    assert marianne.user
    assert amina.user
    return observatory(author=marianne.user, editor=amina.user)


def runs(*words: object) -> Any:
    """Return what it prints, or raise what it refuses."""
    result = CliRunner().invoke(_dossier.dossier, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout) if "--json" in words else result.stdout


def listed(tmp_path: Path, here: Observatory) -> Path:
    """Three quotes, one of them by its fact."""
    by: dict[str, Any] = {"actor": here.author, "now": made.NOW}
    other = documents.cite(here.sha256, page=1, exact="120 000 euros hors taxes", **by)
    path = tmp_path / "liste.tsv"
    path.write_text(
        f"# la liste\nLes images sont gardées\t/documents/{here.sha256}/page/2#{here.quote.pk}\n"
        f"Le montant est connu\t{other.pk}\n{here.claims[1].pk}\n"
    )
    return path


def test_a_dossier_of_three_quotes_builds_twice_with_equal_bytes(
    here: Observatory, tmp_path: Path
) -> None:
    path = listed(tmp_path, here)
    report = runs(path, "--out", tmp_path / "un", "--json")
    runs(path, "--out", tmp_path / "deux")
    assert (report["report"], report["version"]) == ("contrechamp.documents.dossier", 1)
    assert (report["statements"], len(report["exhibits"])) == (3, 1)
    assert report["standards"] == ["ua-1", "a-2a"]
    names = {file["name"] for file in report["files"]} | {"SHA256SUMS"}
    there = sorted(each for each in (tmp_path / "un").rglob("*") if each.is_file())
    assert {str(each.relative_to(tmp_path / "un")) for each in there} == names
    for each in there:
        same = tmp_path / "deux" / each.relative_to(tmp_path / "un")
        assert same.read_bytes() == each.read_bytes()


def test_each_file_has_the_hash_that_is_listed(here: Observatory, tmp_path: Path) -> None:
    runs(listed(tmp_path, here), "--out", tmp_path / "un")
    for line in (tmp_path / "un" / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ", 1)
        content = (tmp_path / "un" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
    (piece,) = (tmp_path / "un" / "pieces").iterdir()
    assert hashlib.sha256(piece.read_bytes()).hexdigest() == here.sha256


def test_a_page_and_its_words_will_do(here: Observatory, tmp_path: Path) -> None:
    path = tmp_path / "liste.json"
    where = f"/documents/{here.sha256}/page/2"
    path.write_text(json.dumps([{"sentence": "Trente jours", "quote": where, "exact": SENTENCE}]))
    report = runs(path, "--out", tmp_path / "un", "--json", "--date", "2026-01-02")
    assert report["day"] == "2026-01-02"
    manifest = json.loads((tmp_path / "un" / "manifest.json").read_text())
    assert manifest["statements"][0]["passages"][0]["rects"]["2"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("clm-0000000000", "pas public"),
        ("Une phrase\tq-0000000000", "n'existe pas"),
        ("Une phrase\tici", "Ligne 1"),
        ("", "vide"),
        (f"Une phrase\t/documents/{'0' * 64}/page/1", "pas public"),
    ],
)
def test_what_cannot_be_bound_is_refused_and_nothing_is_written(
    here: Observatory, tmp_path: Path, line: str, words: str
) -> None:
    path = tmp_path / "liste"
    path.write_text(line)
    with pytest.raises(Refused, match=words):
        runs(path, "--out", tmp_path / "un")
    assert not (tmp_path / "un").exists()


def test_a_page_that_a_document_has_not_is_refused(here: Observatory, tmp_path: Path) -> None:
    path = tmp_path / "liste"
    path.write_text(f"Une phrase\t/documents/{here.sha256}/page/99")
    with pytest.raises(Refused, match="page 99"):
        runs(path, "--out", tmp_path / "un")


def test_a_withdrawn_document_is_refused(here: Observatory, tmp_path: Path) -> None:
    path = listed(tmp_path, here)
    documents.withdraw_document(here.document, actor=here.editor, now=made.NOW, reason="Erreur.")
    with pytest.raises(Refused):
        runs(path, "--out", tmp_path / "un")


def test_a_folder_in_which_something_is_stays_as_it_is(here: Observatory, tmp_path: Path) -> None:
    path = listed(tmp_path, here)
    with pytest.raises(Refused, match="existe déjà"):
        runs(path, "--out", tmp_path)
    with pytest.raises(Refused, match="créez-le"):
        runs(path, "--out", tmp_path / "a" / "b")
    assert path.exists()


def test_a_list_that_is_not_there_ends_with_a_sentence(tmp_path: Path) -> None:
    done = contrechamp(
        tmp_path / "data", "documents", "dossier", str(tmp_path / "rien"), "--out", "x",
        LC_ALL="fr_FR.UTF-8",
    )  # fmt: skip
    assert done.returncode == 2
    assert "ne se lit pas" in done.stderr
    assert "Traceback" not in done.stderr
