"""Pages read by axe-core, at the width of a screen and of a telephone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Opens

AXE = Path(__file__).parents[2] / "assets/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 375)
REFLOWS = (640, 320)
"""A screen at 200 %; the least width that WCAG 1.4.10 asks for."""
PUBLIC = [
    "/",
    "/communes?q=Nice",
    "/commune/06088-nice",
    "/departement/06-alpes-maritimes",
    "/carte",
    "/graphe",
    "/graphe/chemin",
    "/recherche?q=Nice",
    "/recherche?q=zorglub",
    "/recherche?q=cameras&type=page&depuis=2020&jusqua=jamais",
    "/recherche/liste",
    "/graphe?autour=Ville de Nice",
    "/graphe?autour=Ville de Nice&profondeur=2&largeur=montant",
    "/graphe/chemin?de=Exemple Optique&a=Ville de Nice",
    "/graphe/communs",
    "/graphe/communs?de=Ville de Nice&a=Exemple Optique",
    "/graphe?statut=alleged&tableau=2",
    "/chronologie",
    "/chronologie?de=commune:06088",
    "/depuis/2020-01-01",
    "/comparer?a=commune:06088&b=commune:13055",
    "/classements",
    "/labo",
    "/labo/loop-urn",
    "/labo/loop-urn?wd=0.5",
    "/labo/loop-urn?wd=9",
    "/labo/face-crowd?commune=06088",
    "/labo/verification",
    "/projets",
    "/acteurs",
    "/technologies",
    "/documents/",
    "/methode/",
    "/accessibilite/",
    "/mentions-legales/",
    "/a-propos",
    "/connexion/",
    "/connexion/retrouver/",
    "/compte/ouvrir/",
    "/groupes/",
    "/groupes/veille-de-nice/",
    "/membres/marianne/",
    "/forum",
    "/forum/general",
    "/forum/journal",
    "/forum/regles",
    "/forum/nouveau",
    "/clavier",
    "/style",
    "/nothing-is-here",
]
FOLLOWED = {
    "project": ("/projets", "main a[href^='/projet/']"),
    "actor": ("/acteurs", "main a[href^='/acteur/']"),
    "technology": ("/technologies", "main a[href^='/technologie/']"),
    "fact": ("/projets", "main a[href^='/projet/']", "main a[href^='/fait/']"),
    "history": ("/projets", "main a[href^='/projet/']", "main a[href$='/historique']"),
    "correction": ("/projets", "main a[href^='/projet/']", "main a[href$='/corriger']"),
    "document": ("/documents/", "main a[href^='/documents/']:not([href*='/collections'])"),
    "time": ("/projets", "main a[href^='/projet/']", "main a[href^='/chronologie?de=']"),
    "ranking": ("/classements", "main a[href^='/classements/']"),
    "page": ("/projets", "main a[href^='/projet/']", "main a[href*='/page/']"),
    "thread": ("/forum/general", "main a[href^='/forum/f/']"),
    "notice": ("/forum/general", "main a[href^='/forum/f/']", "main a[href^='/forum/signaler/']"),
}
"""Pages whose address is not known beforehand: where to start, and which links to follow."""
INSIDE = [
    ("marianne", "/documents/ajouter"),
    ("marianne", "/faits/nouveau"),
    ("marianne", "/faits/brouillons"),
    ("marianne", "/projets/nouveau"),
    ("marianne", "/recherches"),
    ("marianne", "/compte/"),
    ("marianne", "/compte/code/"),
    ("marianne", "/compte/phrase-de-passe/"),
    ("marianne", "/compte/avis/"),
    ("marianne", "/compte/avis/reglages/"),
    ("marianne", "/compte/suivis/"),
    ("marianne", "/compte/invitations/"),
    ("marianne", "/compte/cles/"),
    ("marianne", "/compte/codes-de-secours/"),
    ("marianne", "/compte/adresse/"),
    ("marianne", "/compte/blocages/"),
    ("marianne", "/compte/donnees/"),
    ("marianne", "/compte/donnees/effacer/"),
    ("marianne", "/groupes/nouveau/"),
    ("marianne", "/groupes/veille-de-nice/"),
    ("marianne", "/groupes/veille-de-nice/membres/"),
    ("marianne", "/groupes/veille-de-nice/modifier/"),
    ("marianne", "/groupes/veille-de-nice/rencontres/nouvelle/"),
    ("marianne", "/forum/nouveau"),
    ("marianne", "/forum/brouillons"),
    ("marianne", "/forum/decisions"),
    ("marianne", "/forum/signalements"),
    ("lou", "/forum/nouveau"),
    ("amina", "/relecture"),
    ("amina", "/relecture/messages"),
    ("amina", "/relecture/documents"),
    ("amina", "/fusions"),
    ("amina", "/imports"),
    ("io", "/comptes/"),
    ("io", "/comptes/marianne/"),
    ("io", "/forum/moderation"),
    ("io", "/forum/moderation/appels"),
    ("io", "/forum/moderation/comptes"),
    ("io", "/forum/moderation/urgence"),
    ("io", "/moderation/reponses/"),
    ("io", "/compte/avis/courriels/"),
]
INSIDE_FOLLOWED = {
    "thread": ("marianne", "/forum/general", "main a[href^='/forum/f/']"),
    "reply": ("marianne", "/forum/general", "main a[href^='/forum/f/']", "main a[href*='citer=1']"),
    "edit": (
        "marianne",
        "/forum/general",
        "main a[href^='/forum/f/']",
        "a[href^='/forum/changer/']",
    ),
    "waiting": ("io", "/forum/moderation", "main ol a[href^='/forum/moderation/']"),
}
"""Pages of members whose address is not known beforehand."""


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_is_accessible(opens: Opens, path: str) -> None:
    check(opens(path))


@pytest.mark.parametrize("kind", FOLLOWED)
def test_a_record_and_what_proves_it_are_accessible(opens: Opens, kind: str) -> None:
    start, *links = FOLLOWED[kind]
    page = opens(start)
    for link in links:
        page.goto(str(page.locator(link).first.get_attribute("href")))
    check(page)


def test_a_group_of_the_graph_is_accessible(opens: Opens) -> None:
    page = opens("/graphe?autour=Exemple Optique")
    way = page.locator("main a[href^='/graphe/chemin?de=']").first.get_attribute("href")
    page.goto("/graphe?groupe=" + str(way).partition("=")[2])
    assert page.locator("#membres").count() == 1
    check(page)


@pytest.mark.parametrize(("who", "path"), INSIDE)
def test_a_page_of_members_is_accessible(opens: Opens, who: str, path: str) -> None:
    check(opens(path, who=who))


@pytest.mark.parametrize("kind", INSIDE_FOLLOWED)
def test_what_members_follow_is_accessible(opens: Opens, kind: str) -> None:
    who, start, *links = INSIDE_FOLLOWED[kind]
    page = opens(start, who=who)
    for link in links:
        page.goto(str(page.locator(link).first.get_attribute("href")))
    check(page)


@pytest.mark.parametrize("path", PUBLIC[:9])
def test_dark_pages_have_contrast_too(opens: Opens, path: str) -> None:
    check(opens(path, dark=True))


def check(page: Page) -> None:
    """Let axe read the page, and measure it, at each width."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `make setup`")
    # Through the debugger and not as a script of the page: the policy forbids that, as it should.
    page.evaluate(AXE.read_text())
    assert page.locator("h1").count() == 1
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found: list[dict[str, Any]] = page.evaluate(
            """tags => axe.run(document, {runOnly: tags, resultTypes: ["violations"]})
                .then(done => done.violations)""",
            TAGS,
        )
        assert [_said(each) for each in found] == [], width
        assert _overflow(page) <= width
        assert _small(page) == [], width
    for width in REFLOWS:
        page.set_viewport_size({"width": width, "height": 900})
        assert _overflow(page) <= width


def _overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


def _said(violation: dict[str, Any]) -> str:
    nodes = [node["html"][:200] for node in violation["nodes"][:3]]
    return f"{violation['id']}: {violation['help']}: {nodes}"


def _small(page: Page) -> list[str]:
    """Return what is smaller than 24 by 24 and not a link within a line of text (WCAG 2.5.8)."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("button, input:not([type=hidden]), select, summary")]
            .filter((one) => one.checkVisibility() && !one.closest(".visually-hidden"))
            .map((one) => [one, one.getBoundingClientRect()])
            .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
            .map(([one, box]) => `${one.outerHTML.slice(0, 120)} ${box.width}x${box.height}`)"""
    )
    return found
