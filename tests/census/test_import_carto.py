"""The carto format: what is read, what is held, and every figure of the real file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.census.domain.exchange import carto
from contrechamp.census.domain.exchange.bundle import Bundle
from contrechamp.census.domain.exchange.carto_words import KNOWN, read_relation
from contrechamp.census.domain.exchange.persons import is_perhaps_a_person
from contrechamp.census.domain.exchange.report import Report
from contrechamp.census.models import Claim, Entity
from contrechamp.census.services import add_entity, add_evidence, remove_evidence, rename_entity
from contrechamp.kernel.errors import Refused
from tests import make
from tests.census.exchange import CARTO, LATER, NOW, bring, lines_of, rows, write
from tests.shared import shared


def read(text: str) -> tuple[Report, Bundle]:
    report = Report("carto")
    return report, carto.parse(text, report)


@pytest.mark.parametrize(
    ("value", "code", "reading"),
    [
        ("est membre", "member_of", "known"),
        ("est membre de", "member_of", "variant"),
        ("Est Membre", "member_of", "variant"),
        ("est fabricant de", "manufactures", "variant"),
        ("fait du lobbbying", "lobbying_register", "misspelt"),
        ("a pour cleint", "supplies", "misspelt"),
        ("fonctionnnalité", "has_capability", "misspelt"),
        ("fonctionnalité non fonctionnelle", "has_capability", "qualified"),
        ("est membre depuis 2018", "member_of", "qualified"),
        ("n'est pas membre", "", "held"),
        ("a pour ex-client", "", "held"),
        ("a pour agent", "", "held"),
        ("fonctionne sans", "", "held"),
        ("https://a.example/", "", "held"),
        ("", "", "held"),
        ("est ami avec", "", "held"),
    ],
)
def test_a_relation_is_read_or_held_but_never_guessed(value: str, code: str, reading: str) -> None:
    found = read_relation(value)
    assert (found.code, found.reading) == (code, reading)


def test_what_does_not_work_says_so() -> None:
    assert read_relation("fonctionnalité non fonctionnelle").attributes == {"works": "no"}


@given(st.sampled_from(sorted(KNOWN)), st.data())
def test_a_dropped_letter_of_a_long_word_is_read_as_the_same_relation(
    value: str, data: st.DataObject
) -> None:
    word = max(value.replace("-", " ").split(), key=len)
    at = value.index(word) + data.draw(st.integers(1, len(word) - 1))
    assert read_relation(value[:at] + value[at + 1 :]).code in {KNOWN[value], ""}


@given(st.text(max_size=60))
def test_any_text_is_read_as_something(value: str) -> None:
    assert read_relation(value).reading in {"known", "variant", "misspelt", "qualified", "held"}


def test_each_doubt_has_its_code() -> None:
    report, bundle = read(CARTO)
    assert report.rows == {"edges": 6, "nodes": 5, "commented": 3}
    assert report.counts == {
        "category_conflict": 1,
        "commented_row": 3,
        "edge_repeated": 1,
        "identifier_found": 1,
        "invisible_character": 1,
        "node_repeated": 1,
        "node_undeclared": 3,
        "person_suspected": 1,
        "register_as_target": 1,
        "relation_held": 1,
        "relation_misspelt": 1,
        "relation_qualified": 1,
        "relation_variant": 1,
        "source_file_only": 1,
        "source_missing": 1,
    }
    kinds = {key: (node.kind, node.type) for key, node in bundle.nodes.items()}
    assert kinds["VISIA"] == ("actor", "company")
    assert kinds["comptage"] == ("technology", "capability")
    assert kinds["HATVP"] == ("actor", "regulator")
    assert kinds["ORION"] == ("actor", "association")
    assert bundle.nodes["ville de Bé\u00adthune"].name == "ville de Béthune"
    assert bundle.nodes["Camille Exemple"].person_hold


def test_a_repeated_relation_brings_its_sources() -> None:
    _, bundle = read(CARTO)
    membership = bundle.statements["VISIA;member_of;ORION"]
    assert [proof.url for proof in membership.evidence] == [
        "https://orion.example/membres",
        "https://orion.example/autre",
    ]


def test_a_file_name_loses_the_shells_escaping() -> None:
    _, bundle = read(CARTO)
    sold = bundle.statements["VISIA;supplies;ville de Saint-Denis"]
    assert [(p.kind, p.url or p.file_name) for p in sold.evidence] == [
        ("url", "https://a.example/1"),
        ("file", "fiche_(1).pdf"),
    ]


def test_commented_rows_come_in_when_asked() -> None:
    report = Report("carto")
    bundle = carto.parse(CARTO, report, with_commented=True)
    assert "VISIA;has_capability;chute" in bundle.statements
    assert report.rows["edges"] == 6


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nom;Ville\nA;B\n", "EDGE"),
        ("EDGE;A;B;est membre;https://a.example\nEDGE;A;C;est mem", "Ligne 2"),
        ("EDGE;A;B;est membre;x\0y\n", "Ligne 1"),
        (f"EDGE;{'A' * 400};B;est membre;x\n", "Ligne 1"),
    ],
)
def test_what_is_no_carto_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read(text)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("Camille Exemple", True),
        ("EXEMPLE Jean-Pierre", True),
        ("Mme Exemple Test", True),
        ("EXEMPLE CONSEIL", False),
        ("JEAN EXEMPLE INGENIERIE", False),
        ("Eiffage", False),
        ("Marché JOP", False),
        ("ville de Saint-Denis", False),
        ("TWO-I", False),
        ("LOUIS VUITTON SA", False),
    ],
)
def test_a_name_with_a_given_name_is_held(name: str, answer: bool) -> None:
    assert is_perhaps_a_person(name) is answer


# In the tables


@pytest.mark.django_db
def test_an_import_makes_drafts_and_a_second_one_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, "carto.csv", CARTO)
    first = bring(path, "carto")
    before = rows()
    second = bring(path, "carto", now=LATER)

    assert first["nodes"]["created"] == 7
    assert first["edges"]["created"] == 4
    assert set(Claim.objects.values_list("state", flat=True)) == {"DRAFT"}
    assert (second["nodes"]["unchanged"], second["edges"]["unchanged"]) == (7, 4)
    assert second["import_id"] == first["import_id"]
    assert rows() == before


@pytest.mark.django_db
def test_towns_are_looked_up_and_never_decided(tmp_path: Path) -> None:
    report = bring(write(tmp_path, "carto.csv", CARTO), "carto")
    undecided = [i for i in report["issues"] if i["code"] == "place_ambiguous"]
    assert [issue["value"] for issue in undecided] == ["ville de Saint-Denis"]
    assert "149" in undecided[0]["message"]
    assert Entity.objects.filter(kind="place").count() == 0


@pytest.mark.django_db
def test_a_correction_made_here_is_not_undone(tmp_path: Path) -> None:
    path = write(tmp_path, "carto.csv", CARTO)
    bring(path, "carto")
    somebody = make.user("noor")
    visia = Entity.objects.get(name="VISIA")
    rename_entity(visia, name="Visia SAS", actor=somebody, now=LATER)
    claim = Claim.objects.get(property="member_of")
    gone = claim.evidence.get(url="https://orion.example/autre")
    amina = make.user("amina")
    remove_evidence(gone.pk, actor=amina, now=LATER)
    add_evidence(claim, kind="url", url="https://orion.example/mieux", actor=somebody, now=LATER)
    before = rows()
    bring(path, "carto", now=LATER)
    assert rows() == before


@pytest.mark.django_db
def test_a_longer_file_adds_what_is_new(tmp_path: Path) -> None:
    bring(write(tmp_path, "carto.csv", CARTO), "carto")
    longer = CARTO + "EDGE;NOVUM;ORION;est membre;https://orion.example/membres\n"
    report = bring(write(tmp_path, "carto2.csv", longer), "carto", now=LATER)
    assert (report["nodes"]["created"], report["edges"]["created"]) == (1, 1)
    assert (report["nodes"]["unchanged"], report["edges"]["unchanged"]) == (7, 4)


@pytest.mark.django_db
def test_two_datasets_do_not_share_names(tmp_path: Path) -> None:
    path = write(tmp_path, "carto.csv", CARTO)
    bring(path, "carto")
    report = bring(path, "carto", dataset="lyon", now=LATER)
    assert report["nodes"]["created"] == 7
    assert bring(path, "carto", dataset="lyon", now=LATER)["nodes"]["unchanged"] == 7


@pytest.mark.django_db
def test_a_dry_run_reports_and_keeps_nothing(tmp_path: Path) -> None:
    report = bring(write(tmp_path, "carto.csv", CARTO), "carto", dry_run=True)
    assert report["nodes"]["created"] == 7
    assert report["import_id"] is None
    assert Entity.objects.count() == 0


@pytest.mark.django_db
def test_a_record_that_is_here_already_is_suggested_apart(tmp_path: Path) -> None:
    known = add_entity(
        kind="actor", type="company", name="Visia SA", actor=make.user("noor"), now=NOW
    )
    report = bring(write(tmp_path, "carto.csv", CARTO), "carto")
    assert report["suggestions"] == []
    (pair,) = report["suggestions_here"]
    assert {pair["a"], pair["b"]} == {"VISIA", "Visia SA"}
    assert known.pk in {pair["a_id"], pair["b_id"]}


# The real file


@pytest.fixture(scope="module")
def real() -> Path:
    return shared("carto_technopolice/data.csv")


@pytest.mark.django_db
def test_the_real_file_gives_every_known_figure(real: Path) -> None:
    report = bring(real, "carto")
    assert report["rows"] == {"edges": 418, "nodes": 296, "commented": 31}
    assert report["file"]["lines"] == 745
    nodes = {"total": 308, "declared": 286, "undeclared": 22, "created": 308}
    assert nodes.items() <= report["nodes"].items()
    edges = {"rows": 418, "held": 1, "repeated": 5, "relations": 412, "created": 412}
    assert edges.items() <= report["edges"].items()
    assert report["by_code"] == {
        "member_of": 166,
        "supplies": 111,
        "has_capability": 40,
        "interoperates_with": 27,
        "distributed_by": 25,
        "lobbying_register": 16,
        "owned_by": 8,
        "manufactures": 7,
        "bid_for": 4,
        "used_by": 4,
        "subcontractor_of": 3,
        "integrates": 1,
    }
    readings = Counter(each["reading"] for each in report["relations"])
    assert readings == {"known": 12, "variant": 1, "misspelt": 1, "qualified": 1, "held": 1}
    assert [each["count"] for each in report["misspelt"]] == [3]
    assert Counter(Entity.objects.values_list("kind", flat=True)) == {
        "actor": 293,
        "technology": 14,
        "contract": 1,
    }
    assert Entity.objects.filter(person_hold=True).count() == 2


@pytest.mark.django_db
def test_the_real_file_gives_its_sources_and_doubts(real: Path) -> None:
    report = bring(real, "carto")
    sources = {
        "rows_without": 5,
        "rows_with_url": 338,
        "rows_file_only": 75,
        "rows_with_two": 13,
        "file_names": 10,
        "references": 423,
        "urls": 344,
        "files": 79,
        "relations_publishable_as_alleged": 334,
        "relations_not_publishable": 78,
    }
    assert sources.items() <= report["sources"].items()
    assert report["sources"]["missing_files"][0]["rows"] == 43
    hidden = [each for each in report["issues"] if each["code"] == "invisible_character"]
    assert (len({each["value"] for each in hidden}), len(hidden)) == (2, 4)
    schemes = Counter(each["scheme"] for each in report["identifiers"])
    assert schemes == {"siren": 23, "hatvp": 1}
    pairs = {frozenset((each["a"], each["b"])) for each in report["suggestions"]}
    assert len(pairs) == 7
    assert frozenset(("Cameras", "cameras")) in pairs
    assert frozenset(("ville de Nime", "ville de Nîmes")) in pairs
    assert not any({"SNCF", "SNEF"} == pair or {"GICAN", "GICAT"} == pair for pair in pairs)
    assert [each["value"] for each in report["issues"] if each["code"] == "name_split"] == [
        "ville de Levallois + ville de Perret"
    ]


@pytest.mark.django_db
def test_the_real_file_twice_changes_no_row(real: Path) -> None:
    bring(real, "carto")
    before = rows()
    bring(real, "carto", now=LATER)
    assert rows() == before


@pytest.mark.django_db
def test_nothing_of_the_real_file_is_public(real: Path, tmp_path: Path) -> None:
    bring(real, "carto", now=NOW)
    assert lines_of(tmp_path, scope="public") == ""
