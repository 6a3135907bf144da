"""What any program reads: the same as the pages say, and nothing else."""

from __future__ import annotations

import json
from typing import Any

from contrechamp.census import services as census
from tests.api.program import Program
from tests.observatory import NOW, Observatory, proof
from tests.people import Person


def test_the_index_leads_to_every_list(here: Observatory, program: Program) -> None:
    said = program.asks("/").data

    assert said["counts"]["project"] == 1
    for href in said["lists"].values():
        assert program.asks(href).status == 200, href


def test_a_fact_says_what_its_page_says(
    here: Observatory, visitor: Person, program: Program
) -> None:
    told = program.asks(f"/claims/{here.kept.pk}").data
    page = json.loads(visitor.opens(f"/fait/{here.kept.pk}.json").content)

    assert told["value"] == 30
    assert told["evidence"][0]["quote_text"] == here.quote.exact
    for name, value in page.items():
        if name != "evidence":
            assert told[name] == value, name
    for ours, theirs in zip(told["evidence"], page["evidence"], strict=True):
        assert {name: ours[name] for name in theirs} == theirs


def test_a_record_says_what_its_page_says(
    here: Observatory, visitor: Person, program: Program
) -> None:
    told = program.asks(f"/records/{here.city.pk}").data
    page = json.loads(visitor.opens(f"/acteur/{here.city.pk}.json").content)

    # `state`: where a page keeps the record as it is today.
    for name in set(page) - {"facts", "facts_about", "state"}:
        assert told[name] == page[name], name
    facts = program.asks(told["claims"]).items
    both = [*page["facts"], *page["facts_about"]]
    assert {fact["id"] for fact in facts} == {fact["id"] for fact in both}


def test_facts_are_narrowed(here: Observatory, program: Program) -> None:
    def ids(**query: object) -> set[str]:
        return {item["id"] for item in program.asks("/claims", query).items}

    every = {claim.pk for claim in here.claims}
    assert ids() == every
    assert ids(subject=here.project.pk) == {claim.pk for claim in here.claims[:4]}
    assert ids(property="retention_days") == {here.kept.pk}
    assert ids(target=here.technology.pk) == {here.claims[2].pk}
    assert ids(about=here.technology.pk) == {here.claims[2].pk}
    assert ids(status="verified") == set()
    assert ids(status="documented") == every
    assert ids(territory="commune:06088") >= {here.claims[3].pk, here.claims[6].pk}
    assert ids(territory="commune:06029") == set()
    assert ids(since="2026-03-03") == set()
    assert ids(since="2026-03-01") == every
    assert ids(**{"from": "2023-11-03", "until": "2023-11-03"}) == {
        here.claims[1].pk,
        here.claims[2].pk,
        here.claims[6].pk,
    }
    assert ids(until="2022-12-31") == set()


def test_relations_join_two_records(here: Observatory, program: Program) -> None:
    items = program.asks("/relations").items

    assert {item["id"] for item in items} == {claim.pk for claim in here.claims if claim.target_id}
    assert all(item["target"] for item in items)


def test_records_are_narrowed(here: Observatory, program: Program) -> None:
    def ids(**query: object) -> set[str]:
        return {item["id"] for item in program.asks("/records", query).items}

    assert ids(kind="project") == {here.project.pk}
    assert ids(type="company") == {here.company.pk}
    assert ids(technology=here.technology.pk) == {here.project.pk}
    assert here.project.pk in ids(territory="commune:06088")
    assert ids(q="exemple opt") == {here.company.pk}
    assert ids(q="…") == set()
    assert ids(status="contradicted") == set()
    assert here.city.pk in ids(status="documented")
    assert ids(since="2026-03-03") == set()
    assert here.city.pk in ids(since="2026-03-02")


