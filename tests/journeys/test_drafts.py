"""From a published act to the Word file of a claim against it, without scripts."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.conftest import Opens


def test_an_annulment_claim_is_drafted_and_taken_away(opens: Opens) -> None:
    # Given a member who reads a published act on a telephone
    page = opens("/actes/0000000000000001", who="marianne", scripts=False, width=375)

    # When she opens an action against it, and begins its claim
    page.goto("/actions/nouvelle?acte=0000000000000001")
    page.get_by_label("Titre", exact=True).fill("Contre un acte publié")
    page.get_by_role("button", name="Ouvrir l'action").click()
    page.get_by_role("link", name="Écrits : requête").click()
    page.get_by_role("button", name="Commencer : Requête en annulation").click()

    # And chooses a ground, then says who acts
    page.get_by_label("Nécessité", exact=False).first.check()
    page.get_by_role("button", name="Garder, puis dire qui et quoi").click()
    page.get_by_label("Pourquoi elle peut agir").fill("Son objet est la défense des libertés.")
    page.get_by_role("button", name="Garder et lire l'écrit").click()

    # Then the claim stands there, with what is still to be proved
    paper = page.locator("article.paper")
    expect(paper).to_contain_text("objet est la défense des libertés.")
    expect(page.locator(".paper-todo").first).to_contain_text("reste à prouver")

    # When she writes its facts, looks, and keeps them
    page.get_by_role("link", name="Modifier : III. Faits").click()
    page.get_by_label("Texte", exact=True).fill(
        "Le 3 mars 2025, l'acte a été publié.\n\n- Un fait."
    )
    page.get_by_role("button", name="Voir ce que cela donne").click()
    expect(page.locator("#rendu + .paper li")).to_have_text("Un fait.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(paper).to_contain_text("Le 3 mars 2025, l'acte a été publié.")

    # Then she takes the Word file away, and nobody else learns of it
    with page.expect_download() as download:
        page.get_by_role("link", name="Word (.docx)").click()
    assert download.value.suggested_filename.endswith(".docx")
    assert Path(download.value.path()).read_bytes().startswith(b"PK")
    visitor = opens(page.url, scripts=False)
    expect(visitor.locator("h1")).not_to_contain_text("Requête")
