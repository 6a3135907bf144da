"""FollowTheMoney: out, in and out again gives the same lines; what is foreign becomes claims."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contrechamp.accounts.domain import Role
from contrechamp.census.models import Claim, Entity, EvidenceCheck
from contrechamp.census.services import (
    add_claim,
    add_entity,
    add_evidence,
    check_evidence,
    ensure_place,
    ensure_technology,
    publish,
    submit,
)
from contrechamp.kernel.errors import Refused
from tests import make
from tests.census.exchange import CARTO, LATER, NOW, bring, empty, lines_of, rows, write

pytestmark = pytest.mark.django_db
ACT: dict[str, Any] = {"kind": "register", "register": "raa", "record_id": "06-2026-001", "page": 3}
WEB: dict[str, Any] = {"kind": "url", "url": "https://a.example/page", "publisher": "A"}


def fill() -> dict[str, Entity]:
    """A town, its project, a seller and a contract, partly public."""
    noor, amina = make.user("noor"), make.user("amina", Role.EDITOR)
    said: dict[str, Any] = {"actor": noor, "now": NOW}
    town = add_entity(
        kind="actor", type="authority", name="Ville de Nice",
        identifiers=[("siren", "210600888")], names=[("Mairie de Nice", "ALIAS")], **said,
    )  # fmt: skip
    seller = add_entity(kind="actor", type="company", name="Visia & fils <b>", **said)
    owner = add_entity(kind="actor", type="company", name="Grande Maison", **said)
    project = add_entity(kind="project", type="trial", name="Essai", **said)
    deal = add_entity(kind="contract", type="contract", name="Marché 12", **said)
    place = ensure_place("commune:06088", **said)
    technique = ensure_technology("lapi", **said)
    claims = [
        add_claim(subject=town, property="administers", target=place, **said),
        add_claim(subject=project, property="located_in", target=place, **said),
        add_claim(subject=project, property="uses_technology", target=technique, **said),
        add_claim(subject=town, property="participates_in", target=project,
                  attributes={"role": "commissioner"}, from_text="vers 2018", **said),
        add_claim(subject=town, property="buyer_of", target=deal, from_text="2019-03", **said),
        add_claim(subject=deal, property="awarded_to", target=seller, amount="1 234,50",
                  tax="excl", amount_kind="awarded", **said),
        add_claim(subject=seller, property="owned_by", target=owner,
                  attributes={"percentage": 51}, **said),
        add_claim(subject=project, property="cameras_authorised", value=12, **said),
        add_claim(subject=project, property="stage", value="trial", from_text="2018", **said),
    ]  # fmt: skip
    for claim in claims:
        add_evidence(claim, **ACT, **said)
        add_evidence(claim, **WEB, **said)
    check_evidence(
        claims[1].evidence.get(kind="register").pk, actor=amina, now=NOW, verdict="CONFIRMS"
    )
    private = add_claim(
        subject=seller, property="description", value="canari-secret", is_private=True, **said
    )
    add_evidence(private, **WEB, **said)
    draft = add_claim(subject=seller, property="supplies", target=town, **said)
    add_evidence(draft, **WEB, **said)
    submit([claim.pk for claim in claims], **said)
    assert publish([c.pk for c in claims], reviewer=amina, now=NOW).refused == []
    return {"town": town, "seller": seller, "project": project, "deal": deal}


def test_out_in_and_out_again_gives_the_same_lines(tmp_path: Path) -> None:
    fill()
    for scope in ("public", "all"):
        lines = lines_of(tmp_path, scope=scope)
        before = rows()
        report = bring(tmp_path / "out.jsonl", "ftm", now=LATER)
        assert rows() == before
        assert report["nodes"]["created"] == report["edges"]["created"] == 0
        assert lines_of(tmp_path, scope=scope, name="again.jsonl") == lines


@pytest.mark.parametrize("scope", ["public", "all"])
def test_an_empty_observatory_gets_it_all_back(tmp_path: Path, scope: str) -> None:
    fill()
    lines = lines_of(tmp_path, scope=scope)
    public = lines_of(tmp_path, scope="public", name="public.jsonl")
    empty()
    report = bring(tmp_path / "out.jsonl", "ftm", now=LATER, restore=True)
    assert report["counts"] == {}
    assert lines_of(tmp_path, scope=scope, name="again.jsonl") == lines
    assert lines_of(tmp_path, scope="public", name="public2.jsonl") == public
    assert Claim.objects.get(property="located_in").status == "VERIFIED"


def test_without_restore_states_and_readers_are_lowered(tmp_path: Path) -> None:
    fill()
    lines_of(tmp_path, scope="all")
    empty()
    report = bring(tmp_path / "out.jsonl", "ftm", now=LATER)
    assert report["counts"]["state_lowered"] > 9
    assert set(Claim.objects.values_list("state", flat=True)) == {"DRAFT"}
    assert set(Entity.objects.values_list("state", flat=True)) == {"DRAFT"}
    assert EvidenceCheck.objects.count() == 0
    assert lines_of(tmp_path, scope="public", name="public.jsonl") == ""


def test_a_restore_into_a_full_observatory_is_refused(tmp_path: Path) -> None:
    fill()
    lines_of(tmp_path)
    with pytest.raises(Refused, match="--restore"):
        bring(tmp_path / "out.jsonl", "ftm", restore=True)


def test_every_name_of_a_carto_is_the_key_of_one_entity(tmp_path: Path) -> None:
    bring(write(tmp_path, "carto.csv", CARTO), "carto")
    records = [json.loads(line) for line in lines_of(tmp_path).splitlines()]
    keys = [r["contrechamp"]["keys"]["carto"] for r in records if r["schema"] != "UnknownLink"
            and r["contrechamp"]["kind"] != "relation"]  # fmt: skip
    assert len(keys) == len({key for each in keys for key in each}) == 7
    ids = {r["id"]: r["contrechamp"]["keys"]["carto"][0] for r in records}
    relations = {
        (
            ids[r["contrechamp"]["source"]],
            r["contrechamp"]["relation"],
            ids[r["contrechamp"]["target"]],
        )
        for r in records
        if r["contrechamp"]["kind"] == "relation"
    }
    assert ("VISIA", "supplies", "ville de Saint-Denis") in relations
    assert [r["id"] for r in records] == sorted(r["id"] for r in records)


def test_no_topic_accuses_anybody(tmp_path: Path) -> None:
    fill()
    for line in lines_of(tmp_path).splitlines():
        for topic in json.loads(line)["properties"].get("topics", []):
            assert topic.startswith("gov")


FOREIGN = [
    {"id": "c1", "schema": "Company", "properties": {
        "name": ["Visia"], "alias": ["Visia SA"], "registrationNumber": ["552 059 024", "12"],
        "topics": ["sanction", "gov"], "sector": ["vidéo"], "swiftBic": ["X"],
        "sourceUrl": ["https://a.example/visia"]}},
    {"id": "b1", "schema": "PublicBody", "properties": {"name": ["Ville de Nice"]}},
    {"id": "p1", "schema": "Person", "properties": {"name": ["Camille Exemple"]}},
    {"id": "v1", "schema": "Vessel", "properties": {"name": ["Bateau"]}},
    {"id": "l1", "schema": "UnknownLink", "properties": {
        "subject": ["c1"], "object": ["b1"], "role": ["supplies"], "startDate": ["2019"],
        "sourceUrl": ["https://a.example/vente"]}},
    {"id": "l2", "schema": "UnknownLink", "properties": {
        "subject": ["c1"], "object": ["b1"], "role": ["cousin"]}},
    {"id": "o1", "schema": "Ownership", "properties": {
        "asset": ["c1"], "owner": ["b1"], "percentage": ["51"]}},
    {"id": "f1", "schema": "Family", "properties": {"person": ["p1"], "relative": ["p2"]}},
]  # fmt: skip


def test_foreign_lines_become_drafts_and_nothing_is_dropped_in_silence(tmp_path: Path) -> None:
    path = write(tmp_path, "foreign.jsonl", "".join(json.dumps(r) + "\n" for r in FOREIGN))
    report = bring(path, "ftm", dataset="ailleurs")
    assert report["counts"] == {
        "identifier_invalid": 1,
        "person_suspected": 1,
        "property_unknown": 1,
        "relation_held": 1,
        "schema_unknown": 2,
        "source_missing": 1,
        "topic_refused": 1,
    }
    visia = Entity.objects.get(name="Visia")
    assert visia.keys == {"ftm:ailleurs": ["c1"]}
    assert visia.identifiers.get().value == "552059024"
    assert Entity.objects.get(name="Camille Exemple").person_hold
    sold = Claim.objects.get(property="supplies")
    assert (sold.subject, sold.from_text, sold.state) == (visia, "2019", "DRAFT")
    assert sold.evidence.get().url == "https://a.example/vente"
    assert Claim.objects.get(property="owned_by").subject == visia
    before = rows()
    bring(path, "ftm", dataset="ailleurs", now=LATER)
    assert rows() == before


def test_a_foreign_company_joins_the_one_with_its_number(tmp_path: Path) -> None:
    known = add_entity(
        kind="actor", type="company", name="VISIA", identifiers=[("siren", "552059024")],
        actor=make.user("noor"), now=NOW,
    )  # fmt: skip
    path = write(tmp_path, "foreign.jsonl", json.dumps(FOREIGN[0]) + "\n")
    report = bring(path, "ftm", now=LATER)
    assert report["nodes"]["updated"] == 1
    assert Entity.objects.get(kind="actor").pk == known.pk


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '{"id": "a", "schema": "Company", "properties": {"name": ["A"]}}\n{"id": "b", "sch',
            "igne 2",
        ),
        ("[]\n", "igne 1"),
        ('{"id": "a"}\n', "igne 1"),
        (
            '{"id":"x","schema":"A","properties":{},"contrechamp":{"v":1,"kind":"actor"}}\n',
            "igne 1",
        ),
        ('{"id":"act-0123456789","contrechamp":{"v":1,"kind":"actor","names":[{}]}}\n', "igne 1"),
        ("\n\n", "vide"),
    ],
)
def test_broken_lines_are_refused_with_their_number(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        bring(write(tmp_path, "x.jsonl", text), "ftm")
    assert Entity.objects.count() == 0
