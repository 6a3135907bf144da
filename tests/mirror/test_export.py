"""The whole public site as files: complete, repeatable, and never less than before."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from contrechamp.census import services as census
from contrechamp.mirror.domain.manifest import WORK
from contrechamp.mirror.services import Incomplete, NotOurs, exporting, verify
from tests.access.crawl import WAITING
from tests.access.test_leaks import ACTS, Private, settle
from tests.mirror.conftest import Export
from tests.mirror.reading import broken, files, pages
from tests.observatory import NOW, Observatory, proof

LIVE = "https://observatoire.example"


def test_every_link_of_a_copy_leads_to_a_file(folder: Path) -> None:
    assert broken(folder) == []


def test_what_needs_a_server_leads_to_the_site_and_says_so(
    here: Observatory, export: Export, tmp_path: Path
) -> None:
    export(tmp_path / "copy", live=LIVE)

    assert broken(tmp_path / "copy", live=LIVE) == []
    record = (tmp_path / f"copy/projet/{here.project.pk}.html").read_text()
    assert f'href="{LIVE}/projet/{here.project.pk}/corriger" data-live=""' in record


def test_a_copy_has_every_public_page_in_two_languages_and_its_files(
    here: Observatory, folder: Path
) -> None:
    found = files(folder)

    for name in (
        "index.html",
        f"projet/{here.project.pk}.html",
        f"projet/{here.project.pk}/historique.html",
        f"acteur/{here.company.pk}.html",
        f"contrat/{here.contract.pk}.html",
        f"fait/{here.kept.pk}.html",
        f"documents/{here.sha256}/page/2.html",
        "commune/06088-nice.html",
        "carte.html",
        "graphe.html",
        "projets.html",
        "recherche.html",
        "repertoire.html",
        "copie.html",
        "miroirs.html",
        "methode/index.html",
    ):
        assert name in found, name
        assert f"en/{name}" in found, name
    for name in (
        f"projet/{here.project.pk}.json",
        f"projet/{here.project.pk}.atom",
        f"documents/{here.sha256}/telecharger.pdf",
        f"documents/{here.sha256}/page/1~w=910.webp",
        f"documents/{here.sha256}/page/1.txt",
        "projets.csv",
        "projets.json",
        "flux.atom",
        "source.zip",
        "miroirs/cle.pem",
    ):
        assert name in found, name
    assert f"en/documents/{here.sha256}/telecharger.pdf" not in found


def test_a_copy_names_no_address_of_ours_and_asks_nobody(folder: Path) -> None:
    for name, content in files(folder).items():
        for told in (b"testserver", b"127.0.0.1", b"//copie.invalid", b"localhost"):
            assert told not in content or name == "source.zip", (name, told)
    for name, text in pages(folder).items():
        assert "csrfmiddlewaretoken" not in text, name
        assert 'method="post"' not in text, name
        assert "data-suggest" not in text, name


def test_two_runs_are_equal_byte_for_byte(folder: Path, export: Export, tmp_path: Path) -> None:
    export(tmp_path / "two")

    assert files(folder) == files(tmp_path / "two")


def test_a_second_run_writes_nothing_anew(folder: Path, export: Export) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}

    again = export(folder)

    assert (again.written, again.removed) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert not (folder / WORK).exists()


def test_what_changed_is_written_and_what_is_gone_is_removed(
    here: Observatory, folder: Path, export: Export, tmp_path: Path
) -> None:
    first = (folder / "manifest.json").read_bytes()
    census.withdraw([here.kept.pk], actor=here.editor, now=NOW, reason="Erreur.")
    settle()

    again = export(folder)

    assert again.removed > 0
    assert 0 < again.written < again.files
    assert not (folder / f"fait/{here.kept.pk}.html").exists()
    export(tmp_path / "fresh")
    assert _told(folder) == _told(tmp_path / "fresh")
    assert json.loads((folder / "manifest.json").read_text())["previous"] == _sha256(first)


def test_private_rows_change_no_byte_of_a_copy(
    here: Observatory, folder: Path, export: Export, tmp_path: Path
) -> None:
    private = Private(here, Random(1))  # noqa: S311  it draws words
    for act in ACTS:
        act(private)
    settle()

    export(tmp_path / "after")

    assert _told(folder) == _told(tmp_path / "after")


def _told(folder: Path) -> dict[str, bytes]:
    """Return what a copy says, but for how many posts wait; the manifest signs that as well."""
    found = files(folder)
    for name in ("manifest.json", "manifest.json.sig"):
        found.pop(name)
    return {name: WAITING.sub(b"", content) for name, content in found.items()}


def test_a_folder_with_something_else_is_left_alone(
    here: Observatory, export: Export, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("years of work")

    with pytest.raises(NotOurs):
        export(tmp_path / "mine")

    assert files(tmp_path / "mine") == {"thesis.txt": b"years of work"}


def test_a_file_of_somebody_else_in_a_copy_stays(folder: Path, export: Export) -> None:
    (folder / "CNAME").write_text("exemple.org")

    export(folder)

    assert (folder / "CNAME").exists()
    assert verify(folder).difference.extra == ("CNAME",)


def test_a_run_that_is_cut_is_put_right_by_the_next(
    here: Observatory, folder: Path, export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = files(folder)
    census.withdraw([here.kept.pk], actor=here.editor, now=NOW, reason="Erreur.")
    settle()

    def cut(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as power:
        power.setattr(exporting, "_sign", cut)
        with pytest.raises(KeyboardInterrupt):
            export(folder)
    assert verify(folder).is_unfinished
    assert verify(folder).difference

    export(folder)

    assert not verify(folder).difference
    assert not verify(folder).is_unfinished
    assert set(files(folder)) < set(whole)


def test_a_page_that_crashes_leaves_the_copy_as_it_was(
    folder: Path, export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(folder)
    monkeypatch.setattr("contrechamp.census.views.records.page_of", lambda *a, **k: 1 / 0)

    with pytest.raises(Incomplete, match="/projet/"):
        export(folder)

    left = files(folder)
    assert {name: left[name] for name in before} == before


def test_a_copy_made_on_another_day_tells_that_day(
    folder: Path, export: Export, tmp_path: Path
) -> None:
    export(tmp_path / "later", day=date(2026, 4, 1))
    one, other = files(folder), files(tmp_path / "later")

    assert "3 mars 2026" in one["copie.html"].decode().replace("\u00a0", " ")
    different = {name for name in one if one[name] != other.get(name)}
    assert not any(name.startswith(("projet/", "acteur/", "fait/")) for name in different)


def test_a_fact_that_is_published_comes_into_the_copy(
    here: Observatory, folder: Path, export: Export
) -> None:
    """Otherwise the test of private rows could not fail."""
    by: dict[str, Any] = {"actor": here.author, "now": NOW}
    claim = census.add_claim(subject=here.project, property="area_km2", value=72, **by)
    census.add_evidence(claim, **proof(here.sha256, here.quote), **by)
    census.submit([claim.pk], **by)
    census.publish([claim.pk], reviewer=here.editor, now=NOW)
    settle()

    export(folder)

    assert (folder / f"fait/{claim.pk}.html").exists()


def _sha256(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()
