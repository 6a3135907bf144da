"""Keys: one finger for those who want it, nothing in the way of those who do not."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Opens

BRIEFLY_MS = 300


def focused(page: Page) -> str:
    """Return the words of what has the focus."""
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_two_keys_lead_to_the_map_and_home(opens: Opens) -> None:
    page = opens("/projets")
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/carte")
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url(lambda url: url.endswith("/"))


def test_j_and_k_go_through_a_list(opens: Opens) -> None:
    page = opens("/recherche?q=Nice")
    rows = page.locator("main .results > li")
    names = [row.locator("a").first.inner_text() for row in rows.all()[:2]]
    for key, name in (("j", names[0]), ("j", names[1]), ("k", names[0]), ("k", names[0])):
        page.keyboard.press(key)
        assert focused(page) == name


def test_the_help_lists_the_keys_and_gives_the_focus_back(opens: Opens) -> None:
    page = opens("/projets")
    page.keyboard.press("j")
    before = focused(page)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Touches du clavier")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_text("Ligne suivante")).to_be_visible()
    page.keyboard.press("j")  # Behind a dialog nothing moves.
    for _ in range(12):
        page.keyboard.press("Tab")
        assert not page.evaluate("document.activeElement.matches(':is(header, main, footer) *')")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert focused(page) == before


def test_the_help_tells_what_this_page_adds(opens: Opens) -> None:
    page = opens("/projets")
    page.evaluate(
        "document.querySelector('main h1').insertAdjacentHTML('afterend', "
        '\'<a href="#main" data-key="z">Un acte de cette page</a>\')'
    )
    page.keyboard.press("?")
    here = page.get_by_role("dialog").locator("[data-keys-here]")
    expect(here.get_by_text("Un acte de cette page")).to_be_visible()


def test_keys_stay_silent_in_a_field(opens: Opens) -> None:
    page = opens("/projets")
    page.keyboard.press("/")
    page.keyboard.type("g c?j")
    assert page.locator("#site-q").input_value() == "g c?j"
    assert page.url.endswith("/projets")


def test_keys_can_be_switched_off_for_a_page_or_for_good(opens: Opens) -> None:
    page = opens("/clavier")
    page.get_by_label("Touches actives").uncheck()
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_timeout(BRIEFLY_MS)
    assert page.url.endswith("/clavier")
    page.reload()
    assert page.get_by_label("Touches actives").is_checked()  # It was for that page only.
    page.get_by_label("Touches actives").uncheck()
    page.get_by_label("S'en souvenir").check()
    page.goto("/projets")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.body")
    page.goto("/clavier")
    page.get_by_label("S'en souvenir").uncheck()
    assert page.evaluate("localStorage.length") == 0


def test_when_keys_are_off_no_room_hears_a_letter(opens: Opens) -> None:
    page = opens("/clavier")
    page.evaluate(
        "document.addEventListener('keydown', (event) => { window.heard = event.key; }, true)"
    )
    page.get_by_label("Touches actives").uncheck()
    page.keyboard.press("n")
    assert page.evaluate("window.heard === undefined")
    page.keyboard.press("Escape")
    assert page.evaluate("window.heard") == "Escape"


def test_without_scripts_the_keys_are_a_page(opens: Opens) -> None:
    page = opens("/", scripts=False)
    page.get_by_role("link", name="Touches du clavier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Touches du clavier")
    expect(page.get_by_text("Sans JavaScript, ces touches sont déjà coupées.")).to_be_visible()
    expect(page.get_by_label("Touches actives")).to_be_hidden()
