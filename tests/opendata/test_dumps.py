"""Nightly dumps: whole, signed, the same bytes twice, nothing private, handed out in pieces."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.timezone import localtime
from pytest_django import Settings

from contrechamp.census.services import add_claim, add_entity, add_evidence
from contrechamp.documents.models import Document
from contrechamp.foundation import jobs, signing
from contrechamp.kernel.errors import Refused
from contrechamp.opendata import queries, services, tasks
from contrechamp.opendata.domain.manifest import MANIFEST, SIGNATURE, Difference
from contrechamp.watch import services as watch
from tests.documents import made
from tests.observatory import NOW, PAGES, Observatory, observatory
from tests.people import Person
from tests.watch import invented

CANARY = "canari-5e1b"
NIGHT = datetime(2026, 3, 3, 4, 5).astimezone()


@pytest.fixture
def here(marianne: Person, amina: Person, settings: Settings, tmp_path: Path) -> Observatory:
    """A small observatory in a folder of its own."""
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, data=tmp_path / "data", dumps_kept=2)
    assert marianne.user
    assert amina.user
    found = observatory(author=marianne.user, editor=amina.user)
    ban = invented.flight(1, technology="demonstration_ban", decision="ban", operator=None)
    watch.take_in([ban], now=NOW)
    watch.accept([ban["id"]], actor=marianne.user, now=NOW)
    watch.publish([ban["id"]], reviewer=amina.user, now=NOW)
    return found


def unpacked(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes of every file, and of what is packed in it."""
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        yield path.name, data
        if path.suffix == ".gz":
            yield f"{path.name}!", gzip.decompress(data)
        if path.suffix == ".zip":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                yield from (
                    (f"{path.name}!{name}", archive.read(name)) for name in archive.namelist()
                )


def parquet_texts(folder: Path) -> str:
    """Return every cell of the Parquet files: their bytes are packed."""
    parquet = pytest.importorskip("pyarrow.parquet")
    return "".join(
        json.dumps(parquet.read_table(path).to_pylist(), default=str)
        for path in sorted(folder.glob("*.parquet"))
    )


