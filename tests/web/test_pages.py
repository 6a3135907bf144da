from __future__ import annotations

import re
from xml.etree import ElementTree as Xml

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.people import Person
from tests.web.scene import Scene, toulon

pytestmark = pytest.mark.usefixtures("gazetteer")
ATOM = "{http://www.w3.org/2005/Atom}"
TOWN = "/commune/83137-toulon"


@pytest.fixture
def scene(marianne: Person, amina: Person) -> Scene:
    assert marianne.user is not None
    assert amina.user is not None
    return toulon(marianne.user, amina.user)


def words(html: str) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# Home


def test_an_empty_observatory_says_so_and_invites(visitor: Person) -> None:
    page = visitor.opens("/")
    assert page.status == 200
    assert "Rien n&#x27;est encore publié" in page.text or "Rien n'est encore publié" in page.text
    assert 'action="/recherche"' in page.text
    for door in ("habitant", "journaliste", "source", "juriste"):
        assert f'href="/aller/{door}"' in page.text
        assert visitor.opens(f"/aller/{door}").status == 200


def test_home_shows_figures_with_their_method_news_and_the_map(
    visitor: Person, scene: Scene
) -> None:
    page = visitor.opens("/")
    assert "Comment c'est compté" in page.text.replace("&#x27;", "'")
    assert page.text.count("nouvelle fiche") == 8
    assert 'aria-label="Var (83) : 5 projets"' in page.text
    assert 'href="/departement/83-var"' in page.text


