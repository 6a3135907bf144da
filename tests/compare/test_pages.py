"""Side by side and in a row, as people see it."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest

from contrechamp.census import services as census
from contrechamp.places.models import Territory
from tests.observatory import NOW, Observatory, observatory, proof
from tests.people import Person


@pytest.fixture
def here(marianne: Person, amina: Person) -> Observatory:
    assert marianne.user
    assert amina.user
    return observatory(author=marianne.user, editor=amina.user)


def publish(
    here: Observatory, *said: tuple[Any, str, dict[str, Any]], alleged: bool = False
) -> None:
    """Facts that are written, read and published; alleged ones rest on an address alone."""
    by: dict[str, Any] = {"actor": here.author, "now": NOW}
    claims = []
    for subject, code, values in said:
        claim = census.add_claim(subject=subject, property=code, **values, **by)
        source = {"kind": "url", "url": "https://www.exemple.fr/"} if alleged else proof(
            here.sha256, here.quote
        )  # fmt: skip
        census.add_evidence(claim, **source, **by)
        claims.append(claim.pk)
    census.submit(claims, **by)
    report = census.publish(claims, reviewer=here.editor, now=NOW, as_alleged=alleged)
    assert not report.refused, report.refused


def entity(here: Observatory, kind: str, type_: str, name: str) -> Any:
    return census.add_entity(kind=kind, type=type_, name=name, actor=here.author, now=NOW)


@pytest.fixture
def two(here: Observatory) -> Observatory:
    """Cannes has a project too, with the same seller and another technology."""
    by: dict[str, Any] = {"actor": here.author, "now": NOW}
    cannes = census.ensure_place("commune:06029", **by)
    drones = census.ensure_technology("drones", **by)
    project = entity(here, "project", "trial", "Drones à Cannes")
    city = entity(here, "actor", "authority", "Ville de Cannes")
    publish(
        here,
        (project, "located_in", {"target": cannes}),
        (project, "uses_technology", {"target": drones}),
        (project, "cameras_authorised", {"value": 12, "from_text": "2024"}),
        (city, "administers", {"target": cannes}),
        (city, "participates_in", {"target": project, "attributes": {"role": "commissioner"}}),
        (here.company, "supplies", {"target": city}),
        (here.project, "cameras_authorised", {"value": 42, "from_text": "2023"}),
    )
    return here


def people() -> list[int]:
    """How many live in Nice and in Cannes, as the gazetteer says."""
    keys = ("commune:06088", "commune:06029")
    return [Territory.objects.get(key=key).population or 0 for key in keys]


TOWNS = "a=commune:06088&b=commune:06029"


def values(visitor: Person, query: str) -> dict[str, list[Any]]:
    data = json.loads(visitor.opens(f"/comparer.json?{query}").text)
    return {line["code"]: line["values"] for line in data["measures"]}


def sets(visitor: Person, query: str) -> dict[str, dict[str, Any]]:
    data = json.loads(visitor.opens(f"/comparer.json?{query}").text)
    return {one["code"]: one for one in data["sets"]}


def test_two_towns_stand_side_by_side_with_where_each_number_comes_from(
    visitor: Person, two: Observatory
) -> None:
    found = values(visitor, TOWNS)
    assert [one["value"] for one in found["population"]] == people()
    assert [one["value"] for one in found["cameras"]] == [42, 12]
    nice, cannes = people()
    assert [one["value"] for one in found["cameras_rate"]] == [42_000 / nice, 12_000 / cannes]
    assert all(one["url"].startswith(("/fait/", "/chronologie?de=")) for one in found["cameras"])
    page = visitor.opens(f"/comparer?{TOWNS}").text
    for line in found.values():
        for one in line:
            assert (
                one is None
                or not one["url"]
                or f'href="{one["url"]}"'.replace("&", "&amp;") in page
            )


def test_what_is_not_known_stays_empty(visitor: Person, two: Observatory) -> None:
    found = values(visitor, TOWNS)
    assert found["contracts"][0]["value"] == 1
    assert found["contracts"][1] is None
    page = visitor.opens(f"/comparer?{TOWNS}").text
    assert '<span class="visually-hidden">pas connu</span>' in page
    assert 'style="' not in page


def test_what_they_share_comes_before_what_one_has(visitor: Person, two: Observatory) -> None:
    found = sets(visitor, TOWNS)
    assert [one["name"] for one in found["suppliers"]["common"]] == ["Exemple Optique"]
    assert found["technologies"]["common"] == []
    assert [[one["name"] for one in part] for part in found["technologies"]["alone"]] == [
        ["Vidéosurveillance algorithmique"],
        ["Drones"],
    ]
    page = visitor.opens(f"/comparer?{TOWNS}").text
    assert page.index("En commun") < page.index("Seulement Cannes")


@pytest.mark.parametrize("kind", ["actor", "project", "technology"])
def test_records_of_a_kind_can_be_compared(visitor: Person, two: Observatory, kind: str) -> None:
    pairs = {
        "actor": (two.city.pk, two.company.pk),
        "project": (two.project.pk, "Drones à Cannes"),
        "technology": (two.technology.pk, "Drones"),
    }
    one, other = pairs[kind]
    page = visitor.opens(f"/comparer?a={one}&b={other}&sorte={kind}")
    assert page.status == 200
    assert '<table class="cmp cmp-2">' in page.text


def test_a_company_shows_its_clients_and_an_authority_its_suppliers(
    visitor: Person, two: Observatory
) -> None:
    other = entity(two, "actor", "company", "Exemple Sonore")
    publish(two, (other, "supplies", {"target": two.city}))
    found = sets(visitor, f"a={two.company.pk}&b={other.pk}")
    assert [one["name"] for one in found["clients"]["common"]] == ["Ville de Nice"]
    assert [one["name"] for one in found["clients"]["alone"][0]] == ["Ville de Cannes"]


def test_amounts_of_different_kinds_are_never_one_line(visitor: Person, two: Observatory) -> None:
    other = entity(two, "actor", "company", "Exemple Sonore")
    contract = entity(two, "contract", "contract", "Sonorisation")
    money: dict[str, Any] = {"amount": "100.00", "currency": "EUR", "amount_kind": "awarded"}
    publish(
        two,
        (contract, "awarded_to", {"target": other, **money, "tax": "excl"}),
        (contract, "awarded_to", {"target": two.company, **money, "tax": "incl"}),
    )
    found = values(visitor, f"a={two.company.pk}&b={other.pk}")
    assert found["amount awarded excl EUR"][0] is None
    assert found["amount awarded excl EUR"][1]["value"] == 100
    assert found["amount awarded incl EUR"][1] is None


def test_names_are_enough_without_scripts(visitor: Person, two: Observatory) -> None:
    page = visitor.opens("/comparer?a=Nice&b=cannes&sorte=commune").text
    assert '<table class="cmp cmp-2">' in page


def test_an_unclear_name_is_asked_back_with_what_tells_them_apart(
    visitor: Person, two: Observatory
) -> None:
    entity_ = entity(two, "actor", "company", "Exemple Sonore")
    publish(two, (entity_, "founded_on", {"value": "2001"}))
    page = visitor.opens("/comparer?a=exemple&b=Ville de Nice&sorte=actor").text
    assert "« exemple » : laquelle" in page
    assert f"a={entity_.pk}" in page
    assert "entreprise" in page


def test_the_kind_of_the_first_tells_that_of_the_second(visitor: Person, two: Observatory) -> None:
    page = visitor.opens(f"/comparer?a={two.company.pk}&b=Ville de Nice").text
    assert '<table class="cmp cmp-2">' in page


def test_only_things_of_one_kind_are_compared(visitor: Person, two: Observatory) -> None:
    page = visitor.opens(f"/comparer?a=commune:06088&b={two.company.pk}")
    assert page.status == 200
    assert "de même sorte" in page.text
    assert visitor.opens(f"/comparer.json?a=commune:06088&b={two.company.pk}").status == 404


def test_a_person_in_office_is_not_compared(visitor: Person, two: Observatory) -> None:
    person = entity(two, "actor", "person_in_office", "Camille Exemple")
    publish(
        two,
        (
            person,
            "holds_office",
            {"target": two.city, "attributes": {"title": "maire"}, "from_text": "2020"},
        ),
    )
    page = visitor.opens(f"/comparer?a={person.pk}&b={two.city.pk}").text
    assert '<table class="cmp' not in page
    assert "Camille" not in page


def test_one_alone_gets_things_to_compare_it_with(visitor: Person, two: Observatory) -> None:
    page = visitor.opens("/comparer?a=commune:06088").text
    assert "a=commune%3A06088&amp;b=commune%3A06029" in page
    assert f"/comparer?a={two.company.pk}" in visitor.opens(f"/acteur/{two.company.pk}").text
    assert "/comparer?a=commune:06088" in visitor.opens("/commune/06088-nice").text


@pytest.mark.parametrize(
    "query",
    ["a=x&b=x", "a=commune:99999&b=act-0000000000", "a=%00", "sorte=zorglub&a=Nice",
     "a=" + "é" * 400, "a=commune:06088&b=commune:06088&c=commune:06029&d=region:93"],
)  # fmt: skip
def test_nonsense_is_answered_with_a_sentence(
    visitor: Person, two: Observatory, query: str
) -> None:
    assert visitor.opens(f"/comparer?{query}").status == 200


def test_the_table_says_the_same(visitor: Person, two: Observatory) -> None:
    text = visitor.opens(f"/comparer.csv?{TOWNS}").text.lstrip("\ufeff")
    rows = {row[0]: row[2:] for row in csv.reader(io.StringIO(text)) if row[1] != "à un seul"}
    assert rows["caméras autorisées"] == ["42.0", "12.0"]
    assert rows["marchés connus"] == ["1", ""]


# Rankings


def ranked(visitor: Person, slug: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(visitor.opens(f"/classements/{slug}.json").text)
    return found


def test_every_ranking_says_how_it_is_made(visitor: Person, two: Observatory) -> None:
    index = visitor.opens("/classements").text
    slugs = re.findall(r'href="/classements/([a-z0-9-]+)"', index)
    assert len(slugs) >= 6
    for slug in slugs:
        page = visitor.opens(f"/classements/{slug}").text
        for words in ("Comment c'est fait", "Formule", "Minimum", "Raisons d'en douter", "sûr"):
            assert words.replace("'", "&#x27;") in page or words in page, (slug, words)
        assert visitor.opens(f"/classements/{slug}.csv").status == 200


def test_an_empty_census_ranks_nothing_and_says_why(visitor: Person) -> None:
    for slug in ("cameras-par-habitant", "fournisseurs-par-clients", "preuves-par-departement"):
        assert "Rien n" in visitor.opens(f"/classements/{slug}").text


def test_cameras_are_counted_for_inhabitants(visitor: Person, two: Observatory) -> None:
    found = ranked(visitor, "cameras-par-habitant")
    assert [row["name"] for row in found["rows"]] == ["Cannes", "Nice"]
    nice, cannes = people()
    assert [row["value"] for row in found["rows"]] == [12_000 / cannes, 42_000 / nice]
    assert found["known"] == 2
    assert all(row["facts"] for row in found["rows"])


def test_a_small_commune_is_left_out_with_the_reason(visitor: Person, two: Observatory) -> None:
    Territory.objects.filter(key="commune:06029").update(population=400)
    found = ranked(visitor, "cameras-par-habitant")
    assert [row["name"] for row in found["rows"]] == ["Nice"]
    assert found["excluded"] == [
        {"name": "Cannes", "url": "/commune/06029-cannes", "why": "moins de 1\u202f000 habitants"}
    ]


def test_where_proof_is_missing_the_order_is_not_certain(visitor: Person, two: Observatory) -> None:
    other = entity(two, "actor", "company", "Exemple Sonore")
    towns = [entity(two, "actor", "authority", f"Ville {n}") for n in range(3)]
    publish(two, *((other, "supplies", {"target": town}) for town in towns), alleged=True)
    found = ranked(visitor, "fournisseurs-par-clients")
    rows = {
        row["name"]: (row["low"], row["high"], row["best_rank"], row["worst_rank"])
        for row in found["rows"]
    }
    assert rows == {"Exemple Sonore": (0, 3, 1, 2), "Exemple Optique": (2, 2, 1, 2)}
    page = visitor.opens("/classements/fournisseurs-par-clients").text
    assert "L'ordre n'est pas certain pour 2 lignes".replace("'", "&#x27;") in page or (
        "ordre n'est pas certain pour 2 lignes" in page
    )
    assert "1 à 2" in page


def test_sums_of_different_kinds_are_different_rankings(visitor: Person, two: Observatory) -> None:
    contract = entity(two, "contract", "contract", "Sonorisation")
    other = entity(two, "actor", "company", "Exemple Sonore")
    unknown = entity(two, "actor", "unknown", "Dupont")
    money: dict[str, Any] = {"amount": "100.00", "currency": "EUR", "amount_kind": "awarded"}
    publish(
        two,
        (contract, "awarded_to", {"target": other, **money, "tax": "excl"}),
        (contract, "awarded_to", {"target": two.company, **money, "tax": "incl"}),
        (contract, "awarded_to", {"target": unknown, **money, "tax": "excl"}),
    )
    before = ranked(visitor, "montants-awarded-excl")
    after = ranked(visitor, "montants-awarded-incl")
    assert [row["name"] for row in before["rows"]] == ["Exemple Sonore"]
    assert [row["name"] for row in after["rows"]] == ["Exemple Optique"]
    page = visitor.opens("/classements/montants-awarded-excl").text
    assert "Dupont" not in page, "it may be a person"
    assert "1 montant attribué à un acteur qui n" in page


def test_a_ranking_that_is_none_is_not_found(visitor: Person, two: Observatory) -> None:
    assert visitor.opens("/classements/personnes").status == 404


def test_technologies_are_counted_by_communes(visitor: Person, two: Observatory) -> None:
    found = ranked(visitor, "techniques-par-communes")
    assert {row["name"]: row["value"] for row in found["rows"]} == {
        "Vidéosurveillance algorithmique": 1,
        "Drones": 1,
    }
    assert {(row["best_rank"], row["worst_rank"]) for row in found["rows"]} == {(1, 2)}
