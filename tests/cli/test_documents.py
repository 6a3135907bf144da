"""Documents by the command line, as a script calls it; and what is left after kill -9."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from tests.cli.test_commands import COMMAND, contrechamp, environment
from tests.documents import concealed, files

ADD_KEYS = {
    "report", "version", "added", "known", "refused", "bytes", "pages", "pages_to_ocr", "seconds",
    "documents",
}  # fmt: skip
ENTRY_KEYS = {
    "path", "state", "reason", "message", "id", "sha256", "sha1", "bytes", "mime", "kind", "pages",
    "pages_text", "pages_ocr", "replaces", "near", "redactions", "warnings",
}  # fmt: skip


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which nothing was ever set up."""
    return tmp_path_factory.mktemp("instance") / "data"


def documents(folder: Path, *words: object) -> tuple[int, dict[str, Any]]:
    done = contrechamp(folder, "documents", *map(str, words), "--json", LC_ALL="fr_FR.UTF-8")
    return done.returncode, json.loads(done.stdout) if done.stdout else {"stderr": done.stderr}


def counts(folder: Path) -> dict[str, int]:
    """Count rows as another program would, while ours runs or after it was killed."""
    tables = ("file", "document", "page", "textlayer")
    with sqlite3.connect(f"file:{folder}/contrechamp.sqlite3?mode=ro", uri=True) as database:
        return {
            name: database.execute(f"SELECT count(*) FROM documents_{name}").fetchone()[0]  # noqa: S608
            for name in tables
        }


def test_the_first_use_sets_up_the_folder(instance: Path, tmp_path: Path) -> None:
    path = files.pdf(tmp_path / "a.pdf", 2)

    code, report = documents(instance, "add", path, "--origin", "official_site")

    assert code == 0
    assert set(report) == ADD_KEYS
    assert (report["report"], report["version"]) == ("contrechamp.documents.add", 1)
    assert (report["added"], report["pages"], report["bytes"]) == (1, 2, path.stat().st_size)
    (entry,) = report["documents"]
    assert set(entry) == ENTRY_KEYS
    assert entry["near"] == []
    assert entry["redactions"] == {"verdict": "clean", "findings": 0}
    assert documents(instance, "add", path)[1]["documents"][0]["state"] == "known"


def test_exit_codes_say_how_much_was_done(instance: Path, tmp_path: Path) -> None:
    files.pdf(tmp_path / "bon.pdf", 3, "Autre document")
    (tmp_path / "vide.pdf").touch()

    assert documents(instance, "add", tmp_path)[0] == 3
    assert documents(instance, "add", tmp_path / "vide.pdf")[0] == 2
    assert documents(instance, "add", tmp_path / "bon.pdf")[0] == 0
    assert documents(instance, "add", tmp_path / "absent.pdf")[0] == 2
    assert documents(instance, "add", tmp_path / "bon.pdf", "--by", "nobody")[0] == 2
    assert documents(instance, "add", tmp_path / "bon.pdf", "--origin", "x")[0] == 2


def test_a_password_comes_from_a_file(instance: Path, tmp_path: Path) -> None:
    path = files.encrypted(tmp_path / "ferme.pdf", "sésame")
    (tmp_path / "mots.txt").write_text("non\nsésame\n", "utf-8")

    assert documents(instance, "add", path)[1]["documents"][0]["reason"] == "encrypted"
    assert documents(instance, "add", path, "--password-file", tmp_path / "mots.txt")[0] == 0


def test_status_and_verify_answer_in_json(instance: Path) -> None:
    code, status = documents(instance, "status")
    assert (code, status["files_waiting"], status["ocr"]["queued"]) == (0, 0, 0)
    assert documents(instance, "verify")[0] == 0


def test_a_changed_byte_is_found_out(tmp_path: Path) -> None:
    files.pdf(tmp_path / "a.pdf")
    _, report = documents(tmp_path / "data", "add", tmp_path / "a.pdf")
    key = report["documents"][0]["sha256"]
    kept = tmp_path / "data" / "files" / key[:2] / key[2:4] / key
    assert oct(kept.stat().st_mode)[-3:] == "440"
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes() + b" ")

    code, found = documents(tmp_path / "data", "verify")

    assert (code, found["changed"], found["missing"]) == (3, [key], [])


