from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest

from contrechamp.census import services as census
from contrechamp.graph import services
from contrechamp.graph.models import Position
from contrechamp.graph.queries import (
    Ambiguous,
    contract,
    find_nodes,
    find_paths,
    get_node,
    load,
    load_all,
)
from contrechamp.kernel.errors import Refused
from tests.observatory import NOW, Observatory, observatory, proof
from tests.people import Person


@pytest.fixture
def here(marianne: Person, amina: Person) -> Observatory:
    assert marianne.user
    assert amina.user
    return observatory(author=marianne.user, editor=amina.user)


def test_an_empty_graph_says_why(visitor: Person) -> None:
    page = visitor.opens("/graphe")
    assert page.status == 200
    assert "Aucun lien n&#x27;est publié encore" in page.text or "Aucun lien n'est" in page.text


def test_the_graph_is_a_picture_and_the_same_table(visitor: Person, here: Observatory) -> None:
    page = visitor.opens("/graphe")
    drawn = set(re.findall(r'<a href="(/fait/[^"]+)" data-e', page.text))
    listed = set(re.findall(r'<td><a href="(/fait/[^"]+)"', page.text))

    assert len(drawn) == 7
    assert drawn == listed
    assert 'role="group"' in page.text
    assert 'style="' not in page.text


def test_a_relation_is_read_in_its_direction_from_both_ends(
    visitor: Person, here: Observatory
) -> None:
    cells = r'<td><a href="/fait/[^"]+">([^<]+)</a></td>\s*<td><a href="[^"]+">([^<]+)</a>'
    seller = visitor.opens(f"/graphe?autour={here.company.pk}")
    client = visitor.opens(f"/graphe?autour={here.city.pk}")

    assert ("fournit", "Ville de Nice") in re.findall(cells, seller.text)
    assert ("a pour fournisseur", "Exemple Optique") in re.findall(cells, client.text)
    for page in (seller, client):
        assert "<title>Exemple Optique fournit Ville de Nice</title>" in page.text


def test_each_edge_opens_its_evidence(visitor: Person, here: Observatory) -> None:
    page = visitor.opens("/graphe")
    assert page.text.count(f'class="proof" href="/documents/{here.sha256}/page/2#') == 7


def test_filters_narrow_the_graph(visitor: Person, here: Observatory) -> None:
    def edges(query: str) -> int:
        return len(json.loads(visitor.opens(f"/graphe.json?{query}").text)["edges"])

    assert edges("") == 7
    assert edges("relation=supplies") == 1
    assert edges("type=actor") == 1
    assert edges(f"autour={here.contract.pk}") == 3
    assert edges("de=2024") == 2
    assert edges("a=2022&sans_date=1") == 5
    assert edges("au=1999") == 0
    assert edges(f"technologie={here.technology.pk}") == 4  # The project, and who is in it.


def test_a_name_leads_to_its_surroundings(visitor: Person, here: Observatory) -> None:
    assert "<h1>Autour de Exemple Optique" in visitor.opens("/graphe?autour=exemple optique").text
    assert "laquelle de ces fiches" in visitor.opens("/graphe?autour=vid").text
    assert "lié à rien" in visitor.opens("/graphe?autour=zorglub").text


