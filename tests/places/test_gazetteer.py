from __future__ import annotations

import csv
import gzip
import json
import re
from collections import Counter
from importlib.resources import files

import pytest
from django.utils import timezone

from contrechamp.kernel.numbers import is_siren
from contrechamp.places import queries, services
from contrechamp.places.domain import Outcome
from contrechamp.places.models import Edition, Territory
from tests.shared import shared

pytestmark = pytest.mark.usefixtures("gazetteer")
DATA = files("contrechamp.places").joinpath("data")
TOWN = re.compile(r"ville\b", re.IGNORECASE)


def test_loading_twice_changes_nothing() -> None:
    before = list(Edition.objects.values_list())
    assert not services.load_gazetteer(now=timezone.now())
    assert list(Edition.objects.values_list()) == before


def test_another_edition_replaces_the_whole() -> None:
    Edition.objects.update(sha256="0" * 64)
    Territory.objects.create(key="commune:00000", kind="commune", code="00000", name="Nulle Part")
    assert services.load_gazetteer(now=timezone.now())
    assert queries.find_territory("commune:00000") is None
    assert queries.find_territory("commune:06088") is not None


def test_the_numbers_are_those_of_the_country() -> None:
    today = Territory.objects.filter(successor="")
    assert today.filter(kind="commune").count() == 34_969
    assert today.filter(kind="arrondissement").count() == 45
    assert today.filter(kind="epci").count() == 1_255
    assert today.filter(kind="departement").count() == 109
    assert today.filter(kind="region").count() == 26


def test_every_commune_is_that_of_the_reference_list() -> None:
    with shared("gazetteer/communes.csv").open(encoding="utf-8") as lines:
        reference = {row["code_insee"]: row for row in csv.DictReader(lines)}
    rows = Territory.objects.filter(kind__in=("commune", "arrondissement"), successor="")
    assert {row.code for row in rows} == set(reference)
    for row in rows:
        other = reference[row.code]
        assert row.name == other["nom"].replace("’", "'")
        assert (row.departement, row.siren) == (other["departement"], other["siren"])
        assert (row.population or 0) == int(other["population"] or 0)
        if row.lon and other["lon"]:
            assert abs(row.lon - float(other["lon"])) < 0.2


def test_each_epci_has_the_members_of_the_reference_list() -> None:
    members: dict[str, set[str]] = {}
    for code, epci in (
        Territory.objects.filter(kind="commune", successor="")
        .exclude(epci="")
        .values_list("code", "epci")
    ):
        members.setdefault(epci, set()).add(code)
    with shared("gazetteer/epci.csv").open(encoding="utf-8") as lines:
        reference = {row["siren"]: set(row["membres"].split()) for row in csv.DictReader(lines)}
    assert members == reference


def test_every_siren_is_valid() -> None:
    numbers = Territory.objects.exclude(siren="").values_list("siren", flat=True)
    assert len(numbers) > 36_000
    assert [number for number in numbers if not is_siren(number)] == []


def test_a_town_that_became_part_of_another_is_still_known() -> None:
    former = queries.find_territory("commune:93059")
    assert former is not None
    assert former.name == "Pierrefitte-sur-Seine"
    assert former.successor == "commune:93066"
    assert "commune:93066" in queries.ancestors("commune:93059")
    assert former in queries.became_part_of("commune:93066")


def test_an_old_code_leads_to_the_commune_of_today() -> None:
    found = queries.find_by_code("commune", "75066")
    assert found is not None
    assert found.key == "commune:93066"
    assert queries.find_by_code("commune", "7506") is None
    assert queries.find_by_code("commune", "") is None


def test_what_holds_a_town_goes_from_near_to_far() -> None:
    assert queries.ancestors("commune:83137") == [
        "epci:248300543",
        "departement:83",
        "region:93",
        "country:FR",
    ]
    assert queries.ancestors("arrondissement:75113")[0] == "commune:75056"
    assert queries.ancestors("country:FR") == []
    assert queries.ancestors("commune:99999") == []


def test_nobody_of_the_outline_files_is_unknown() -> None:
    areas = json.loads(DATA.joinpath("outlines/departements.json").read_text("utf-8"))["areas"]
    assert len(areas) == 101
    known = set(Territory.objects.filter(kind="departement").values_list("code", flat=True))
    assert set(areas) <= known


