"""Files that are broken, hostile or too big: one sentence, and nothing behind."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from contrechamp.census.models import Entity
from contrechamp.census.services.imports import KINDS
from contrechamp.kernel.errors import Refused
from tests.census.exchange import CARTO, LATER, bring, rows, write
from tests.cli.test_commands import contrechamp


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_not_there_is_refused(tmp_path: Path, kind: str) -> None:
    with pytest.raises(Refused, match="existe pas"):
        bring(tmp_path / "nowhere", kind)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_file_is_refused(tmp_path: Path, kind: str) -> None:
    with pytest.raises(Refused, match="vide"):
        bring(write(tmp_path, "x", b""), kind)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "contrechamp"])
def test_bytes_that_are_not_utf_8_are_refused_with_their_line(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path, "x.txt", b"EDGE;A;B;est membre;x\nEDGE;caf\xe9;B;est membre;x\n")
    with pytest.raises(Refused, match=r"ligne 2 .*--encoding"):
        bring(path, kind)


@pytest.mark.django_db
def test_an_encoding_that_is_named_is_used(tmp_path: Path) -> None:
    path = write(tmp_path, "x.csv", CARTO.replace("\u00ad", "").encode("cp1252"))
    report = bring(path, "carto", encoding="cp1252")
    assert report["file"]["encoding"] == "cp1252"
    assert Entity.objects.filter(name="ville de Béthune").exists()
    with pytest.raises(Refused, match="codage"):
        bring(path, "carto", encoding="klingon")


@pytest.mark.parametrize("kind", KINDS)
def test_two_gigabytes_are_refused_before_they_are_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as huge:
        huge.write(b"x")
        huge.truncate(3 * 1024**3)
    with pytest.raises(Refused, match="Mo"):
        bring(path, kind)


def packed(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["uwazi", "contrechamp"])
def test_a_zip_bomb_is_not_opened(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path, "x.zip", packed(**{"a.csv": b"0" * (64 * 1024**2)}))
    with pytest.raises(Refused, match="bombe"):
        bring(path, kind)


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "a/../../b.csv"])
def test_a_path_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, "x.zip", packed(**{name: b"Title\nA\n"}))
    with pytest.raises(Refused, match="hors du dossier"):
        bring(path, "uwazi")


def test_half_a_zip_is_refused(tmp_path: Path) -> None:
    whole = packed(**{"a.csv": b"Title\nA\n" * 100})
    with pytest.raises(Refused, match="ZIP"):
        bring(write(tmp_path, "x.zip", whole[: len(whole) // 2]), "contrechamp")


@pytest.mark.django_db
def test_html_stays_text(tmp_path: Path) -> None:
    text = "EDGE;<script>alert(1)</script>;B;est membre;https://a.example\n"
    bring(write(tmp_path, "x.csv", text), "carto")
    assert Entity.objects.filter(name="<script>alert(1)</script>").exists()


@pytest.mark.django_db
def test_a_file_that_is_refused_at_the_end_leaves_no_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise Refused("non")

    bring(write(tmp_path, "0.csv", "EDGE;A;B;est membre;https://a.example\n"), "carto")
    before = rows()
    monkeypatch.setattr("contrechamp.census.services.imports.as_json", fails)
    with pytest.raises(Refused):
        bring(write(tmp_path, "x.csv", CARTO), "carto", now=LATER)
    assert rows() == before


# As a person meets it


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return contrechamp(folder, "import", *words, LC_ALL="fr_FR.UTF-8")


def test_a_refusal_is_one_sentence_and_leaves_no_folder(tmp_path: Path) -> None:
    data = tmp_path / "data"
    bad = write(tmp_path, "x.csv", b"EDGE;A;B;est membre;x\nEDGE;\xe9;B;est membre;x\n")
    for path in (tmp_path / "nowhere.csv", bad):
        done = run(data, str(path), "--kind", "carto")
        assert (done.returncode, done.stdout) == (2, "")
        assert "Traceback" not in done.stderr
        assert not data.exists()


def test_the_first_import_makes_the_observatory_and_prints_one_document(tmp_path: Path) -> None:
    data = tmp_path / "data"
    path = write(tmp_path, "x.csv", CARTO)
    done = run(data, str(path), "--kind", "carto", "--report", "json")
    assert done.returncode == 3
    report = json.loads(done.stdout)
    assert (report["report"], report["version"]) == ("contrechamp.import", 1)
    assert report["nodes"]["created"] == 7
    shown = run(data, str(path), "--kind", "carto", "--dry-run")
    assert "relation_held" in shown.stdout
    nobody = run(data, str(path), "--kind", "carto", "--as", "personne")
    assert nobody.returncode == 2
    clean = write(tmp_path, "clean.csv", "NODE;A;Acteur privé\nEDGE;A;A2;est membre;http://x.fr\n"
                  "NODE;A2;Association professionnelle\n")  # fmt: skip
    assert run(data, str(clean), "--kind", "carto").returncode == 0
