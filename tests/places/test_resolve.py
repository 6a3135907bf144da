from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.places.domain import Outcome, Town, read_typed, resolve_town, spellings
from contrechamp.places.domain.resolve import split_towns, town_words

TOWNS = [
    Town(key="commune:76351", name="Le Havre", departement="76", population=166058),
    Town(key="commune:91692", name="Les Ulis", departement="91", population=25785),
    Town(key="commune:45024", name="Baule", departement="45", population=2100),
    Town(key="commune:44055", name="La Baule-Escoublac", departement="44", population=16912),
    Town(key="commune:06152", name="Valbonne", departement="06", population=13325),
    Town(key="commune:93066", name="Saint-Denis", departement="93", population=149077),
    Town(key="commune:97411", name="Saint-Denis", departement="974", population=156149),
    Town(key="commune:54395", name="Nancy", departement="54", population=104260),
    Town(key="commune:28085", name="Chartres", departement="28", population=38426),
    Town(key="commune:92044", name="Levallois-Perret", departement="92", population=68092),
    Town(key="commune:74119", name="Le Grand-Bornand", departement="74", population=2100),
    Town(key="commune:80829", name="Y", departement="80", population=90),
    Town(key="commune:13001", name="Aix-en-Provence", departement="13", population=147478),
]
NAMES = [town.name for town in TOWNS]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("ville du Havre", "commune:76351"),
        ("Mairie des Ulis", "commune:91692"),
        ("commune d'Aix en Provence", "commune:13001"),
        ("AIX-EN-PROVENCE", "commune:13001"),
        ("ville de Valbonne Sophia Antipolis", "commune:06152"),
        ("ville de Nan\u00adcy", "commune:54395"),
        ("ville de Grand-Bornand", None),
        ("Le Grand Bornand", "commune:74119"),
        ("ville de La Baule", None),
        ("ville du Baule", None),
        ("Y compris les autres", None),
        ("ville de Nîmes", None),
        ("", None),
        ("ville de", None),
    ],
)
def test_a_name_means_one_town_or_none(name: str, key: str | None) -> None:
    town = resolve_town(name, TOWNS).town
    assert (town.key if town else None) == key


def test_homonyms_are_listed_and_not_decided() -> None:
    resolution = resolve_town("ville de St Denis", TOWNS)
    assert resolution.outcome is Outcome.AMBIGUOUS
    assert [town.departement for town in resolution.towns] == ["974", "93"]
    assert resolution.town is None


@pytest.mark.parametrize("name", ["ville de Grand Nancy", "ville de Chartres Métropole"])
def test_a_group_of_towns_is_no_town(name: str) -> None:
    assert resolve_town(name, TOWNS).outcome is Outcome.GROUP


def test_what_was_not_needed_is_said() -> None:
    assert resolve_town("ville de Valbonne Sophia Antipolis", TOWNS).rest == "sophia antipolis"


def test_two_halves_of_a_name_are_found() -> None:
    found = split_towns(["ville de Levallois", "ville de Perret", "ville de Nancy"], TOWNS)
    assert [(a, b, town.key) for a, b, town in found] == [
        ("ville de Levallois", "ville de Perret", "commune:92044")
    ]


@given(st.sampled_from(TOWNS))
def test_every_town_is_found_by_its_own_name(town: Town) -> None:
    assert town in resolve_town(town.name, TOWNS).towns


@given(st.sampled_from(NAMES), st.sampled_from(["le", "la", "les"]))
def test_an_article_is_never_dropped_nor_added(name: str, article: str) -> None:
    """Whatever is said with an article resolves only to a name that begins with that article."""
    for town in resolve_town(f"{article} {name}", TOWNS).towns:
        assert town_words(town.name)[0] == article


@given(st.text(max_size=60))
def test_only_asked_spellings_can_match(name: str) -> None:
    asked = set(spellings(name))
    for town in resolve_town(name, TOWNS).towns:
        assert "".join(town_words(town.name)) in asked


@given(st.sampled_from(NAMES), st.text(max_size=20))
def test_more_towns_never_make_a_name_surer(name: str, rest: str) -> None:
    """A town is left aside only for a longer name, never because another exists beside it."""
    alone = resolve_town(f"{name} {rest}", [t for t in TOWNS if t.name == name])
    among = resolve_town(f"{name} {rest}", TOWNS)
    assert len(among.towns) >= min(len(alone.towns), 1)


@pytest.mark.parametrize(
    ("typed", "code", "folded", "departement"),
    [
        ("06000", "06000", "", ""),
        (" 2a004 ", "2A004", "", ""),
        ("Saint-Denis (93)", "", "saintdenis", "93"),
        ("Valence 26", "", "valence", "26"),
        ("St Étienne", "", "saintetienne", ""),
        ("paris 13", "", "paris13earrondissement", ""),
        ("Lyon 1er arrondissement", "", "lyon1erarrondissement", ""),
        ("Nice 06000", "06000", "nice", ""),
        ("Bastia 2B", "", "bastia", "2B"),
    ],
)
def test_what_is_typed_is_read(typed: str, code: str, folded: str, departement: str) -> None:
    read = read_typed(typed)
    assert (read.code, read.folded, read.departement) == (code, folded, departement)


@given(st.text(max_size=200))
def test_anything_may_be_typed(text: str) -> None:
    read = read_typed(text)
    assert read.folded == "".join(read.folded.split())
