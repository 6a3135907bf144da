"""The graph with scripts: drawn by WebGL where the browser can, a picture where it cannot."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.conftest import CHROMIUM, FLAGS, Opens

NO_WEBGL = "HTMLCanvasElement.prototype.getContext = () => null"
AS_LARGE = """document.addEventListener("readystatechange", () => {
    document.querySelector("svg.graph-small")?.classList.remove("graph-small");
})"""
"""Take the picture of few records for one of many, before the page's own scripts do."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a browser that draws WebGL by the processor."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    flags = [*(flag for flag in FLAGS if flag != "--disable-gpu"), "--enable-unsafe-swiftshader"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


def test_a_record_is_found_in_the_drawing_and_shows_its_links(opens: Opens) -> None:
    # Given a reader with scripts, before the whole graph
    page = opens("/graphe")
    expect(page.locator("[data-graph][data-drawn]")).to_be_attached()

    # When they look for a company by the keyboard
    page.get_by_role("combobox", name="Trouver une fiche").fill("exemple opt")
    page.keyboard.press("Enter")

    # Then its links are told, each with its proof
    panel = page.locator(".graph-panel")
    expect(panel.get_by_role("heading")).to_have_text("Exemple Optique")
    expect(panel.get_by_role("heading")).to_be_focused()
    expect(panel.get_by_role("link", name="fournit")).to_be_visible()
    expect(panel.get_by_role("link", name="preuve").first).to_be_visible()

    # And one key leads back to the drawing, one button to the picture of links
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.get_by_role("button", name="Dessin simple").click()
    expect(page.locator("svg.graph[role=group]")).to_be_visible()


def test_a_ticked_filter_changes_the_drawing_at_once(opens: Opens) -> None:
    # Given a reader with scripts, before the whole graph
    page = opens("/graphe")
    expect(page.locator("[data-graph][data-drawn]")).to_be_attached()

    # When they tick a relation
    page.get_by_text("Filtrer les liens").click()
    page.get_by_role("checkbox", name="fournit").check()

    # Then the drawing has that link alone, and the page says what it takes to change the table
    expect(page.locator(".graph-sifted")).to_contain_text("Dans le dessin : 2 fiches, 1 lien.")
    assert "relation" not in page.url

    # And without it, all of them again; sent, the form narrows the table too
    page.get_by_role("checkbox", name="fournit").uncheck()
    expect(page.locator(".graph-sifted")).to_contain_text("7 liens")
    page.get_by_role("checkbox", name="fournit").check()
    page.get_by_role("button", name="Appliquer").click()
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(2)


def test_without_webgl_the_picture_stays(opens: Opens) -> None:
    page = opens("/")
    page.add_init_script(NO_WEBGL)
    page.add_init_script(AS_LARGE)
    page.goto("/graphe")
    picture = page.locator("svg.graph[role=group]")
    whole = picture.get_attribute("viewBox")
    page.get_by_role("button", name="Agrandir").click()
    assert picture.get_attribute("viewBox") != whole
    page.get_by_role("button", name="Tout le dessin").click()
    assert picture.get_attribute("viewBox") == whole
    assert page.locator("canvas").count() == 0


def test_a_picture_of_few_records_needs_no_zoom(opens: Opens) -> None:
    # Given a reader with scripts and a telephone, before a few records
    page = opens("/graphe?autour=Exemple Optique", width=375)
    picture = page.locator("svg.graph-small")
    expect(picture).to_be_visible()
    assert page.get_by_role("button", name="Agrandir").count() == 0

    # When they come to one by the keyboard, then it is told, and its links stand out
    picture.locator("[data-n]").first.focus()
    expect(page.locator(".graph-hint")).not_to_be_empty()
    assert picture.locator("[data-e].graph-lit").count() > 0


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_year_is_chosen_and_the_page_follows(opens: Opens, scripts: bool) -> None:
    page = opens("/graphe", scripts=scripts, width=375)
    page.get_by_role("link", name="2023 : ").click()
    page.wait_for_url("**/graphe?au=2023")
    expect(page.get_by_role("link", name="Retirer le filtre en 2023")).to_be_visible()
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(3)
