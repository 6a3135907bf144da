"""From a question to a refusal, the CADA and the documents: a request, with scripts and without."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from playwright.sync_api import Page, expect

from contrechamp.kernel.dates import PARIS, add_days
from tests.journeys.conftest import Opens

BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
WIDTH = 375


@BOTH
def test_from_the_name_of_a_town_to_its_documents(opens: Opens, scripts: bool) -> None:
    today = datetime.now(tz=PARIS).date()
    about = f"Vidéosurveillance {'avec' if scripts else 'sans'}"

    # Given a member with a telephone: not the same twice, who would repeat what she asked
    who = "marianne" if scripts else "amina"
    page = opens("/demandes/nouvelle?q=Valbrume", who=who, scripts=scripts, width=WIDTH)

    # When she chooses the town, ticks a document, words its object and signs for an association
    page.locator("main").get_by_role("link", name="Valbrume").first.click()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Analyse d'impact", exact=False).first.check()
    page.locator("input[name='since']").fill("2023-01-01")
    page.get_by_role("button", name="Enregistrer et continuer").first.click()
    page.locator("[name='title']").fill(about)
    page.get_by_role("button", name="Enregistrer et continuer").first.click()
    signs_for_an_association(page, about)

    # Then the review has nothing that stops the letter, which cites what it must
    expect(page.locator("main")).to_contain_text("L. 311-7")
    page.get_by_role("button", name="Elle est prête").click()

    # When she posts it herself, six weeks ago
    page.get_by_label("par lettre recommandée", exact=False).check()
    sent = add_days(today, -42)
    page.locator("input[name='day']").fill(f"{sent}")
    page.locator("input[name='received_on']").fill(f"{add_days(sent, 2)}")
    page.get_by_role("button", name="Noter cet envoi").click()

    # Then nothing is said of a silence before she has said that nothing came
    expect(page.locator(".asked-state").first).to_contain_text("silence à vérifier")
    notes(page, "Rien n'est arrivé", today)
    expect(page.locator(".asked-state").first).to_contain_text("refusée par silence")
    expect(page.locator(".asked-what")).to_contain_text("Saisir la CADA")

    # And a visitor sees nothing of it
    address = page.url
    visitor = opens(address, scripts=scripts)
    expect(visitor.locator("h1")).not_to_contain_text(about)

    # When the documents come after all
    notes(page, "Elle donne tout ce qui était demandé", today)

    # Then the request is at its end
    expect(page.locator(".asked-state").first).to_contain_text("documents obtenus")


def signs_for_an_association(page: Page, name: str) -> None:
    """Add an association of that name where the letter asks who signs."""
    page.locator("main a[href*='signataires/nouveau']").first.click()
    page.get_by_label("une association", exact=True).check()
    page.locator("input[name='name']").fill(f"Les Yeux ouverts {name}")
    page.locator("input[name='number']").fill("W831234567")
    page.locator("textarea[name='address']").fill("1 place du Marché\n99000 Valbrume")
    page.locator("input[name='email']").fill("contact@yeux.example")
    page.locator("input[name='representative']").fill("Camille Exemple")
    page.get_by_role("button", name="Enregistrer et relire la demande").click()


def notes(page: Page, what: str, day: date) -> None:
    """Note what happened on a day."""
    page.get_by_role("link", name="Noter ce qui s'est passé").first.click()
    page.get_by_role("link", name=what).first.click()
    if page.locator("input[name='first']").input_value() != f"{day}":
        page.locator("input[name='first']").fill(f"{day}")
    page.get_by_role("button", name="Noter", exact=True).click()
    page.wait_for_url("**/demandes/req-*")
