"""A page of a document in a real browser: passages marked, on a phone, without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Opens

BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


def open_first_quote(page: Page) -> str:
    """Go from the list of documents to a passage that a fact rests on; return its address."""
    page.locator(".doc-row-title a").first.click()
    link = page.locator(".cited-link").first
    address = link.get_attribute("href") or ""
    link.click()
    page.wait_for_url(f"**{address}")
    return address


@BOTH
def test_a_quotes_address_marks_it_in_picture_and_text(opens: Opens, scripts: bool) -> None:
    page = opens("/documents/", scripts=scripts)
    name = open_first_quote(page).partition("#")[2]
    mark = page.locator(f"a#{name}")

    expect(mark.locator("rect").first).to_have_css("stroke-width", "3px")
    expect(mark).to_be_in_viewport()
    expect(page.locator(f"mark[data-q~='{name}']").first).to_have_css(
        "background-color", "rgb(255, 179, 0)"
    )


@BOTH
def test_the_mark_lies_on_the_picture_where_the_words_are(opens: Opens, scripts: bool) -> None:
    page = opens("/documents/", scripts=scripts)
    open_first_quote(page)
    # Both at once: the page may still be rolling to the passage.
    picture, marks = page.evaluate(
        """() => [".paper img", "svg.marks"].map((what) => {
             const box = document.querySelector(what).getBoundingClientRect();
             return [box.x, box.y, box.width, box.height];
           })"""
    )

    assert all(abs(one - other) < 2 for one, other in zip(picture, marks, strict=True))


@BOTH
@pytest.mark.parametrize("width", [375, 1280])
def test_pages_fit_the_window(opens: Opens, scripts: bool, width: int) -> None:
    page = opens("/documents/", scripts=scripts, width=width)
    for _ in range(2):
        inside = page.locator("main").bounding_box()
        assert inside
        assert inside["x"] + inside["width"] <= width
        if scripts:
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        if "/page/" not in page.url:
            open_first_quote(page)


def test_keys_turn_pages_and_go_to_the_search(opens: Opens) -> None:
    page = opens("/documents/")
    open_first_quote(page)
    at = re.search(r"/page/(\d+)", page.url)
    assert at
    turn, other = ("n", int(at[1]) + 1) if at[1] == "1" else ("p", int(at[1]) - 1)
    page.keyboard.press(turn)
    page.wait_for_url(f"**/page/{other}")
    page.keyboard.press("/")
    expect(page.locator("#inside-q")).to_be_focused()


def test_a_rectangle_drawn_on_the_picture_gives_its_words(opens: Opens) -> None:
    page = opens("/documents/")
    open_first_quote(page)
    page.locator(".marks").scroll_into_view_if_needed()
    box = page.locator(".marks").bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.08 * box["width"], box["y"] + 0.12 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.2 * box["height"])
    page.mouse.move(box["x"] + 0.95 * box["width"], box["y"] + 0.3 * box["height"])
    page.mouse.up()

    expect(page.locator(".cite-bar-text")).to_contain_text("«")