@pytest.mark.parametrize("departement", ["83", "75", "2A", "974", "62"])
def test_neighbours_share_their_border(departement: str) -> None:
    """Each side of an outline is in two areas, in opposite directions, or on the edge of all."""
    sides: Counter[tuple[tuple[float, float], ...]] = Counter()
    for rings in queries.commune_outlines(departement).values():
        for ring in rings:
            for a, b in zip(ring, (*ring[1:], ring[0]), strict=True):
                sides[tuple(sorted((a, b)))] += 1
    assert sides
    twice = sum(1 for count in sides.values() if count == 2)
    assert max(sides.values()) <= 2
    assert twice > len(sides) * 0.55 or departement == "75"


def test_a_departement_without_outlines_has_none() -> None:
    assert queries.commune_outlines("988") == {}
    assert queries.commune_outlines("../x") == {}


def test_the_file_names_no_person() -> None:
    packed = DATA.joinpath("territories.csv.gz").read_bytes()
    header = gzip.decompress(packed).split(b"\n", 1)[0].decode()
    assert header.split(",") == [
        *("key", "kind", "code", "name", "slug", "siren", "postal_codes", "population"),
        *("departement", "region", "epci", "parent", "lon", "lat", "successor", "former_codes"),
    ]


def test_the_towns_of_a_real_list_resolve() -> None:
    """84 names of a hand-kept list; two carry U+00AD and are found all the same."""
    lines = shared("carto_technopolice/data.csv").read_text("utf-8").splitlines()
    cells = {cell.strip() for line in lines for cell in line.split(";")}
    names = sorted(cell for cell in cells if TOWN.match(cell))
    found = queries.resolve_towns(names)
    outcomes = Counter(resolution.outcome for resolution in found.values())
    assert len(names) == 84
    assert outcomes[Outcome.ONE] == 71
    assert outcomes[Outcome.AMBIGUOUS] == 4
    assert outcomes[Outcome.GROUP] + outcomes[Outcome.UNKNOWN] == 9
    homonyms = {name: len(r.towns) for name, r in found.items() if len(r.towns) > 1}
    assert sorted(homonyms.values()) == [2, 3, 4, 4]
    assert found["ville de La Baule"].towns == ()
    assert [name for pair in queries.split_towns(names) for name in pair[:2]] == [
        "ville de Levallois",
        "ville de Perret",
    ]
    assert all(found[name] == queries.resolve_town(name) for name in names)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("saint etienne", "commune:42218"),
        ("st-etienne", "commune:42218"),
        ("Saint-Denis (93)", "commune:93066"),
        ("paris 13", "arrondissement:75113"),
        ("06000", "commune:06088"),
        ("06088", "commune:06088"),
        ("2a004", "commune:2A004"),
        ("toulose", "commune:31555"),
        ("Bezier", "commune:34032"),
        ("marseil", "commune:13055"),
        ("93059", "commune:93059"),
        ("Var", "departement:83"),
        ("ile de france", "region:11"),
        ("Nice 06000", "commune:06088"),
    ],
)
def test_a_town_is_found_by_what_people_type(typed: str, first: str) -> None:
    assert queries.search_territories(typed)[0].key == first


def test_homonyms_come_with_the_most_populous_first() -> None:
    found = [one for one in queries.search_territories("Saint-Denis") if one.name == "Saint-Denis"]
    assert [one.departement for one in found] == ["974", "93", "11", "30"]


def test_a_code_that_is_both_postal_and_insee_lists_both() -> None:
    """83136 is the postal code of Garéoult and the INSEE code of Le Thoronet."""
    names = {one.name for one in queries.search_territories("83136")}
    assert {"Garéoult", "Le Thoronet"} <= names


@pytest.mark.parametrize("typed", ["", "   ", "zzzzzzz", "%", "'; select 1", "(", "x" * 5000])
def test_nothing_is_found_for_nothing(typed: str) -> None:
    assert queries.search_territories(typed) == []


def test_the_owner_of_a_number_is_found() -> None:
    found = queries.siren_owner("210600888")
    assert found is not None
    assert found.key == "commune:06088"
    assert queries.siren_owner("") is None


def test_towns_of_similar_size_are_between_two_thirds_and_half_as_much_again() -> None:
    keys = ("83137", "42218", "13001", "83061", "06088")
    towns = queries.territories(f"commune:{code}" for code in keys)
    similar = queries.similar_towns(towns["commune:83137"])
    assert similar is not None
    assert {one.name for one in similar.among(towns.values())} == {
        "Toulon",
        "Saint-Étienne",
        "Aix-en-Provence",
    }
    assert queries.similar_towns(Territory(key="commune:55039", population=0)) is None
