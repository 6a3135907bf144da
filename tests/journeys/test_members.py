"""From a stranger to a member and back: opening, talking, being moderated, leaving."""

from __future__ import annotations

import zipfile
from pathlib import Path
from time import time

import pytest
from playwright.sync_api import Browser, Page, expect

from contrechamp.accounts.domain import PERIOD_S, code_at
from tests.journeys.conftest import ANSWERS_WITHIN_MS, Opens, signs_in

HANDS_MS = 3_200
"""A form that comes back within three seconds is taken for a machine's."""
FIRST = "Une caméra neuve regarde la cour de récréation depuis lundi."
CHANGED = "Une caméra neuve regarde la cour de récréation depuis mardi."
TITLE = "La caméra de la cour"
NAME = "riveraine"


def types(page: Page, label: str, text: str) -> None:
    """Fill a field of a form that machines are told apart by, no faster than a hand."""
    page.get_by_label(label, exact=True).fill(text)
    page.wait_for_timeout(HANDS_MS)


def clicks(page: Page, name: str) -> None:
    """Press a button by its name."""
    page.get_by_role("button", name=name, exact=True).click()


def test_a_member_comes_talks_contests_and_leaves_without_scripts(
    opens: Opens, browser: Browser, tmp_path: Path
) -> None:
    # Given a stranger who opens an account with the words that are proposed
    her = opens("/compte/ouvrir/", scripts=False, width=375)
    phrase = her.locator("textarea.phrase").input_value()
    her.get_by_label("J'ai noté la phrase de passe", exact=False).check()
    types(her, "Pseudonyme", NAME)
    clicks(her, "Ouvrir le compte")
    expect(her.locator("ol.codes li")).to_have_count(10)

    # And who puts a second lock on it, and comes back through both
    her.goto("/compte/code/")
    secret = her.locator("main code").first.inner_text().replace(" ", "")
    step = int(time()) // PERIOD_S
    her.get_by_label("Code à six chiffres").fill(code_at(secret, step))
    clicks(her, "Activer")
    expect(her.locator("ol.codes li")).to_have_count(10)
    her.context.clear_cookies()
    her.goto("/connexion/")
    her.get_by_label("Nom du compte").fill(NAME)
    her.get_by_label("Phrase de passe").fill(phrase)
    clicks(her, "Se connecter")
    her.get_by_label("Code à six chiffres").fill(code_at(secret, step + 1))
    clicks(her, "Continuer")
    her.wait_for_url(lambda url: "/connexion" not in url)

    # When she writes in a board, looks, keeps a draft, takes it up again and sends it
    her.goto("/forum/nouveau?salon=general")
    her.get_by_label("Titre", exact=True).fill(TITLE)
    her.get_by_label("Votre message", exact=True).fill(FIRST)
    clicks(her, "Aperçu")
    expect(her.locator(".talk-preview")).to_contain_text(FIRST)
    clicks(her, "Garder comme brouillon")
    her.get_by_role("link", name=TITLE).click()
    assert her.get_by_label("Votre message", exact=True).input_value() == FIRST
    her.wait_for_timeout(HANDS_MS)
    clicks(her, "Publier")

    # Then she alone sees it, until somebody has read it
    expect(her.locator("main")).to_contain_text("attend d'être relu")
    thread = her.url.partition("#")[0]
    visitor = opens(thread, scripts=False)
    expect(visitor.locator("h1")).not_to_contain_text(TITLE)
    io = opens("/forum/moderation", who="io", scripts=False)
    io.get_by_role("link", name=TITLE).click()
    clicks(io, "Approuver")
    visitor.goto(thread)
    expect(visitor.locator("#m1")).to_contain_text(FIRST)

    # When another quotes her, and she mends what she wrote
    other = opens(thread, who="marianne", scripts=False)
    other.get_by_role("link", name="Citer le message 1").click()
    quote = other.get_by_label("Votre message", exact=True).input_value()
    assert FIRST in quote
    types(other, "Votre message", f"{quote}\n\nJe l'ai vue aussi.")
    clicks(other, "Publier")
    expect(other.locator("#m2 blockquote")).to_contain_text(FIRST)
    her.goto(thread)
    her.locator("#m1").get_by_role("link", name="Modifier").click()
    types(her, "Votre message", CHANGED)
    clicks(her, "Enregistrer")
    expect(her.locator("#m1")).to_contain_text(CHANGED)

    # And when it is flagged and removed
    other.goto(thread)
    other.get_by_role("link", name="Signaler le message 1").click()
    other.locator("input[name=category]").first.check()
    types(other, "En quelques mots", "On reconnaît la cour.")
    clicks(other, "Signaler")
    other.wait_for_url("**/forum/signalements")
    io.goto("/forum/moderation")
    io.get_by_role("link", name=TITLE).click()
    io.locator("select[name=reason]").select_option("OFF_TOPIC")
    clicks(io, "Retirer")
    visitor.goto(thread)
    expect(visitor.locator("main")).not_to_contain_text(CHANGED)

    # Then she learns why and contests it, and not who removed it decides
    her.goto("/forum/decisions")
    her.locator("main ul.lines a").first.click()
    expect(her.locator("main")).to_contain_text("Règle")
    her.get_by_label("Pourquoi cette décision est à revoir").fill("C'est le sujet du salon.")
    clicks(her, "Contester cette décision")
    io.goto("/forum/moderation/appels")
    expect(io.locator("main")).to_contain_text("quelqu'un d'autre décide")
    assert io.get_by_role("button", name="Annuler la décision").count() == 0
    camille = opens("/forum/moderation/appels", who="camille", scripts=False)
    camille.get_by_label("Votre réponse").fill("Vous avez raison.")
    clicks(camille, "Annuler la décision")
    visitor.goto(thread)
    expect(visitor.locator("#m1")).to_contain_text(CHANGED)

    # When she takes everything away
    her.goto("/compte/donnees/")
    with her.expect_download() as download:
        her.get_by_role("link", name="Télécharger l'archive (ZIP)").click()
    with zipfile.ZipFile(download.value.path()) as bundle:
        bundle.extractall(tmp_path)
    offline = browser.new_context(offline=True)
    page = offline.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    expect(page.locator("h1")).to_contain_text(NAME)
    expect(page.locator("main")).to_contain_text(CHANGED)
    expect(page.locator("main")).to_contain_text("C'est le sujet du salon.")
    offline.close()

    # And leaves with her words
    her.goto("/compte/donnees/effacer/")
    her.get_by_label("est effacé aussi", exact=False).check()
    her.get_by_label("tout de suite", exact=False).check()
    her.get_by_label("Votre phrase de passe").fill(phrase)
    clicks(her, "Effacer mon compte")
    expect(her.locator("h1")).to_have_text("Votre compte est effacé")

    # Then her words are gone, and the thread still reads; of quotes a moderator decides
    visitor.goto(thread)
    expect(visitor.locator("#m1")).not_to_contain_text(CHANGED)
    expect(visitor.locator("#m1")).not_to_contain_text(NAME)
    expect(visitor.locator("#m2")).to_contain_text("Je l'ai vue aussi.")


