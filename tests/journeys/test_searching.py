"""How people find: a resident on a phone, a journalist with a list, a lawyer with a number."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Opens

BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


def test_a_resident_chooses_a_suggestion_by_keyboard(opens: Opens) -> None:
    # Given somebody on a phone who types the beginning of a name
    page = opens("/", scripts=True, width=375)
    field = page.get_by_role("combobox", name="Votre commune, une entreprise")
    field.press_sequentially("exempl")

    # When they press the arrow
    option = page.get_by_role("option", name="Exemple Optique")
    expect(option).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "q-suggestions-0")

    # Then escape leaves what they typed, and enter opens the page
    field.press("Escape")
    expect(option).to_be_hidden()
    expect(field).to_have_value("exempl")
    field.press("ArrowDown")
    expect(option).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Exemple Optique")


def test_one_letter_asks_nothing(opens: Opens) -> None:
    page = opens("/recherche", scripts=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    field = page.get_by_role("combobox", name="Votre commune, une entreprise")
    field.press_sequentially("n")
    field.press_sequentially("ice")
    expect(page.get_by_role("option", name="Nice").first).to_be_visible()
    assert not [url for url in asked if url.endswith("?q=n")]


@BOTH
def test_a_search_is_narrowed_and_widened(opens: Opens, scripts: bool) -> None:
    page = opens("/recherche?q=caméras&type=page", scripts=scripts, width=375)
    expect(page.get_by_role("heading", name="1 résultat")).to_be_visible()
    page.get_by_text("Trouvé dans le texte").first.click()
    expect(page.get_by_text("« caméras » : dans le texte.")).to_be_visible()
    page.get_by_role("link", name="Retirer : Type").click()
    assert "type=" not in page.url
    page.get_by_text("Dates et montants").click()
    page.get_by_label("Depuis").fill("jamais")
    page.get_by_role("button", name="Appliquer").click()
    expect(page.get_by_text("n'est pas une date que nous comprenons")).to_be_visible()


@BOTH
def test_a_journalist_searches_names_in_all_documents(opens: Opens, scripts: bool) -> None:
    page = opens("/recherche/liste", scripts=scripts, width=375)
    page.get_by_label("Noms, un par ligne").fill("Exemple Optique\nZorglub")
    page.get_by_role("button", name="Chercher ces noms").click()
    expect(page.locator("mark", has_text="Exemple Optique").first).to_be_visible()
    expect(page.get_by_text("dans aucun document")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Tout télécharger (CSV)").click()
    assert download.value.suggested_filename == "noms-dans-les-documents.csv"
