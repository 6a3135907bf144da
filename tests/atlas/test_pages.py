from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from pytest_django import DjangoAssertNumQueries

from contrechamp.atlas.queries import survey
from tests.people import Person
from tests.web.scene import Scene, toulon

pytestmark = pytest.mark.usefixtures("gazetteer")
LEAN = 150_000
ROOT = Path(__file__).parents[2]


@pytest.fixture
def scene(marianne: Person, amina: Person) -> Scene:
    assert marianne.user is not None
    assert amina.user is not None
    return toulon(marianne.user, amina.user)


def plain(text: str) -> str:
    """A text with ordinary spaces: which of them do not break is tested elsewhere."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def drawn(page: str) -> dict[str, str]:
    """What each area says, by its name."""
    return dict(re.findall(r'<a class="area[^>]*aria-label="([^":]+?) : ([^"]+)"', plain(page)))


def listed(page: str) -> dict[str, list[str]]:
    """The numbers of each row of the list, by its name."""
    rows = re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a>(.*?)</tr>', page)
    return {
        name: [
            re.sub(r"<[^>]+>|\s|&nbsp;", "", cell)
            for cell in re.findall(r"<td[^>]*>(.*?)</td>", rest)
        ]
        for name, rest in rows
    }


def drawing(page: str) -> Xml.Element:
    """The drawing, as a parser of XML reads it: it is well formed or the test ends here."""
    found = re.search(r'<svg class="map".*?</svg>', page, re.DOTALL)
    assert found
    return Xml.fromstring(found[0])  # noqa: S314  our own


# What is counted


def test_the_map_and_its_list_say_the_same(visitor: Person, scene: Scene) -> None:
    page = visitor.opens("/carte").text
    counted = {name: words.split()[0] for name, words in drawn(page).items() if "projet" in words}
    assert counted == {
        "Var (83)": "5",
        "Alpes-Maritimes (06)": "1",
        "Bouches-du-Rhône (13)": "1",
        "Haute-Garonne (31)": "1",
        "Loire (42)": "1",
    }
    assert {name: cells[0] for name, cells in listed(page).items()} == {
        name.partition(" (")[0]: count for name, count in counted.items()
    }


def test_what_is_not_known_is_hatched_and_zero_is_not(visitor: Person, scene: Scene) -> None:
    page = visitor.opens("/carte?technologie=drones").text
    said = drawn(page)
    assert said["Var (83)"] == "1 projet"
    assert said["Loire (42)"] == "aucun projet avec ces filtres"
    assert said["Nord (59)"] == "rien de publié"
    hatched = re.findall(
        r'aria-label="([^"]+)"><title>[^<]+</title><path d="[^"]+" fill="url', page
    )
    assert any(name.startswith("Nord") for name in hatched)
    assert not any(name.startswith(("Var (", "Loire (")) for name in hatched)
    for words in ("aucun", "rien de publié"):
        assert words in page


def test_cameras_are_counted_and_a_missing_number_is_not_zero(
    visitor: Person, scene: Scene
) -> None:
    said = drawn(visitor.opens("/carte?mesure=cameras").text)
    assert said["Alpes-Maritimes (06)"] == "4 500 caméras autorisées"
    assert said["Nord (59)"] == "nombre de caméras non connu"
    # The last number of Toulon, and those of its neighbours: not the sum of all acts.
    assert said["Var (83)"] == "928 caméras autorisées"


def test_rates_are_per_thousand_and_doubtful_where_few_live(visitor: Person, scene: Scene) -> None:
    village = scene.project("Caméra du village", "commune:83105")
    scene.says(village, "cameras_authorised", 3, from_text="2024")
    scene.appears()
    page = visitor.opens("/carte?lieu=departement:83&mesure=cameras-1000").text
    assert "à lire avec prudence" in drawn(page)["Riboux"]
    assert "prudence" not in drawn(page)["Toulon"]
    assert listed(page)["Riboux"][2].startswith("≈")


def test_filters_are_chips_that_come_off(visitor: Person, scene: Scene) -> None:
    page = visitor.opens("/carte?technologie=drones&type=deployment&statut=documented").text
    chips = re.findall(r'<li><a href="([^"]+)">([^<]+) <span aria-hidden', page)
    assert [words for _, words in chips] == ["Drones", "déploiement", "documenté"]
    assert chips[0][0] == "/carte?type=deployment&amp;statut=documented"
    assert drawn(page)["Var (83)"] == "1 projet"


def test_the_record_of_a_technology_and_its_family_find_the_same(
    visitor: Person, scene: Scene
) -> None:
    record = re.search(r'value="(tec-[^"]+)">Drones', visitor.opens("/carte").text)
    assert record
    maps = [visitor.opens(f"/carte?technologie={one}").text for one in (record[1], "drones")]
    assert drawn(maps[0]) == drawn(maps[1])


def test_the_legend_is_the_filter(visitor: Person, scene: Scene) -> None:
    page = visitor.opens("/carte").text
    legend = page[page.index('class="atlas-legend"') :]
    lines = re.findall(r'<li><a href="([^"]+)"[^>]*>.*?</svg> ([^<]+) <span', legend)
    assert ("/carte?technologie=drones", "Drones") in lines
    chosen = visitor.opens("/carte?technologie=drones").text
    assert '<a href="/carte" aria-current="true">' in chosen
    # What was not chosen can still be: its line is there.
    assert "/carte?technologie=video_surveillance" in chosen


# Years


def test_a_year_shows_what_was_there_then(visitor: Person, scene: Scene) -> None:
    before = drawn(visitor.opens("/carte?au=2023").text)
    assert before["Var (83)"] == "1 projet"
    assert before["Loire (42)"] == "aucun projet avec ces filtres"
    assert drawn(visitor.opens("/carte?au=2024").text)["Var (83)"] == "4 projets"
    assert drawn(visitor.opens("/carte?au=2024&sans_date=1").text)["Var (83)"] == "5 projets"


def test_a_project_that_ended_leaves_the_map(visitor: Person, scene: Scene) -> None:
    scene.project("Essai", "commune:59350", started_on="2019", ended_on="2020")
    scene.appears()
    said = {year: drawn(visitor.opens(f"/carte?au={year}").text) for year in (2019, 2020, 2021)}
    assert said[2019]["Nord (59)"] == said[2020]["Nord (59)"] == "1 projet"
    assert said[2021]["Nord (59)"] == "aucun projet avec ces filtres"


def test_cameras_of_a_year_are_those_known_by_then(visitor: Person, scene: Scene) -> None:
    said = drawn(visitor.opens("/carte?lieu=departement:83&mesure=cameras&au=2023").text)
    assert said["Toulon"] == "320 caméras autorisées"


def test_every_year_is_a_link_with_its_number(visitor: Person, scene: Scene) -> None:
    page = visitor.opens("/carte").text
    bars = re.findall(
        r'<a href="([^"]+)" data-year="\d+"[^>]*><span class="visually-hidden">(\d+) : (\d+) pro',
        plain(page),
    )
    assert [(year, count) for _, year, count in bars] == [
        ("2023", "1"),
        ("2024", "8"),
        ("2025", "8"),
    ]
    for url, _, count in bars:
        assert f"{count} projet" in visitor.opens(url).text
    assert "2 projets n'ont pas de date" in page.replace("&#x27;", "'")


# Places


def test_one_goes_from_the_country_to_a_commune_by_links(visitor: Person, scene: Scene) -> None:
    urls = re.findall(r'<a class="area[^>]*href="([^"]+)"', visitor.opens("/carte").text)
    assert "/carte?lieu=departement:83" in urls
    var = visitor.opens("/carte?lieu=departement:83").text
    assert "/commune/83137-toulon" in re.findall(r'<a class="area[^>]*href="([^"]+)"', var)
    assert '<a href="/carte?lieu=region:93">' in var
    region = visitor.opens("/carte?lieu=region:93").text
    assert drawn(region)["Var (83)"] == "5 projets"
    town = visitor.opens("/carte?lieu=commune:83137").text
    assert 'class="area t4 is-here" href="/commune/83137-toulon"' in town
    assert "Métropole Toulon" in town


def test_filters_stay_from_level_to_level(visitor: Person, scene: Scene) -> None:
    page = visitor.opens("/carte?mesure=cameras&technologie=video_surveillance&au=2024").text
    assert "/carte?lieu=departement:83&amp;mesure=cameras&amp;technologie=video_" in page


def test_places_near_each_other_are_one_symbol_that_opens_their_departement(
    visitor: Person, scene: Scene
) -> None:
    page = visitor.opens("/carte").text
    badges = re.findall(r'<a class="badge" href="([^"]+)"[^>]*><title>([^<]+)</title>', plain(page))
    said = {words.partition(" : ")[0]: url for url, words in badges}
    joined = [names for names in said if "autre" in names]
    assert joined
    assert {said[names] for names in joined} == {"/carte?lieu=departement:83"}
    assert said["Nice"] == "/commune/06088-nice"
    numbers = sum(int(re.findall(r" : (\d+) projet", words)[0]) for _, words in badges)
    assert numbers == 9
    assert visitor.opens("/carte?lieu=departement:83").text.count('class="badge"') >= 3


def test_symbols_are_not_stops_of_the_keyboard(visitor: Person, scene: Scene) -> None:
    root = drawing(visitor.opens("/carte").text)
    for link in root.iter("{http://www.w3.org/2000/svg}a"):
        if link.get("class") == "badge":
            assert (link.get("tabindex"), link.get("aria-hidden")) == ("-1", "true")
        else:
            assert link.get("aria-label")
            assert link.find("{http://www.w3.org/2000/svg}title") is not None


def test_the_map_of_a_project_an_actor_and_a_technology(visitor: Person, scene: Scene) -> None:
    records = json.loads(visitor.opens("/carte.json").text)
    assert records["projects"] == 10
    project = next(line for line in survey().lines if "Nice" in line.name)
    page = visitor.opens(f"/carte?projet={project.id}").text
    assert "Vidéoprotection — Nice" in page
    assert drawn(page) == {"Nice": "1 projet"}
    town = scene.entity("actor", "authority", "Ville de Nice bis")
    for name in (project.id,):
        target = scene.project("Autre", "commune:06029")
        scene.says(town, "participates_in", target=target, attributes={"role": "operator"})
        assert name
    scene.appears()
    page = visitor.opens(f"/carte?acteur={town.pk}").text
    assert drawn(page)["Alpes-Maritimes (06)"] == "1 projet"
    assert drawn(page)["Var (83)"] == "aucun projet avec ces filtres"
    assert f'href="/carte?acteur={town.pk}"' in visitor.opens(f"/acteur/{town.pk}").text
    assert f'href="/carte?projet={project.id}"' in visitor.opens(f"/projet/{project.id}").text
    assert 'href="/carte?lieu=commune:83137"' in visitor.opens("/commune/83137-toulon").text


def test_clients_of_a_company_are_named(visitor: Person, scene: Scene) -> None:
    city = scene.authority("Ville de Fréjus", "commune:83061")
    company = scene.entity("actor", "company", "Exemple Optique")
    scene.says(company, "supplies", target=city)
    scene.appears()
    page = visitor.opens(f"/carte?acteur={company.pk}").text
    assert f'<a href="/acteur/{city.pk}">Ville de Fréjus</a>' in page


def test_a_territory_without_outlines_has_its_list(visitor: Person, scene: Scene) -> None:
    page = visitor.opens("/carte?lieu=departement:988")
    assert page.status == 200
    assert "ne sont pas connues ici" in page.text


# Odd addresses


@pytest.mark.parametrize(
    "query",
    [
        "au=abc",
        "au=9999",
        "annee=abc",
        "au=%C2%B2024",
        "technologie=tec-0000000000",
        "lieu=nowhere",
        "lieu=commune:99999",
        "lieu=country:FR",
        "mesure=x",
        "statut=x",
        "type=x",
        "acteur=act-0000000000",
        "projet=%00",
        "lieu=%00:%00",
        "tri=--x",
        "sans_date=1",
    ],
)
def test_a_filter_that_is_not_offered_is_none(visitor: Person, scene: Scene, query: str) -> None:
    asked, plain = (visitor.opens(url).text for url in (f"/carte?{query}", "/carte"))
    assert asked[asked.index("<main") :] == plain[plain.index("<main") :]


def test_an_empty_observatory_says_what_to_do(visitor: Person) -> None:
    page = visitor.opens("/carte")
    assert page.status == 200
    assert 'href="/aller/habitant"' in page.text
    assert set(drawn(page.text).values()) == {"rien de publié"}
    for name in ("csv", "json", "geojson"):
        assert visitor.opens(f"/carte.{name}?lieu=region:93&au=2020").status == 200


# Lists and files


def test_the_list_is_sorted_by_the_heads_of_its_columns(visitor: Person, scene: Scene) -> None:
    page = visitor.opens("/carte").text
    assert next(iter(listed(page))) == "Var"
    assert re.search(r'aria-sort="descending" class="number"><a href="/carte\?tri=projets"', page)
    by_name = list(listed(visitor.opens("/carte?tri=nom").text))
    assert by_name == ["Alpes-Maritimes", "Bouches-du-Rhône", "Haute-Garonne", "Loire", "Var"]
    assert list(listed(visitor.opens("/carte?tri=-nom").text)) == by_name[::-1]
    few = list(listed(visitor.opens("/carte?tri=habitants").text))
    assert few[0] == "Loire"


def test_what_is_not_known_comes_last_either_way(visitor: Person, scene: Scene) -> None:
    scene.project("Sans nombre", "commune:59350")
    scene.appears()
    for sort in ("cameras", "-cameras"):
        assert list(listed(visitor.opens(f"/carte?tri={sort}").text))[-1] == "Nord"


def test_files_hold_what_is_seen(visitor: Person, scene: Scene) -> None:
    query = "?lieu=departement:83&technologie=video_surveillance&tri=-cameras"
    names = list(listed(visitor.opens(f"/carte{query}").text))
    table = visitor.opens(f"/carte.csv{query}")
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [row["name"] for row in rows] == names
    assert rows[0]["cameras_authorised"] == "411"
    assert rows[0]["url"] == "http://testserver/commune/83137-toulon"
    told = json.loads(visitor.opens(f"/carte.json{query}").text)
    assert [row["name"] for row in told["rows"]] == names
    assert told["filters"]["technology"] == "video_surveillance"
    shapes = json.loads(visitor.opens(f"/carte.geojson{query}").text)
    assert [one["properties"]["name"] for one in shapes["features"]] == names
    for one in shapes["features"]:
        for (ring,) in one["geometry"]["coordinates"]:
            assert ring[0] == ring[-1]
            assert all(4 < lon < 8 and 42 < lat < 44.5 for lon, lat in ring)


def test_files_are_the_same_in_every_language(scene: Scene) -> None:
    for name in ("csv", "json", "geojson"):
        french, english = (
            Person(language=one).opens(f"/carte.{name}?mesure=cameras-1000") for one in ("fr", "en")
        )
        assert french.content == english.content


def test_the_map_that_moves_gets_the_same_tints_and_numbers(visitor: Person, scene: Scene) -> None:
    zones = json.loads(visitor.opens("/carte/zones.geojson?mesure=cameras").text)
    said = {one["properties"]["code"]: one["properties"] for one in zones["features"]}
    page = visitor.opens("/carte?mesure=cameras").text
    assert plain(said["06"]["words"]) == "Alpes-Maritimes (06) : 4 500 caméras autorisées"
    assert re.search(rf'area t{said["06"]["tint"]}" href="/carte\?lieu=departement:06', page)
    assert said["59"]["unknown"]
    assert not said["83"]["unknown"]
    spots = json.loads(visitor.opens("/carte/points.geojson").text)
    told = {number for one in spots["features"] for number in one["properties"]["projects"]}
    assert told == set(range(9))
    assert len(spots["projects"]) == 9
    assert set(spots["symbols"]) == {"video_surveillance", "drones"}
    communes = json.loads(visitor.opens("/carte/zones.geojson?lieu=departement:83").text)
    names = {one["properties"]["name"] for one in communes["features"]}
    assert {"Toulon", "Riboux"} <= names


# Lean, quick, printable


def test_pages_without_scripts_are_lean(visitor: Person, scene: Scene) -> None:
    for query in ("", "?lieu=departement:83", "?lieu=departement:62", "?lieu=region:11"):
        assert len(visitor.opens(f"/carte{query}").content) < LEAN


def test_a_second_look_asks_the_database_little(
    visitor: Person, scene: Scene, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    visitor.opens("/carte")
    with django_assert_max_num_queries(6):
        visitor.opens("/carte")


def test_the_survey_is_read_once_per_publication(
    visitor: Person, scene: Scene, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = survey()
    with django_assert_max_num_queries(1):
        assert survey() is first
    scene.project("Nouveau", "commune:59350")
    scene.appears()
    assert survey() is not first


def test_drafts_are_not_on_the_map(visitor: Person, scene: Scene) -> None:
    before = visitor.opens("/carte").content
    draft = scene.entity("project", "deployment", "Brouillon")
    scene.drafts(draft, "located_in", target=scene.place("commune:59350"))
    assert visitor.opens("/carte").content == before


def test_paper_has_the_day_and_the_source_and_no_controls(visitor: Person, scene: Scene) -> None:
    page = visitor.opens("/carte?lieu=departement:83").text
    assert "Contrechamp, état au" in page
    assert "http://testserver/carte?lieu=departement:83" in page
    assert re.search(r'<form class="map-filters no-print"', page)
    style = (ROOT / "assets/src/atlas.css").read_text()
    paper = style[style.index("@media print") :]
    for name in (".no-print", ".atlas-open", ".atlas-gl", ".atlas-slider", ".atlas-switch"):
        assert name in paper
