"""Which commune an act means."""

from __future__ import annotations

import pytest

from contrechamp.watch.domain.places import (
    Communes,
    aliases,
    departement_named,
    departements,
)

VAR = Communes.of("83")


@pytest.mark.parametrize(
    ("printed", "insee", "how"),
    [
        ("TOULON", "83137", "exact"),
        ("LA GARDE", "83062", "exact"),
        ("GAREOULT (83136)", "83064", "exact"),
        ("83400 HYERES", "83069", "exact"),
        ("du LUC", "83073", "article"),
        ("des ARCS", "83004", "article"),
        ("du  VAL", "83143", "article"),
        ("d'AMPUS", "83003", "exact"),
        ("LA VALETTE", "83144", "prefix"),
        ("ROQUEBRUNE", "83107", "prefix"),
        ("SIX-FOURS", "83129", "prefix"),
        ("SIX FOURS  LES PLAGES", "83129", "exact"),
        ("du CANNET", "83031", "article+prefix"),
        ("du REVEST", "83103", "article+prefix"),
        ("Sainte-Anne d’Évenos", "83053", "alias"),
    ],
)
def test_a_short_name_is_resolved_inside_the_departement(
    printed: str, insee: str, how: str
) -> None:
    place = VAR.resolve(printed)
    assert (place.insee, place.how) == (insee, how)


@pytest.mark.parametrize(
    "printed", ["SOLLIES", "SAINT", "LA", "CHATEAU", "Atlantide", "", "LE PLAN"]
)
def test_an_ambiguous_or_unknown_name_gives_no_code(printed: str) -> None:
    assert VAR.resolve(printed).insee is None


def test_a_postal_code_chooses_among_candidates_but_unmakes_no_name() -> None:
    assert VAR.resolve("SOLLIES", postal="83210").insee is None, "all three share it"
    assert VAR.resolve("TOULON (83999)").insee == "83137"


def test_the_same_short_name_is_another_commune_elsewhere() -> None:
    assert Communes.of("06").resolve("ROQUEBRUNE").insee == "06104"
    assert Communes.of("974").resolve("SAINT DENIS").insee == "97411"


def test_communes_are_found_in_running_text_by_capital_and_article() -> None:
    found = VAR.named_in(
        "À Solliès-Pont, la Crau, au Muy, aux Arcs et à Saint-\nTropez, val, signes"
    )
    assert [each.place.insee for each in found] == ["83130", "83047", "83086", "83004", "83119"]


def test_a_list_of_places_may_hold_short_names() -> None:
    found = VAR.named_in("Six-Fours, La Londe", short=True)
    assert [each.place.insee for each in found] == ["83129", "83071"]


def test_a_departement_is_known_by_its_name_and_has_a_court() -> None:
    assert departement_named("Préfecture du VAR") == "83"
    assert departement_named("préfecture de la Haute-Loire") == "43"
    assert departements()["06"].tribunal == "Tribunal administratif de Nice"
    assert departements()["80"].tribunal == "Tribunal administratif d'Amiens"
    assert departements()["971"].tribunal == "Tribunal administratif de la Guadeloupe"


def test_every_alias_leads_to_a_commune_of_its_departement() -> None:
    for departement, names in aliases().items():
        for insee in names.values():
            assert insee in Communes.of(departement).by_insee, insee