def test_two_runs_are_the_same_bytes_and_hold_every_format(
    here: Observatory, tmp_path: Path
) -> None:
    for name in "ab":
        services.write_all(tmp_path / name, today=NOW.date())
    one, two = (dict(unpacked(tmp_path / name)) for name in "ab")
    assert one == two
    manifest = json.loads(one[MANIFEST])
    assert {each["name"] for each in manifest["files"]} >= {
        *("LICENCE.txt", "README.md", "dictionary.fr.md", "dictionary.en.md", "metadata.json"),
        *("contrechamp.sqlite.zip", "contrechamp-csv.zip", "contrechamp.ftm.jsonl.gz"),
        *("contrechamp.gexf.gz", "contrechamp-dump.zip", "nodes.parquet", "acts.parquet"),
    }
    assert manifest["tables"]["acts"] == 1
    assert manifest["tables"]["documents"] == 1
    assert manifest["tables"]["nodes"] == 6
    for each in manifest["files"]:
        data = one[each["name"]]
        assert (each["bytes"], each["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert one["dictionary.fr.md"] != one["dictionary.en.md"]
    assert not list(tmp_path.glob(".export-*"))


def test_the_database_says_what_it_holds_and_finds_words(here: Observatory, tmp_path: Path) -> None:
    services.write_all(tmp_path / "a", today=NOW.date())
    with zipfile.ZipFile(tmp_path / "a/contrechamp.sqlite.zip") as archive:
        archive.extract("contrechamp.sqlite", tmp_path)
    with closing(sqlite3.connect(tmp_path / "contrechamp.sqlite")) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        assert {"acts", "acts_places", "documents", "dictionary", "about", "labels"} <= tables
        (found,) = database.execute(
            "SELECT name FROM nodes WHERE rowid IN"
            " (SELECT rowid FROM nodes_fts WHERE nodes_fts MATCH 'optique')"
        )
        assert found == ("Exemple Optique",)
        explained = set(database.execute('SELECT "table", "column" FROM dictionary'))
        for table in ("nodes", "edges", "claims", "evidence", "acts", "documents", "places"):
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
            assert {(table, column) for column in columns} <= explained
        (act,) = database.execute("SELECT challenge_safely_until, challenge_until, url FROM acts")
        assert act[2].startswith("/actes/")


@pytest.mark.parametrize("with_texts", [False, True])
def test_nothing_private_is_in_any_byte(
    here: Observatory, tmp_path: Path, settings: Settings, *, with_texts: bool
) -> None:
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, dump_texts=with_texts)
    services.write_all(tmp_path / "a", today=NOW.date())
    by: dict[str, Any] = {"actor": here.author, "now": NOW}
    draft = add_entity(kind="actor", type="company", name=f"Z {CANARY}", **by)
    add_claim(subject=draft, property="supplies", target=here.city, **by)
    claim = add_claim(subject=here.project, property="summary", value=CANARY, **by)
    add_evidence(claim, kind="url", url=f"https://a.example/{CANARY}", **by)
    for number, state in enumerate((Document.State.DRAFT, Document.State.PUBLISHED)):
        made.document(
            texts=[(CANARY, str(number))],
            by=here.author,
            title=CANARY,
            state=state,
            access=Document.Access.TEAM,
            embargo_until=NOW + timedelta(days=36_500),
        )
    watch.take_in([invented.shop(7), invented.video(8)], now=NOW)
    services.write_all(tmp_path / "b", today=NOW.date())
    assert dict(unpacked(tmp_path / "a")) == dict(unpacked(tmp_path / "b"))
    for name, data in unpacked(tmp_path / "b"):
        assert CANARY.encode() not in data, name
    assert CANARY not in parquet_texts(tmp_path / "b")
    # Otherwise the test could not fail.
    whole = b"".join(data for _, data in unpacked(tmp_path / "b")).decode(errors="replace")
    assert "Exemple Optique" in whole
    assert "Exemple Optique" in parquet_texts(tmp_path / "b").encode().decode("unicode_escape")
    assert (PAGES[0][2] in whole) == with_texts


def test_a_check_names_what_differs(here: Observatory, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    services.write_all(folder, today=NOW.date())
    assert services.check_dump(folder).differences == []
    (folder / "README.md").write_text("x")
    (folder / "LICENCE.txt").unlink()
    (folder / "more.txt").write_text("x")
    assert list(services.check_dump(folder).differences) == [
        Difference(name="LICENCE.txt", what="missing"),
        Difference(name="README.md", what="changed"),
        Difference(name="more.txt", what="unlisted"),
    ]


def test_who_changes_the_manifest_or_signs_it_anew_is_found_out(
    here: Observatory, tmp_path: Path
) -> None:
    folder, trusted = tmp_path / "a", tmp_path / "key.pem"
    services.write_all(folder, today=NOW.date())
    trusted.write_text(signing.public_key())
    data = (folder / MANIFEST).read_bytes().replace(b"ODbL", b"XXXX")
    (folder / MANIFEST).write_bytes(data)
    signature = Difference(name=SIGNATURE, what="signature")
    assert list(services.check_dump(folder).differences) == [signature]
    other = signing.key_pair(tmp_path / "other")
    (folder / SIGNATURE).write_bytes(other.sign(data))
    (folder / signing.PUBLIC).write_text(other.public_key)
    assert services.check_dump(folder).differences == []
    assert list(services.check_dump(folder, key=trusted).differences) == [signature]
    (folder / SIGNATURE).unlink()
    assert services.check_dump(folder).differences[0].what == "missing"


def test_what_is_no_export_is_not_replaced(here: Observatory, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("x")
    for path in (tmp_path / "mine", tmp_path / "mine/letter.txt"):
        with pytest.raises(Refused):
            services.write_all(path, today=NOW.date())
    with pytest.raises(Refused):
        services.check_dump(tmp_path / "mine")
    assert (tmp_path / "mine/letter.txt").read_text() == "x"


def test_each_night_names_the_one_before_and_the_oldest_goes(here: Observatory) -> None:
    for days in range(3):
        services.make_tonights(NIGHT + timedelta(days=days))
    newest, before = queries.dumps()
    assert newest.manifest.made_on == date(2026, 3, 5)
    previous = hashlib.sha256((before.folder / MANIFEST).read_bytes()).hexdigest()
    assert newest.manifest.previous == previous
    root = queries.dumps_folder()
    assert (root / "latest").resolve() == newest.folder.resolve()
    assert services.check_dump(root / "latest").differences == []
    same = (newest.folder / MANIFEST).read_bytes()
    services.make_tonights(NIGHT + timedelta(days=2))
    assert (newest.folder / MANIFEST).read_bytes() == same


def test_a_dump_is_due_after_its_hour_once_a_day(here: Observatory, settings: Settings) -> None:
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, dump_at=time(4))
    assert not services.is_due(NIGHT.replace(hour=3))
    assert services.is_due(NIGHT)
    services.make_tonights(NIGHT)
    assert not services.is_due(NIGHT)
    assert services.is_due(NIGHT + timedelta(days=1))
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, dumps_kept=0)
    assert not services.is_due(NIGHT + timedelta(days=1))


def test_a_night_that_fails_is_tried_again_later_and_not_each_minute(
    here: Observatory, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, dump_at=time(0))
    begun: list[str] = []
    monkeypatch.setattr(jobs, "run_beside", lambda name, function: begun.append(name))
    monkeypatch.setattr(tasks, "_tried", [])
    tasks.look()
    tasks.look()
    assert begun == ["opendata"]
    tasks.make()
    assert queries.dumps()[0].manifest.made_on == localtime().date()


def test_the_page_says_what_to_do_before_the_first_night(here: Observatory) -> None:
    answer = Person().opens("/donnees")
    assert answer.status == 200
    assert "Aucun fichier complet" in answer.text
    assert "/projets.csv" in answer.text


def test_the_page_lists_files_with_hash_and_key(here: Observatory) -> None:
    services.make_tonights(NIGHT)
    services.make_tonights(NIGHT + timedelta(days=1))
    text = Person().opens("/donnees").text
    (newest, older) = queries.dumps()
    for part in newest.manifest.parts:
        assert f"/donnees/latest/{part.name}" in text
        assert part.sha256 in text
    assert f"/donnees/{older.folder.name}/manifest.json" in text
    assert signing.own_keys().fingerprint in text
    assert "Take the data" in Person(language="en").opens("/donnees").text


def test_a_file_is_taken_whole_or_in_pieces_and_asked_for_again(here: Observatory) -> None:
    services.make_tonights(NIGHT)
    url, browser = "/donnees/latest/contrechamp.sqlite.zip", Person().browser
    whole = browser.get(url)
    data = b"".join(whole.streaming_content)  # type: ignore[attr-defined]
    path = queries.dumps()[0].folder / "contrechamp.sqlite.zip"
    assert data == path.read_bytes()
    assert whole.headers["Content-Length"] == str(len(data))
    tag, changed = whole.headers["ETag"], whole.headers["Last-Modified"]

    part = browser.get(url, headers={"range": "bytes=5-14", "if-range": tag})
    assert part.status_code == 206
    assert b"".join(part.streaming_content) == data[5:15]  # type: ignore[attr-defined]
    assert part.headers["Content-Range"] == f"bytes 5-14/{len(data)}"
    assert browser.get(url, headers={"range": "bytes=5-", "if-range": '"x"'}).status_code == 200
    assert browser.get(url, headers={"range": f"bytes={len(data)}-"}).status_code == 416
    assert browser.get(url, headers={"if-none-match": tag}).status_code == 304
    assert browser.get(url, headers={"if-modified-since": changed}).status_code == 304
    head = browser.head(url)
    assert head.headers["Content-Length"] == str(len(data))


@pytest.mark.parametrize("name", [".lock", "..", "%2e%2e%2fsecret_key", "private-key.pem", "x"])
def test_nothing_else_is_handed_out(here: Observatory, name: str) -> None:
    services.make_tonights(NIGHT)
    assert Person().opens(f"/donnees/latest/{name}").status == 404
    assert Person().opens(f"/donnees/../{name}").status == 404