def test_home_asks_the_database_little(
    visitor: Person, scene: Scene, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    visitor.opens("/")
    with django_assert_max_num_queries(14):
        visitor.opens("/")


# Finding a town


def test_a_postal_code_of_one_town_opens_it(visitor: Person) -> None:
    assert visitor.opens("/communes?q=06000").status == 302


def test_homonyms_are_told_apart(visitor: Person) -> None:
    page = words(visitor.opens("/communes?q=saint-denis").text)
    assert "Saint-Denis commune La Réunion 155" in page
    assert "Saint-Denis commune Seine-Saint-Denis 149" in page


@pytest.mark.parametrize("typed", ["zzzzzz", "%00", "<script>", "%F0%9F%8E%A5"])
def test_anything_may_be_asked(visitor: Person, typed: str) -> None:
    page = visitor.opens(f"/communes?q={typed}")
    assert page.status in (200, 302)  # 302: the only town with a name so near.
    assert "<script>" not in page.text


# A town


def test_a_town_nobody_wrote_about_is_an_invitation(visitor: Person) -> None:
    page = visitor.opens("/commune/83050-draguignan")
    assert page.status == 200
    assert "Rien n'est encore publié sur ce territoire" in page.text
    assert "L. 311-1" in page.text
    assert "pour Draguignan" in page.text
    assert 'href="/departement/83-var"' in page.text


def test_a_town_shows_what_is_known(visitor: Person, scene: Scene) -> None:
    page = words(visitor.opens(TOWN).text)
    assert "411 caméras autorisées" in page.replace(
        "caméras autorisées 411", "411 caméras autorisées"
    )
    assert "Vidéoprotection de la voie publique — Toulon" in page
    assert "Ville de Toulon" in page
    assert "83-2025-01-30-00013" in page
    assert "Systèmes autorisés" in page


def test_of_one_system_only_the_newest_number_counts(visitor: Person, scene: Scene) -> None:
    page = words(visitor.opens(TOWN).text)
    assert "731" not in page
    assert "2,3" in page


def test_a_sum_that_one_system_makes_is_said_so(visitor: Person, scene: Scene) -> None:
    buses = scene.project("Caméras des autobus", "commune:83137")
    scene.says(buses, "cameras_authorised", 1136)
    scene.says(buses, "cameras_public_way", 0)
    scene.appears()
    page = words(visitor.opens(TOWN).text)
    assert "Dont 1 136 caméras pour un seul système : « Caméras des autobus »" in page
    assert "dont sur la voie publique 0" in page


def test_it_stands_beside_towns_of_similar_size_only(visitor: Person, scene: Scene) -> None:
    html = visitor.opens(TOWN).text
    beside = html[html.index('id="compare"') : html.index('id="projects"')]
    assert "Saint-Étienne" in beside
    assert "Aix-en-Provence" in beside
    assert "Nice" not in beside
    assert "Fréjus" not in beside


def test_what_applies_from_above_is_said_with_its_level(visitor: Person, scene: Scene) -> None:
    html = visitor.opens(TOWN).text
    above = html[html.index('id="levels"') : html.index('id="around"')]
    assert "Drones de la police nationale — Var" in above
    assert "Fichier national" in above
    assert "Vidéoprotection — Hyères" not in above


def test_money_is_summed_by_year_and_each_amount_has_its_proof(
    visitor: Person, scene: Scene
) -> None:
    html = visitor.opens(TOWN).text
    money = html[html.index('id="money"') : html.index('id="actors"')]
    assert "1\u202f275\u202f000,50" in money
    assert re.search(r"<th scope=\"row\">2023</th><td>845\u202f000,50", money)
    assert money.count('class="proof"') == 3


def test_a_question_that_a_fact_answers_is_not_asked(visitor: Person, scene: Scene) -> None:
    html = visitor.opens(TOWN).text
    unknown = html[html.index('id="questions"') :]
    assert "Combien de caméras" not in unknown
    assert "analyse d&#x27;impact" in unknown or "analyse d'impact" in unknown


def test_a_town_has_one_address(visitor: Person) -> None:
    for other in ("/commune/83137", "/commune/83137-toulouse"):
        assert visitor.opens(other).status == 301
    assert visitor.opens("/commune/00000-nulle-part").status == 404


def test_a_former_town_leads_to_the_one_it_became_part_of(visitor: Person) -> None:
    page = visitor.opens("/commune/93059-pierrefitte-sur-seine")
    assert "n'est plus une commune" in page.text.replace("&#x27;", "'")
    assert 'href="/commune/93066-saint-denis"' in page.text


def test_facts_of_a_former_town_are_on_the_page_of_its_successor(
    visitor: Person, scene: Scene
) -> None:
    scene.project("Caméras de Pierrefitte", "commune:93059")
    scene.appears()
    assert "Caméras de Pierrefitte" in visitor.opens("/commune/93066-saint-denis").text


def test_a_town_asks_the_database_little_however_much_there_is(
    visitor: Person, scene: Scene, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        project = scene.project(f"Système {number}", "commune:83137")
        scene.says(project, "cameras_authorised", number + 1)
        scene.uses(project, "video_fixed")
    scene.appears()
    with django_assert_max_num_queries(45):
        visitor.opens(TOWN)


def test_a_town_with_many_projects_shows_some_names_more_and_counts_all(
    visitor: Person, scene: Scene
) -> None:
    for number in range(27):
        scene.project(f"Système numéro {number:02}", "commune:83137", summary=f"Résumé {number:02}")
    scene.appears()
    page = visitor.opens(TOWN).text
    projects = page.partition('id="projects"')[2].partition("</section>")[0]
    assert projects.count('<div class="card">') == 9
    assert projects.count("<li><a href=") == 24 - 9
    assert "Voir les 28 projets" in words(projects)


# Groups of towns


@pytest.mark.parametrize(
    "url",
    [
        "/departement/83-var",
        "/region/93-provence-alpes-cote-d-azur",
        "/intercommunalite/248300543-metropole-toulon-provence-mediterranee",
    ],
)
def test_larger_territories_count_what_is_in_them(visitor: Person, scene: Scene, url: str) -> None:
    page = visitor.opens(url)
    assert page.status == 200
    assert "Vidéoprotection de la voie publique — Toulon" in page.text
    assert "<svg" in page.text


def test_a_territory_without_outlines_has_its_list(visitor: Person) -> None:
    page = visitor.opens("/departement/988-nouvelle-caledonie")
    assert page.status == 200
    assert "Nouméa" in page.text


# Feeds


def test_the_feed_of_the_site_has_what_is_new(visitor: Person, scene: Scene) -> None:
    feed = Xml.fromstring(visitor.opens("/flux.atom").content)  # noqa: S314  our own
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in feed.iter(f"{ATOM}entry")]
    assert any("Fréjus" in title for title in titles)
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    assert len(ids) <= 50


def test_the_feed_of_a_town_has_its_own_facts_alone(visitor: Person, scene: Scene) -> None:
    text = visitor.opens(f"{TOWN}.atom").content.decode()
    assert "cameras" not in text
    assert "nombre de caméras" in text or "caméras autorisées" in text
    assert "Fréjus" not in text


def test_a_feed_that_did_not_change_is_the_same_bytes(visitor: Person, scene: Scene) -> None:
    assert visitor.opens("/flux.atom").content == visitor.opens("/flux.atom").content


def test_the_feed_of_an_unknown_town_is_not_found(visitor: Person) -> None:
    assert visitor.opens("/commune/00000-nulle-part.atom").status == 404


# What is not public


def test_a_draft_changes_nothing_that_a_visitor_gets(visitor: Person, scene: Scene) -> None:
    urls = (
        *("/", "/carte", "/flux.atom", TOWN, f"{TOWN}.atom", "/departement/83-var"),
        *("/commune/83050-draguignan", "/region/93-provence-alpes-cote-d-azur", "/a-propos"),
    )
    before = [visitor.opens(url).content for url in urls]
    secret = scene.entity("project", "deployment", "Projet encore secret")
    for key in ("commune:83137", "commune:83050", "departement:83", "country:FR"):
        scene.drafts(secret, "located_in", target=scene.place(key))
    scene.drafts(secret, "cameras_authorised", 9999)
    assert [visitor.opens(url).content for url in urls] == before


def test_every_page_is_in_english_too(scene: Scene) -> None:
    reader = Person(language="en")
    for url in ("/", "/carte", TOWN, "/departement/83-var", "/a-propos", "/communes?q=saint-denis"):
        page = reader.opens(url).text
        assert '<html lang="en">' in page
        for french in ("Comment c'est", "Ce qu'on ne sait pas", "Preuve", "À propos de", "preuve"):
            assert french not in page.replace("&#x27;", "'")


def test_pages_hold_nothing_that_the_policy_forbids(visitor: Person, scene: Scene) -> None:
    for url in ("/", "/carte", TOWN, "/departement/83-var", "/aller/source"):
        page = visitor.opens(url).text
        assert " style=" not in page
        assert "<script>" not in page
        assert page.count("<h1") == 1