def killed_when(folder: Path, words: list[object], reached: Any) -> None:
    """Start a command, and kill it with all it started as soon as something is reached."""
    process = subprocess.Popen(  # noqa: S603
        [COMMAND, "documents", *map(str, words)],
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = monotonic() + 60
    try:
        while not reached() and process.poll() is None and monotonic() < deadline:
            sleep(0.005)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def test_an_arrival_that_is_killed_loses_nothing_and_reads_nothing_twice(
    ready: Path, tmp_path: Path
) -> None:
    data, folder = ready, tmp_path / "in"
    folder.mkdir()
    for number in range(4):
        files.pdf(folder / f"{number}.pdf", 700, f"Dossier {number}")

    killed_when(data, ["add", folder], lambda: counts(data)["page"] >= 300)
    cut = counts(data)
    with sqlite3.connect(data / "contrechamp.sqlite3") as database:
        read = set(database.execute("SELECT id, page_id, text FROM documents_textlayer"))
    code, report = documents(data, "add", folder)

    assert 300 <= cut["page"] == cut["textlayer"]
    assert (code, [entry["message"] for entry in report["documents"]]) == (0, [None] * 4)
    assert report["added"] + report["known"] == 4
    assert counts(data) == {"file": 4, "document": 4, "page": 2800, "textlayer": 2800}
    with sqlite3.connect(data / "contrechamp.sqlite3") as database:
        assert read <= set(database.execute("SELECT id, page_id, text FROM documents_textlayer"))
    assert documents(data, "status")[1]["files_read"] == 4
    orphans = documents(data, "verify")[1]
    assert (orphans["missing"], orphans["changed"], orphans["orphan"]) == ([], [], [])


def test_recognition_that_is_killed_goes_on_at_once_and_reads_no_page_twice(tmp_path: Path) -> None:
    data = tmp_path / "data"
    documents(data, "add", files.tiff(tmp_path / "scan.tif", 300))

    def done() -> int:
        with sqlite3.connect(f"file:{data}/contrechamp.sqlite3?mode=ro", uri=True) as database:
            query = "SELECT count(*) FROM documents_ocrpage WHERE state = 'DONE'"
            return int(database.execute(query).fetchone()[0])

    killed_when(data, ["ocr"], lambda: done() >= 20)
    cut = done()
    with sqlite3.connect(data / "contrechamp.sqlite3") as database:
        read = set(database.execute("SELECT id, page_id FROM documents_textlayer"))
    code, run = documents(data, "ocr")

    assert 20 <= cut < 300
    assert (code, run["done"], run["waiting"]) == (0, 300 - cut, 0)
    with sqlite3.connect(data / "contrechamp.sqlite3") as database:
        now = set(database.execute("SELECT id, page_id FROM documents_textlayer"))
    assert read <= now
    assert len(now) == len({page for _, page in now}) == 300


def test_a_large_file_is_taken_in_without_being_held_in_memory(tmp_path: Path) -> None:
    """A sparse file of 600 MB that ends as a PDF: the process may not have as much memory."""
    path = tmp_path / "gros.pdf"
    small = files.pdf(tmp_path / "petit.pdf", 3).read_bytes()
    with path.open("wb") as sparse:
        sparse.write(small)
        sparse.truncate(600 << 20)
    limited = (
        "import resource, sys; from contrechamp.cli.main import main; "
        "resource.setrlimit(resource.RLIMIT_DATA, (400 << 20, 400 << 20)); "
        f"sys.argv[1:] = ['documents', 'add', {str(path)!r}, '--json']; main()"
    )

    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", limited],
        env=environment(tmp_path / "data"),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    (entry,) = json.loads(done.stdout)["documents"]
    assert entry["reason"] in {None, "broken"}
    assert entry["bytes"] == 600 << 20


def test_an_office_file_waits_until_there_is_a_converter(tmp_path: Path) -> None:
    """First without LibreOffice, then with a program that stands in its place on the path."""
    data, office = tmp_path / "data", tmp_path / "note.odt"
    office.write_bytes(files.odt())
    files.pdf(tmp_path / "made.pdf", 70, "Note de service")
    programs = tmp_path / "programs"
    programs.mkdir()

    def add_with(path: str) -> dict[str, Any]:
        done = contrechamp(data, "documents", "add", str(office), "--json", PATH=path)
        entry: dict[str, Any] = json.loads(done.stdout)["documents"][0]
        return entry

    waiting = add_with(str(programs))
    converter = programs / "soffice"
    converter.write_text(
        '#!/bin/sh\nfor last; do :; done\n/bin/cp "$MADE" "${last%source.odt}source.pdf"\n'.replace(
            "$MADE", str(tmp_path / "made.pdf")
        )
    )
    converter.chmod(0o755)
    again, third = add_with(str(programs)), add_with(str(programs))

    assert (waiting["reason"], waiting["state"], waiting["pages"]) == (
        "converter_missing",
        "added",
        0,
    )
    assert (again["state"], again["pages"], again["pages_text"]) == ("known", 70, 70)
    assert (third["state"], third["pages"], third["id"]) == ("known", 70, waiting["id"])
    status = documents(data, "status")[1]
    assert (status["files_read"], status["files_waiting"]) == (1, 0)
    assert documents(data, "verify")[0] == 0


def test_badly_redacted_files_are_found_and_their_text_is_shown_on_request(tmp_path: Path) -> None:
    bad = concealed.made(concealed.VISIBLE + concealed.HIDDEN + concealed.BOX, tmp_path / "a.pdf")
    good = concealed.made(concealed.VISIBLE, tmp_path / "b.pdf")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.4 broken")

    code, report = documents(tmp_path / "data", "check-redactions", bad, good)
    assert (code, report["report"]) == (3, "contrechamp.documents.check-redactions")
    assert set(report) == {"report", "version", "files"}
    first, second = report["files"]
    assert (first["verdict"], second["verdict"], second["findings"]) == ("bad", "clean", [])
    (finding,) = first["findings"]
    assert set(finding) == {"page", "rect", "kind", "characters", "dark", "text"}
    assert (finding["kind"], finding["dark"], finding["text"]) == ("covered", True, None)

    code, report = documents(tmp_path / "data", "check-redactions", bad, "--reveal")
    assert report["files"][0]["findings"][0]["text"] == concealed.SECRET
    assert documents(tmp_path / "data", "check-redactions", good)[0] == 0
    code, report = documents(tmp_path / "data", "check-redactions", tmp_path / "c.pdf")
    assert (code, report["files"][0]["reason"]) == (2, "broken")
    assert not (tmp_path / "data" / "files").exists()


def test_a_document_is_screened_without_a_word_of_it_being_told(tmp_path: Path) -> None:
    path = files.pdf(tmp_path / "a.pdf", 1, "Monsieur Jules INVENTEUR, 06 12 34 56 78,")
    _, added = documents(tmp_path / "data", "add", path)

    code, report = documents(tmp_path / "data", "screen", added["documents"][0]["sha256"])

    assert (code, report["undecided"]) == (3, 2)
    assert [each["kind"] for each in report["findings"]] == ["person", "telephone"]
    assert "INVENTEUR" not in json.dumps(report)
    assert documents(tmp_path / "data", "screen", "0" * 64)[0] == 2


def test_a_clean_copy_says_what_was_taken_out(tmp_path: Path) -> None:
    path, out = files.tiff(tmp_path / "a.tiff", 1), tmp_path / "b.tiff"

    code, report = documents(tmp_path / "data", "scrub", path, "--out", out)

    assert (code, report["report"], report["kind"]) == (0, "contrechamp.documents.scrub", "image")
    assert set(report) == {"report", "version", "path", "out", "kind", "before", "after"}
    assert out.exists()
    assert documents(tmp_path / "data", "scrub", path, "--out", out)[0] == 2
