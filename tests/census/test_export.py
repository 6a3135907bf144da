"""Exports: the same bytes twice, nothing private in a public one, and formats that others open."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.accounts.domain import Role
from contrechamp.census.domain.exchange import flat, ftm
from contrechamp.census.domain.exchange.bundle import (
    Bundle,
    Check,
    HeldCensus,
    Node,
    Proof,
    Statement,
)
from contrechamp.census.models import Claim, Entity
from contrechamp.census.services import (
    add_claim,
    add_entity,
    add_evidence,
    add_name,
    change_claim,
    exports,
    publish,
    submit,
)
from contrechamp.kernel.errors import Refused
from tests import make
from tests.census import facts
from tests.census.exchange import LATER, NOW, bring, empty, rows, write
from tests.census.test_import_ftm import fill

CANARY = "canari-7f3a"


def everything(folder: Path, scope: str = "public") -> dict[str, bytes]:
    """Return the bytes of every export."""
    found = {}
    for kind in exports.FORMATS:
        if scope == "all" and kind in exports.PUBLIC_ONLY:
            continue
        path = folder / f"{scope}.{kind}"
        exports.export(kind, path, scope=scope)
        for each in sorted(path.iterdir()) if path.is_dir() else [path]:
            found[f"{kind}/{each.name}"] = each.read_bytes()
    return found


def unpacked(found: dict[str, bytes]) -> bytes:
    whole = b""
    for name, data in found.items():
        whole += data
        if name.startswith("dump/"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                whole += b"".join(archive.read(entry) for entry in archive.namelist())
    return whole


@pytest.mark.django_db
def test_two_exports_are_the_same_bytes(tmp_path: Path) -> None:
    fill()
    for scope in exports.SCOPES:
        assert everything(tmp_path, scope) == everything(tmp_path, scope)


@pytest.mark.django_db
def test_private_rows_change_no_byte_of_a_public_export(tmp_path: Path) -> None:
    made = fill()
    before = everything(tmp_path)
    noor = make.user(f"noor-{CANARY}")
    add_entity(kind="actor", type="company", name=f"Z {CANARY}", actor=noor, now=LATER)
    add_name(made["town"], text=f"Ville {CANARY}", actor=noor, now=LATER)
    claim = add_claim(
        subject=made["seller"], property="summary", value=CANARY, actor=noor, now=LATER
    )
    add_evidence(claim, kind="url", url=f"https://a.example/{CANARY}", actor=noor, now=LATER)
    shown = Claim.objects.get(property="cameras_authorised")
    add_evidence(shown, kind="file", file_name=CANARY, actor=noor, now=LATER)
    change_claim(shown.pk, expected_version=Claim.objects.get(pk=shown.pk).version, value=99,
                 actor=noor, now=LATER)  # fmt: skip
    held = add_entity(
        kind="actor", type="unknown", name=f"H {CANARY}", person_hold=True, actor=noor, now=LATER
    )
    add_claim(subject=held, property="supplies", target=made["town"], actor=noor, now=LATER)

    after = everything(tmp_path)
    assert after == before
    assert CANARY.encode() not in unpacked(after)
    assert b"canari-secret" not in unpacked(after)
    assert CANARY.encode() in unpacked(everything(tmp_path, "all"))


@pytest.mark.django_db
def test_a_dump_of_everything_comes_back_as_it_was(tmp_path: Path) -> None:
    fill()
    before = everything(tmp_path, "all")
    public = everything(tmp_path)
    path = tmp_path / "all.dump"
    kept = path.rename(tmp_path / "kept.zip")
    again = bring(kept, "contrechamp", now=LATER)
    assert again["nodes"]["created"] == again["edges"]["created"] == 0
    assert everything(tmp_path, "all") == before
    empty()
    report = bring(kept, "contrechamp", now=LATER, restore=True)
    assert report["nodes"]["created"] == Entity.objects.count()
    assert everything(tmp_path, "all") == before
    assert everything(tmp_path) == public


@pytest.mark.django_db
def test_a_public_dump_holds_no_working_table(tmp_path: Path) -> None:
    fill()
    path = tmp_path / "x.zip"
    exports.export("dump", path)
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        assert not {name for name in names if name.startswith("tables/")}
        assert {"manifest.json", "records.jsonl", "public/acts.jsonl", "LICENCE.txt"} <= names
    empty()
    report = bring(path, "contrechamp", restore=True)
    assert report["counts"] == {}


@pytest.mark.django_db
def test_a_dump_that_differs_from_its_manifest_is_refused(tmp_path: Path) -> None:
    fill()
    exports.export("dump", tmp_path / "x.zip", scope="all")
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}

    def changed(**other: bytes | None) -> Path:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, data in {**entries, **other}.items():
                if data is not None:
                    archive.writestr(name, data)
        return write(tmp_path, "y.zip", out.getvalue())

    before = rows()
    for path in (
        changed(**{"records.jsonl": entries["records.jsonl"][:-20]}),
        changed(**{"tables/claim.jsonl": None}),
        changed(**{"extra.txt": b"x"}),
        changed(**{"manifest.json": b"{}"}),
        changed(**{"manifest.json": b'{"format": "contrechamp.dump", "version": 9, "tables": {}}'}),
    ):
        with pytest.raises(Refused):
            bring(path, "contrechamp")
    assert rows() == before


@pytest.mark.django_db
def test_a_spreadsheet_runs_nothing_and_the_tables_join(tmp_path: Path) -> None:
    made = fill()
    exports.export("csv", tmp_path / "csv")
    names = {path.name for path in (tmp_path / "csv").iterdir()}
    assert names == {
        *(f"{n}.csv" for n in ("nodes", "edges", "claims", "evidence", "documents", "places")),
        *("acts.csv", "acts_places.csv", "acts_companies.csv", "labels.csv"),
        *("requests.csv", "request_items.csv", "request_facts.csv", "cada_opinions.csv"),
        *("actions.csv", "action_courts.csv", "action_facts.csv", "action_parties.csv"),
        *("action_subjects.csv", "forum_threads.csv", "forum_posts.csv", "forum_journal.csv"),
        *("LICENCE.txt", "README.md", "dictionary.fr.md", "dictionary.en.md"),
    }
    with (tmp_path / "csv/nodes.csv").open(newline="") as lines:
        nodes = {row["id"]: row for row in csv.DictReader(lines)}
    with (tmp_path / "csv/edges.csv").open(newline="") as lines:
        edges = list(csv.DictReader(lines))
    assert nodes[made["town"].pk]["siren"] == "210600888"
    assert {edge["source"] for edge in edges} | {edge["target"] for edge in edges} <= set(nodes)
    assert not list(tmp_path.glob(".export-*"))


@pytest.mark.parametrize("text", ["=1+1", "+33", "-x", "@a", "\tx"])
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert flat.cell(text) == f"'{text}"
    assert flat.cell(-12) == "-12"


@pytest.mark.django_db
def test_gephi_gets_distinct_parallel_edges(tmp_path: Path) -> None:
    fill()
    exports.export("gexf", tmp_path / "x.gexf", positions={})
    root = ElementTree.fromstring((tmp_path / "x.gexf").read_text())  # noqa: S314  our own
    space = "{http://gexf.net/1.3}"
    edges = [edge.get("id") for edge in root.iter(f"{space}edge")]
    assert len(edges) == len(set(edges)) == 7
    assert "Visia & fils <b>" in {node.get("label") for node in root.iter(f"{space}node")}


@pytest.mark.django_db
def test_sqlite_holds_what_is_public_and_no_more(tmp_path: Path) -> None:
    fill()
    path = tmp_path / "x.sqlite"
    exports.export("sqlite", path)
    with closing(sqlite3.connect(path)) as database:
        tables = {name for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND name NOT LIKE 'search_%' AND name NOT LIKE '%_fts%'"
        )}  # fmt: skip
        assert tables == {
            *("nodes", "edges", "claims", "evidence", "documents", "places", "labels", "search"),
            *("acts", "acts_places", "acts_companies", "dictionary", "about"),
            *("requests", "request_items", "request_facts", "cada_opinions"),
            *("actions", "action_courts", "action_facts", "action_parties", "action_subjects"),
            *("forum_threads", "forum_posts", "forum_journal"),
        }
        (row,) = database.execute("SELECT insee, name FROM projects_by_commune")
        assert row == ("06088", "Essai")
        (client,) = database.execute("SELECT client_name FROM clients_of")
        assert client == ("Ville de Nice",)
        (hit,) = database.execute("SELECT count(*) FROM search WHERE search MATCH 'visia'")
        assert hit == (1,)
    assert b"canari-secret" not in path.read_bytes()
    with pytest.raises(Refused):
        exports.export("sqlite", path, scope="all")


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(Refused), exports.beside(tmp_path / "folder", is_folder=False):
        pass
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refused), exports.beside(tmp_path / "file", is_folder=True):
        pass


# Reading what was written is the identity

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
PROOFS = st.builds(
    Proof,
    kind=st.sampled_from(["url", "document", "register", "reference", "file"]),
    stance=st.sampled_from(["SUPPORTS", "CONTRADICTS", "MENTIONS"]),
    url=TEXT,
    page=st.none() | st.integers(1, 900),
    quote_text=st.just("") | TEXT,
    file_name=st.just("") | TEXT,
    checks=st.lists(st.builds(Check, by=TEXT, verdict=st.just("CONFIRMS")), max_size=1),
)
NODE = Node(
    key="act-0123456789",
    id="act-0123456789",
    kind="actor",
    type="company",
    name="A",
    names=[("B", "ALIAS", "fr")],
    identifiers=[("siren", "552059024")],
    keys={"carto": ["A"]},
)


@given(st.lists(PROOFS, max_size=3), TEXT, st.sampled_from(["DRAFT", "PUBLISHED"]))
def test_reading_a_line_gives_what_was_written(proofs: list[Proof], value: str, state: str) -> None:
    claim = Statement(
        key="clm-0123456789", id="clm-0123456789", subject=NODE.key, property="summary",
        value=value, state=state, status="ALLEGED", evidence=proofs, from_text="vers 2018",
    )  # fmt: skip
    bundle = Bundle({NODE.key: NODE}, {claim.key: claim})
    types = {"company": {"kind": "actor", "ftm": "Company"}}
    (record,) = ftm.records(HeldCensus(bundle), types=types, properties={})
    assert ftm.node_of(record, 1).names == NODE.names
    (read,) = ftm.values_of(record, 1)
    again = Bundle({NODE.key: ftm.node_of(record, 1)}, {read.key: read})
    assert list(ftm.render(HeldCensus(again), types=types, properties={})) == [ftm.line(record)]


def test_nothing_of_an_empty_census_is_an_empty_file(tmp_path: Path) -> None:
    assert list(ftm.render(HeldCensus(Bundle()), types={}, properties={})) == []


@pytest.mark.django_db
def test_a_cited_document_has_its_line_and_comes_back_quoted(tmp_path: Path) -> None:
    noor, amina = make.user("noor"), make.user("amina", Role.EDITOR)
    entity = add_entity(kind="project", type="trial", name="Essai", actor=noor, now=NOW)
    claim = add_claim(subject=entity, property="cameras_authorised", value=4, actor=noor, now=NOW)
    _, digest = facts.document()
    facts.passage(claim, digest)
    submit([claim.pk], actor=noor, now=NOW)
    assert publish([claim.pk], reviewer=amina, now=NOW).refused == []

    exports.export("ftm", tmp_path / "x.jsonl")
    lines = (tmp_path / "x.jsonl").read_text()
    records = {r["schema"]: r for r in map(json.loads, lines.splitlines())}
    paper, project = records["Pages"], records["Project"]
    assert len(paper["properties"]["contentHash"][0]) == 40
    assert paper["contrechamp"]["sha256"] == digest
    assert project["properties"]["proof"] == [paper["id"]]
    (said,) = project["contrechamp"]["claims"]
    (proof,) = said["evidence"]
    assert (proof["document"], proof["page"]) == (digest, 1)
    assert proof["quote"]["exact"] == facts.SENTENCE

    empty()
    report = bring(tmp_path / "x.jsonl", "ftm", now=LATER, restore=True)
    assert report["counts"] == {}
    exports.export("ftm", tmp_path / "y.jsonl")
    assert (tmp_path / "y.jsonl").read_text() == lines


@pytest.mark.django_db
def test_a_document_that_is_not_here_is_reported_and_publishes_nothing(tmp_path: Path) -> None:
    line = {
        "id": "prj-0123456789", "schema": "Project", "properties": {},
        "contrechamp": {"v": 1, "kind": "project", "type": "trial", "state": "published",
            "names": [{"text": "Essai", "role": "main"}],
            "claims": [{"id": "clm-0123456789", "property": "cameras_authorised", "value": 4,
                "state": "published", "status": "documented",
                "evidence": [{"kind": "document", "document": "0" * 64, "page": 1}]}]},
    }  # fmt: skip
    path = write(tmp_path, "x.jsonl", json.dumps(line) + "\n")
    report = bring(path, "ftm", restore=True)
    assert report["counts"] == {"document_missing": 1, "state_lowered": 1}
    assert Claim.objects.get().state == "DRAFT"