def test_more_than_can_be_read_begins_with_communities(
    visitor: Person, here: Observatory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contrechamp.graph.shown.views.MOST_NODES", 3)
    page = visitor.opens("/graphe")
    group = re.search(r'href="(\?groupe=[^"]+)"', page.text)

    assert "Ouvrez un groupe" in page.text
    assert group
    assert 'class="g-actor"' in visitor.opens(f"/graphe{group[1]}").text


def test_what_is_seen_can_be_taken_away(visitor: Person, here: Observatory) -> None:
    for ending in ("svg", "gexf"):
        ElementTree.fromstring(visitor.opens(f"/graphe.{ending}").content)  # noqa: S314
    assert len(visitor.opens("/graphe.csv").text.splitlines()) == 8
    assert visitor.opens("/graphe.json?autour=nobody").status == 404


def test_the_ways_between_two_records_have_their_proof(visitor: Person, here: Observatory) -> None:
    page = visitor.opens("/graphe/chemin?de=Exemple Optique&a=Nice")
    assert "2 chemins" in page.text or "chemins</h2>" in page.text
    assert "éviter" in page.text
    assert f'href="/documents/{here.sha256}/page/2#' in page.text


def test_no_way_is_said(visitor: Person, here: Observatory) -> None:
    cut = f"&sans={here.project.pk}&sans={here.city.pk}&sans={here.contract.pk}"
    page = visitor.opens(f"/graphe/chemin?de=Exemple Optique&a=Nice{cut}")
    assert "Aucun lien connu" in page.text


def test_ways_are_told_as_was_promised(here: Observatory) -> None:
    network = load()
    start, goal = get_node(here.city.pk, network), get_node("Exemple Optique", network)
    told = contract(find_paths(start, goal, network, most=1))

    assert told["from"] == {"id": here.city.pk, "name": "Ville de Nice", "kind": "actor"}
    (way,) = told["paths"]
    assert way["cost"] == 1.0
    assert [node["url"] for node in way["nodes"]] == [
        f"/acteur/{here.city.pk}",
        f"/acteur/{here.company.pk}",
    ]
    (edge,) = way["edges"]
    assert edge["direction"] == "backward"
    assert edge["label"] == "a pour fournisseur"
    assert (edge["relation"], edge["from"], edge["to"]) == ("supplies", "2023-11-03", None)
    assert edge["evidence"][0]["quote"] == "Les images sont conservées trente jours."


def test_what_was_not_so_in_a_year_is_left_out(here: Observatory) -> None:
    network = load()
    start, goal = get_node(here.city.pk, network), get_node(here.company.pk, network)
    first = find_paths(start, goal, network, at=2020, most=1).all[0]
    assert len(first.edges) == 2
    assert len(find_paths(start, goal, network, at=2024, most=1).all[0].edges) == 1


def test_a_record_is_known_by_number_name_or_identifier(here: Observatory) -> None:
    network = load()
    for text in (here.city.pk, "siren:210600888", "ville de NICE", "insee:06088"):
        assert get_node(text, network).id in {here.city.pk, here.town.pk}, text
    assert find_nodes("", network) == ([], False)


def test_an_ambiguous_name_is_refused_with_its_candidates(here: Observatory) -> None:
    with pytest.raises(Ambiguous, match=here.project.pk):
        get_node("vid", load())
    with pytest.raises(Refused):
        get_node("zorglub", load())


def test_drafts_are_in_no_graph_but_the_operators(here: Observatory) -> None:
    by: dict[str, Any] = {"actor": here.author, "now": NOW}
    secret = census.add_entity(kind="actor", type="company", name="Zorglub", **by)
    census.add_claim(subject=secret, property="supplies", target=here.city, **by)

    assert secret.pk not in load().nodes
    assert secret.pk in load_all().nodes


def test_private_rows_move_nothing(here: Observatory) -> None:
    services.rebuild_layout(anew=True)
    before = list(Position.objects.order_by("pk").values())
    by: dict[str, Any] = {"actor": here.author, "now": NOW}
    for n in range(5):
        secret = census.add_entity(kind="actor", type="company", name=f"Zorglub {n}", **by)
        census.add_claim(subject=secret, property="supplies", target=here.city, **by)
    services.rebuild_layout(anew=True)

    assert list(Position.objects.order_by("pk").values()) == before
    assert len(before) == len(load().nodes)


def test_what_is_withdrawn_leaves_the_graph_at_once(visitor: Person, here: Observatory) -> None:
    services.rebuild_layout()
    by: dict[str, Any] = {"actor": here.editor, "now": NOW}
    sold = next(claim for claim in here.claims if claim.property == "supplies")
    assert f"/fait/{sold.pk}" in visitor.opens("/graphe").text
    census.withdraw([sold.pk], reason="erreur", **by)

    assert f"/fait/{sold.pk}" not in visitor.opens("/graphe").text
    assert not services.is_laid_out()
    services.rebuild_layout()
    assert services.is_laid_out()


def edges_of(visitor: Person, query: str) -> int:
    return len(json.loads(visitor.opens(f"/graphe.json?{query}").text)["edges"])


def test_a_territory_holds_what_lies_inside_it(visitor: Person, here: Observatory) -> None:
    everything = edges_of(visitor, "territoire=commune:06088")
    assert everything >= 4
    for text in ("departement:06", "region:93", "Nice", "06000", "country:FR"):
        assert edges_of(visitor, f"territoire={text}") >= everything, text
    assert edges_of(visitor, "territoire=commune:06029") == 0


def test_a_territory_that_is_not_known_is_asked_for(visitor: Person, here: Observatory) -> None:
    page = visitor.opens("/graphe?territoire=Zorglub")
    assert page.status == 200
    assert "n'est pas un territoire connu" in page.text.replace("&#x27;", "'")


def test_what_was_chosen_can_be_taken_back(visitor: Person, here: Observatory) -> None:
    page = visitor.opens("/graphe?relation=supplies&type=actor&au=2024&territoire=Nice")
    chips = re.findall(r'<a class="tag" href="([^"]+)" aria-label="Retirer', page.text)
    assert len(chips) == 4
    assert any("relation=" not in chip and "type=actor" in chip for chip in chips)
    assert any("au=" not in chip for chip in chips)


def test_each_year_has_its_link(visitor: Person, here: Observatory) -> None:
    page = visitor.opens("/graphe?relation=supplies")
    (year,) = re.findall(r'href="(\?[^"]*au=2023[^"]*)"', page.text)
    assert "relation=supplies" in year
    assert edges_of(visitor, "au=2023") == 2
    assert edges_of(visitor, "au=2023&sans_date=1") == 7


@pytest.mark.parametrize(
    "query",
    [
        "au=0218&de=9999&a=abcd",
        "groupe=nobody",
        "technologie=nothing",
        "territoire=commune:",
        "territoire=:::",
        "territoire=%00",
        "profondeur=99&autour=%E2%80%8B",
        "largeur=grand&statut=proved&type=ghost&relation=loves",
        "autour=siren:abc",
    ],
)
def test_an_odd_address_is_answered(visitor: Person, here: Observatory, query: str) -> None:
    assert visitor.opens(f"/graphe?{query}").status == 200
    assert visitor.opens(f"/graphe/chemin?de=%00&{query}").status == 200
    assert visitor.opens(f"/graphe/communs?de=%00&{query}").status == 200
    for ending in ("/tout.json", ".ftm.jsonl", ".csv"):
        assert visitor.opens(f"/graphe{ending}?{query}").status in {200, 404}


def test_money_is_width_and_says_what_it_is(visitor: Person, here: Observatory) -> None:
    by: dict[str, Any] = {"actor": here.author, "now": NOW}
    claim = census.add_claim(
        subject=here.contract,
        property="awarded_to",
        target=here.city,
        amount="120000",
        amount_kind="awarded",
        tax="excl",
        **by,
    )
    census.add_evidence(claim, **proof(here.sha256, here.quote), **by)
    census.submit([claim.pk], **by)
    assert census.publish([claim.pk], reviewer=here.editor, now=NOW).refused == []
    page = visitor.opens("/graphe?largeur=montant").text

    assert 'stroke-width="9"' in page
    assert page.count('class="g-money"') == 4
    assert "attribué, hors taxes" in page
    assert 'stroke-width="9"' not in visitor.opens("/graphe").text


def test_a_group_has_its_page(visitor: Person, here: Observatory) -> None:
    services.rebuild_layout(anew=True)
    page = visitor.opens(f"/graphe?groupe={here.company.pk}")
    assert "Les fiches du groupe" in page.text
    assert f"/acteur/{here.company.pk}" in page.text


def test_everything_is_there_as_columns(visitor: Person, here: Observatory) -> None:
    services.rebuild_layout(anew=True)
    for _ in range(2):  # The second is the kept one.
        told = json.loads(visitor.opens("/graphe/tout.json").text)
        assert set(told["id"]) == set(load().nodes)
        assert len(told["targets"]) == sum(told["counts"]) == 7
    near = json.loads(visitor.opens(f"/graphe/tout.json?autour={here.contract.pk}").text)
    assert near["id"][near["centre"]] == here.contract.pk


def test_what_is_seen_leaves_as_followthemoney(visitor: Person, here: Observatory) -> None:
    query = f"autour={here.contract.pk}"
    seen = json.loads(visitor.opens(f"/graphe.json?{query}").text)
    lines = visitor.opens(f"/graphe.ftm.jsonl?{query}").content.decode().splitlines()
    told = [json.loads(line) for line in lines]
    relations = {each["id"] for each in told if each["contrechamp"]["kind"] == "relation"}

    assert relations == {edge["id"] for edge in seen["edges"]}
    assert {node["id"] for node in seen["nodes"]} <= {each["id"] for each in told}
    assert any(each["schema"] == "ContractAward" for each in told)


def test_who_else_is_told_with_its_proof(visitor: Person, here: Observatory) -> None:
    page = visitor.opens(f"/graphe/communs?de={here.city.pk}&a={here.technology.pk}")
    assert "1 fiche en commun" in page.text or "fiches en commun" in page.text
    assert f'href="/documents/{here.sha256}/page/2#' in page.text
    told = json.loads(
        visitor.opens(f"/graphe/communs.json?de={here.city.pk}&a={here.company.pk}").text
    )
    names = {each["name"] for each in told["common"]}
    assert "Vidéosurveillance algorithmique à Nice" in names
    assert all(side[0][0]["evidence"] for each in told["common"] for side in each["from"])
    table = visitor.opens(f"/graphe/communs.csv?de={here.city.pk}&a={here.company.pk}").text
    assert "Analyse vidéo de la voie publique" in table


def test_what_is_in_common_can_be_of_one_kind(visitor: Person, here: Observatory) -> None:
    address = f"/graphe/communs.json?de={here.city.pk}&a={here.company.pk}&type=contract"
    told = json.loads(visitor.opens(address).text)
    assert {each["kind"] for each in told["common"]} == {"contract"}


def test_one_record_has_those_that_are_like_it(visitor: Person, here: Observatory) -> None:
    page = visitor.opens("/graphe/communs?de=Ville de Nice")
    assert "ressemblent le plus à Ville de Nice" in page.text
    assert "Jaccard" in page.text
    told = json.loads(visitor.opens("/graphe/communs.json?de=Ville de Nice").text)
    assert [each["name"] for each in told["alike"]] == ["Exemple Optique"]
    assert told["alike"][0]["shared"]


def test_a_way_shows_its_words_and_can_be_turned(visitor: Person, here: Observatory) -> None:
    page = visitor.opens(f"/graphe/chemin?de={here.company.pk}&a={here.city.pk}")
    assert "<q>Les images sont conservées trente jours.</q>" in page.text
    assert 'class="graph graph-chain"' in page.text
    assert f"de={here.city.pk}&amp;a={here.company.pk}" in page.text
    avoided = visitor.opens(
        f"/graphe/chemin?de={here.company.pk}&a={here.city.pk}&sans={here.project.pk}"
    )
    assert "Passer de nouveau par" in avoided.text
    assert (
        "deux fois la même" in visitor.opens("/graphe/chemin?de=Ville de Nice&a=Ville de Nice").text
    )


def test_one_end_of_a_way_is_enough_to_begin(visitor: Person, here: Observatory) -> None:
    page = visitor.opens(f"/graphe/chemin?de={here.company.pk}")
    assert 'value="Exemple Optique"' in page.text
    assert "autre fiche" in page.text


def test_a_record_leads_into_the_graph(visitor: Person, here: Observatory) -> None:
    page = visitor.opens(f"/acteur/{here.company.pk}").text
    for address in ("/graphe?autour=", "/graphe/chemin?de=", "/graphe/communs?de="):
        assert f"{address}{here.company.pk}" in page