ENGLISH = {
    "/compte/ouvrir/": "Open an account",
    "/connexion/": "Sign in",
    "/connexion/retrouver/": "Get my account back",
    "/forum": "Forum",
    "/forum/regles": "The rules of the forum",
    "/forum/journal": "Journal of moderation",
    "/groupes/": "Local groups",
}


def test_a_stranger_reads_the_way_in_in_english_without_scripts(opens: Opens) -> None:
    page = opens("/", scripts=False, language="en-GB")
    for path, heading in ENGLISH.items():
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.locator("h1")).to_have_text(heading)


def test_the_queue_is_emptied_by_keyboard_alone(opens: Opens) -> None:
    page = opens("/forum/moderation", who="camille")
    waiting = page.locator("main ol.lines > li")
    assert waiting.count() >= 2
    # The first without any shortcut: from the head of the page by Tab and Enter.
    tabs_to(page, "Ouvrir le premier")
    page.keyboard.press("Enter")
    page.wait_for_url("**/forum/moderation/*")
    tabs_to(page, "Approuver", "Garder")
    page.keyboard.press("Enter")
    page.wait_for_url("**/forum/moderation?fait=*")
    # The others by single letters.
    for _ in range(waiting.count()):
        page.keyboard.press("n")
        page.wait_for_url("**/forum/moderation/*")
        page.keyboard.press("a")
        page.wait_for_url("**/forum/moderation?fait=*")
    expect(page.locator("main")).to_contain_text("Rien n'attend.")


def tabs_to(page: Page, *names: str) -> None:
    """Press Tab until what has one of these names has the focus, and see that it shows."""
    for _ in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") in names:
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    pytest.fail(f"no {names} by Tab")


def test_a_device_makes_a_key_and_signs_in_with_it(browser: Browser, site: str) -> None:
    # A key is for a name; 127.0.0.1 is none.
    context = browser.new_context(base_url=site.replace("127.0.0.1", "localhost"), locale="fr-FR")
    page = context.new_page()
    page.set_default_timeout(ANSWERS_WITHIN_MS)
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    signs_in(page, "lou")

    page.goto("/compte/cles/")
    page.get_by_label("Nom de cette clé").fill("téléphone")
    clicks(page, "Faire une clé")
    expect(page.locator("main ul.rows")).to_contain_text("téléphone")

    clicks(page, "Se déconnecter")
    page.goto("/connexion/")
    clicks(page, "Se connecter avec une clé d'accès")
    page.wait_for_url(lambda url: "/connexion" not in url)
    page.goto("/compte/cles/")
    expect(page.locator("main ul.rows")).to_contain_text("a servi le")

    # With a key the passphrase alone opens no more; taken away, it does again.
    clicks(page, "Retirer")
    expect(page.locator("main")).to_contain_text("Pas encore de clé.")
    clicks(page, "Se déconnecter")
    signs_in(page, "lou")
    context.close()
