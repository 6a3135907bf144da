"""From a member's document to a visitor's search, feed and graph: the whole way, twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.documents.made import pdf
from tests.journeys.conftest import Opens

BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@BOTH
def test_from_a_document_to_what_everybody_finds(opens: Opens, scripts: bool) -> None:
    place, mark = ("Belvédère", "avec") if scripts else ("Corniche", "sans")
    company = f"Regard {place}"
    sentence = f"La société {company} fournit le logiciel d'analyse."
    title = f"Marché de la {place}"

    # Given Marianne, who has a document
    marianne = opens("/documents/ajouter", who="marianne", scripts=scripts)
    adds(marianne, title, [(f"MARCHE {mark} scripts.", sentence, "Fait le 3 mars 2024.")])

    # When she cites a sentence of it and makes it a fact about a company that is not known yet
    marianne.get_by_role("link", name=title).first.click()
    marianne.locator("a[href$='/page/1']").first.click()
    cites(marianne, sentence, scripts=scripts)
    writes_that_it_supplies_nice(marianne, company)

    # And asks for both to be reviewed
    marianne.goto("/documents/")
    marianne.get_by_role("link", name=title).first.click()
    marianne.get_by_role("button", name="relecture").first.click()

    # Then a visitor sees nothing of it yet
    visitor = opens(f"/recherche?q={place}", scripts=scripts)
    expect(visitor.locator("main")).not_to_contain_text(company)

    # When Amina publishes the document, then the fact
    amina = opens("/relecture/documents", who="amina", scripts=scripts)
    amina.get_by_role("link", name=title).click()
    amina.get_by_role("button", name="Publier").first.click()
    publishes(amina, company)

    # Then the visitor finds it by search, in the feed and the graph, its proof one click away
    expect_within(visitor, f"/recherche?q={place}", company)
    feed = visitor.request.get("/flux.atom")
    assert company in feed.text()
    graph = visitor.request.get("/graphe.csv")
    assert company in graph.text()
    visitor.goto(f"/recherche?q={place}&type=actor")
    visitor.locator("main").get_by_role("link", name=company, exact=True).first.click()
    visitor.get_by_role("link", name="preuve").first.click()
    expect(visitor.locator("mark", has_text=sentence[:40]).first).to_be_visible()


def adds(page: Page, title: str, pages: list[tuple[str, ...]]) -> None:
    page.locator("#id_files").set_input_files(
        {"name": "marche.pdf", "mimeType": "application/pdf", "buffer": pdf(pages)}
    )
    page.locator("details.card > summary").click()
    page.locator("#id_title").fill(title)
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.wait_for_url("**/documents/lots/**")


def cites(page: Page, sentence: str, *, scripts: bool) -> None:
    """Mark a sentence: by selecting it, or by choosing it in a list."""
    if scripts:
        page.evaluate(
            """words => {
                const text = document.querySelector("[data-text]");
                const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) {
                    const at = walker.currentNode.data.indexOf(words);
                    if (at < 0) continue;
                    const range = document.createRange();
                    range.setStart(walker.currentNode, at);
                    range.setEnd(walker.currentNode, at + words.length);
                    getSelection().removeAllRanges();
                    getSelection().addRange(range);
                    document.dispatchEvent(new Event("selectionchange"));
                    text.dispatchEvent(new MouseEvent("mouseup", {bubbles: true}));
                }
            }""",
            sentence,
        )
    else:
        page.get_by_role("link", name="choisissez des phrases").click()
        line = page.locator(".sentences li", has_text=sentence[:30])
        line.locator(".sentence-links a").first.click()
        page.locator(".sentences li", has_text=sentence[:30]).locator(
            ".sentence-links a"
        ).last.click()
    page.get_by_role("button", name="En faire un fait").click()
    page.wait_for_url("**/faits/nouveau?**")


def writes_that_it_supplies_nice(page: Page, company: str) -> None:
    """Go through the three steps: of whom, what, and the fact with its source."""
    form = page.locator("form", has=page.locator("#id_fiche-name"))
    if not form.is_visible():
        page.get_by_text("Créer une fiche").click()
    page.locator("#id_fiche-name").fill(company)
    page.locator("#id_fiche-type").select_option("actor:company")
    page.get_by_role("button", name="Créer la fiche et continuer").click()
    page.get_by_role("link", name="Fournit", exact=True).click()
    page.locator("[name=target_text]").fill("Ville de Nice")
    page.get_by_role("button", name="Enregistrer et demander la relecture").click()
    page.wait_for_url("**/faits/brouillons?**")


def publishes(page: Page, company: str) -> None:
    page.goto("/relecture")
    line = page.locator("[data-line]", has_text=company)
    line.get_by_role("button", name="Accepter").click()
    expect(page.locator("main")).not_to_contain_text("Accepter")


def expect_within(page: Page, url: str, words: str) -> None:
    page.goto(url)
    expect(page.locator("main")).to_contain_text(words)
