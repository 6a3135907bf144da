"""The map: complete without scripts, moving with them, back to the drawing when that fails."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import CHROMIUM, FLAGS, Opens
from tests.journeys.test_accessibility import check

SOFTWARE = [
    *(flag for flag in FLAGS if flag != "--disable-gpu"),
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]
"""A browser that draws by software: WebGL without a graphics card."""
DRAWS_WITHIN_MS = 60_000


@pytest.fixture(scope="module")
def painter(browser: Browser) -> Iterator[Browser]:
    """A second browser, whose pages have WebGL."""
    second = browser.browser_type.launch(executable_path=CHROMIUM, args=SOFTWARE)
    yield second
    second.close()


@pytest.fixture
def moving(painter: Browser, site: str) -> Iterator[Page]:
    """A page on which the map moves; what it complains of fails."""
    context = painter.new_context(base_url=site, locale="fr-FR", reduced_motion="reduce")
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda line: complaints.append(line.text) if line.type == "error" else None,
    )
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((site, "data:", "blob:"))
            else complaints.append(request.url)
        ),
    )
    yield page
    context.close()
    assert complaints == []


def starts(page: Page, path: str) -> None:
    """Open the map and wait until it is drawn; skip where this browser cannot."""
    page.goto(path)
    if not page.evaluate("Boolean(document.createElement('canvas').getContext('webgl2'))"):
        pytest.skip("this browser has no WebGL")
    page.wait_for_selector("[data-state=ready]", timeout=DRAWS_WITHIN_MS)


def test_the_map_moves_with_our_own_base_map(moving: Page) -> None:
    # Given an instance with a base map
    pieces: list[int] = []
    moving.on(
        "response",
        lambda answer: pieces.append(answer.status) if "fond.pmtiles" in answer.url else None,
    )

    # When somebody opens the map
    starts(moving, "/carte")

    # Then tiles came in pieces and were drawn, and the source is named
    moving.wait_for_selector("[data-basemap-state=drawn]", timeout=DRAWS_WITHIN_MS)
    assert set(pieces) == {206}
    expect(moving.locator(".maplibregl-ctrl-attrib")).to_contain_text("© Exemple")
    expect(moving.locator(".atlas-drawing")).to_be_hidden()

    # And what stands on it is the same symbol, a link that the keyboard reaches
    badge = moving.locator("a.gl-badge")
    expect(badge).to_have_attribute(
        "aria-label", "Nice : 1 projet (Vidéosurveillance algorithmique 1)"
    )
    badge.focus()
    moving.keyboard.press("Enter")
    moving.wait_for_url("**/commune/06088-nice")


def test_an_area_says_its_number_and_leads_on(moving: Page) -> None:
    starts(moving, "/carte?lieu=departement:06")
    canvas = moving.locator(".maplibregl-canvas")
    box = canvas.bounding_box()
    assert box
    canvas.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    popup = moving.locator(".maplibregl-popup")
    expect(popup).to_be_visible()
    expect(popup.get_by_role("link", name="Sa page")).to_have_attribute(
        "href", re.compile("^/commune/06")
    )


def test_the_map_that_moves_is_accessible(moving: Page) -> None:
    starts(moving, "/carte")
    check(moving)


def test_one_goes_back_to_the_drawing(moving: Page) -> None:
    starts(moving, "/carte")
    moving.get_by_role("button", name="Dessin simple").click()
    expect(moving.locator(".atlas-drawing")).to_be_visible()
    expect(moving.locator(".atlas-gl")).to_be_hidden()
    moving.get_by_role("button", name="Carte qui bouge").click()
    expect(moving.locator(".atlas-gl")).to_be_visible()


def test_without_webgl_there_is_the_drawing(browser: Browser, site: str) -> None:
    plain = browser.browser_type.launch(
        executable_path=CHROMIUM, args=[*FLAGS, "--disable-3d-apis"]
    )
    page = plain.new_page(base_url=site)
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text))
    page.goto("/carte")
    page.wait_for_load_state("networkidle")
    assert not page.evaluate("Boolean(document.createElement('canvas').getContext('webgl2'))")
    expect(page.locator(".atlas-drawing .map")).to_be_visible()
    expect(page.locator(".atlas-switch")).to_have_count(0)
    plain.close()
    assert complaints == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_the_country_to_a_town_by_links(opens: Opens, *, scripts: bool) -> None:
    page = opens("/carte", scripts=scripts)
    page.get_by_role("link", name="Carte : Alpes-Maritimes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Alpes-Maritimes")
    page.locator(".atlas-table").get_by_role("link", name="Nice").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nice")
    page.get_by_role("link", name="Voir sur la carte").click()
    expect(page.get_by_role("link", name="Nice : 1 projet").first).to_be_visible()


def test_filters_work_without_scripts_and_come_off(opens: Opens) -> None:
    page = opens("/carte", scripts=False)
    page.get_by_label("Ce qui est compté").select_option("Projets pour 1 000 habitants")
    page.get_by_label("Technologie").select_option(index=1)
    page.get_by_role("button", name="Filtrer").click()
    assert "mesure=projets-1000" in page.url
    page.locator(".chips a").first.click()
    assert "technologie" not in page.url
    assert "mesure=projets-1000" in page.url


def test_paper_has_the_map_its_key_and_its_list_and_no_controls(opens: Opens) -> None:
    page = opens("/carte", scripts=False)
    page.emulate_media(media="print")
    for there in (".map", ".map-key", ".atlas-legend", ".atlas-table", ".print-only"):
        expect(page.locator(there).first).to_be_visible()
    for gone in (".map-filters", ".site-search", ".crumbs"):
        for each in page.locator(gone).all():
            expect(each).to_be_hidden()


def test_the_slider_goes_through_the_years(opens: Opens) -> None:
    page = opens("/carte")
    slider = page.get_by_label("Année", exact=True)
    if slider.count() == 0:  # One year alone needs no slider.
        expect(page.locator(".atlas-years a")).to_have_count(1)
        return
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_url("**au=*")
    expect(page.locator(".chips")).to_contain_text("en ")
