"""What a reader does, with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Opens
from tests.observatory import SENTENCE

PROJECT = "Vidéosurveillance algorithmique à Nice"
BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@BOTH
@pytest.mark.parametrize("width", [1280, 375])
def test_from_the_first_visit_to_the_proof(opens: Opens, scripts: bool, width: int) -> None:
    # Given somebody who has never been here, and knows the postal code of their town
    page = opens("/", scripts=scripts, width=width)

    # When they type it and choose the town
    page.locator("main").get_by_label("Votre commune, une entreprise").fill("06000")
    page.locator("main").get_by_role("button", name="Chercher").click()
    if "/commune/" not in page.url:
        page.locator("main").get_by_role("link", name="Nice", exact=True).first.click()

    # Then they see what is known of it
    expect(page.get_by_role("heading", level=1)).to_have_text("Nice")

    # When they open the project, and the proof of how long images are kept
    page.locator("main").get_by_role("link", name=PROJECT).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(PROJECT)
    page.get_by_role("row", name="Conservation des images").get_by_role(
        "link", name="preuve"
    ).click()

    # Then the sentence is marked in the document
    assert "/documents/" in page.url
    marked = page.locator("mark", has_text=SENTENCE)
    expect(marked.first).to_be_visible()


@BOTH
def test_the_language_is_switched_and_the_page_kept(opens: Opens, scripts: bool) -> None:
    page = opens("/commune/06088-nice", scripts=scripts)

    page.get_by_role("button", name="English").click()

    page.wait_for_url("**/commune/06088-nice")
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.get_by_role("button", name="Français")).to_be_visible()
    page.get_by_role("link", name="Our method").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Our method")


def test_a_reader_walks_by_keyboard_alone(opens: Opens) -> None:
    page = opens("/projets")

    # The first press offers to skip the head of the page
    page.keyboard.press("Tab")
    assert _focused(page) == "Aller au contenu"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")

    # From there on, links follow; the project is opened with Enter
    for _ in range(40):
        page.keyboard.press("Tab")
        if _focused(page) == PROJECT:
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(PROJECT)

    # "/" goes to the search field, Enter searches
    page.keyboard.press("/")
    page.keyboard.type("Exemple Optique")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche?q=*")
    expect(page.locator("main").get_by_role("link", name="Exemple Optique").first).to_be_visible()


def test_what_has_the_focus_shows_it(opens: Opens) -> None:
    page = opens("/projets")
    for _ in range(25):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", _focused(page)


@BOTH
def test_the_menu_of_a_telephone_opens_without_scripts(opens: Opens, scripts: bool) -> None:
    page = opens("/methode/", scripts=scripts, width=375)
    menu = page.locator(".site-menu")
    expect(menu.get_by_role("link", name="Projets")).to_be_hidden()

    menu.locator("summary").click()
    menu.get_by_role("link", name="Projets").click()

    page.wait_for_url("**/projets")


@BOTH
def test_a_correction_needs_no_account(opens: Opens, scripts: bool) -> None:
    # Given a resident who knows better
    page = opens("/projets", scripts=scripts)
    page.get_by_role("link", name=PROJECT).first.click()
    page.get_by_role("link", name="Proposer une correction").click()

    # When they say so
    said = f"Il y a 43 caméras, et non 42 ({'avec' if scripts else 'sans'} scripts)."
    page.get_by_label("Qu'est-ce qui est faux").fill(said)
    page.locator("main form button").last.click()

    # Then they are thanked
    page.wait_for_url("**/merci/**")

    # And an editor finds it in the inbox
    inbox = opens("/relecture/messages", who="amina", scripts=scripts)
    expect(inbox.locator("main")).to_contain_text(said)


def _focused(page: Page) -> str:
    words: str = page.evaluate("document.activeElement.textContent.trim()")
    return words