def test_a_document_its_pages_and_what_is_cited(here: Observatory, program: Program) -> None:
    (listed,) = program.asks("/documents").items
    one = program.asks(f"/documents/{here.sha256}").data
    pages = program.asks(f"/documents/{here.sha256}/pages").items
    (quote,) = program.asks(f"/documents/{here.sha256}/quotes").items

    assert listed == one
    assert one["title"] == "Délibération du conseil municipal de Nice"
    assert [page["number"] for page in pages] == [1, 2]
    assert "trente jours" in pages[1]["text"]
    assert program.asks(f"/documents/{here.sha256}/pages/2").data == pages[1]
    assert program.asks(f"/documents/{here.sha256}/pages/3").status == 404
    assert quote["exact"] == here.quote.exact
    assert "marianne" not in program.asks(f"/documents/{here.sha256}").content.decode()
    assert program.asks("/documents", {"q": "délibération", "type": "zorglub"}).items == []


def test_territories_and_vocabularies(here: Observatory, program: Program) -> None:
    nice = program.asks("/territories/commune:06088").data

    assert (nice["name"], nice["departement"]) == ("Nice", "06")
    found = program.asks("/territories", {"q": "nic", "kind": "commune", "departement": "06"}).items
    assert nice in found
    names = [each["name"] for each in program.asks("/vocabulary").items]
    for name in names:
        terms = program.asks(f"/vocabulary/{name}").data["terms"]
        assert terms
    assert program.asks("/vocabulary/zorglub").status == 404
    assert program.asks("/vocabulary/..%2f..%2fetc").status == 404


def test_search_finds_what_the_page_finds(
    here: Observatory, visitor: Person, program: Program
) -> None:
    told = program.asks("/search", {"q": "images", "limit": 1})
    page = json.loads(visitor.opens("/recherche.json?q=images&nombre=1").content)

    assert told.data["items"] == page["results"]
    assert told.data["total"] == page["total"] > 1
    assert told.headers["Link"].endswith('rel="next"')
    more = program.asks(told.data["next"]).data
    assert more["items"][0] != told.data["items"][0]


def test_the_graph_around_and_between(here: Observatory, program: Program) -> None:
    around = program.asks(f"/graph/neighbours/{here.city.pk}").data
    ways = program.asks("/graph/paths", {"from": "siren:210600888", "to": "Exemple Optique"}).data

    assert {node["id"] for node in around["nodes"]} >= {here.company.pk, here.contract.pk}
    only = program.asks(f"/graph/neighbours/{here.city.pk}", {"relation": "supplies"}).data
    assert [edge["relation"] for edge in only["edges"]] == ["supplies"]
    assert ways["from"]["id"] == here.city.pk
    assert ways["paths"][0]["edges"][0]["evidence"]
    assert program.asks("/graph/paths", {"from": "zorglub", "to": "x"}).status == 409
    assert program.asks("/graph/neighbours/act-0000000000").status == 404


def test_the_history_says_what_was_published(here: Observatory, program: Program) -> None:
    items = program.asks("/changes").items

    assert {item["claim"] for item in items if item["claim"]} == {c.pk for c in here.claims}
    (line,) = program.asks("/changes", {"claim": here.kept.pk}).items
    assert (line["what"], line["url"]) == ("published", f"/fait/{here.kept.pk}")
    assert program.asks("/changes", {"since": "2026-03-03"}).items == []


def test_a_merged_record_leads_to_the_one_that_remains(here: Observatory, program: Program) -> None:
    by: dict[str, Any] = {"actor": here.author, "now": NOW}
    twin = census.add_entity(kind="actor", type="company", name="Exemple Optique SA", **by)
    claim = census.add_claim(subject=twin, property="supplies", target=here.city, **by)
    census.add_evidence(claim, **proof(here.sha256, here.quote), **by)
    census.submit([claim.pk], **by)
    census.publish([claim.pk], reviewer=here.editor, now=NOW)
    assert program.asks(f"/records/{twin.pk}").status == 200
    census.merge(here.company, twin, actor=here.editor, now=NOW, reason="la même")

    told = program.asks(f"/records/{twin.pk}")
    assert told.status == 308
    assert told.headers["Location"] == f"/api/v1/records/{here.company.pk}"
