"""Members write facts, projects, sources; bad input is refused in plain sentences."""

from __future__ import annotations

import html
import re

import pytest

from contrechamp.census import services
from contrechamp.census.models import Claim, Entity, Evidence
from contrechamp.documents import services as documents
from tests.census import facts
from tests.census.facts import NOW, SENTENCE
from tests.people import Answer, Person

pytestmark = pytest.mark.django_db

SOURCE = {
    "preuve-evidence_kind": "url",
    "preuve-url": "https://www.exemple.fr/article",
    "preuve-publisher": "Le Journal d'exemple",
    "preuve-stance": "SUPPORTS",
}


def said(answer: Answer) -> str:
    """Return the page as one reads it: a space is a space."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def new(subject: Entity, property_: str) -> str:
    return f"/faits/nouveau?sujet={subject.pk}&propriete={property_}"


def test_a_visitor_is_asked_to_sign_in(visitor: Person) -> None:
    for url in ("/faits/nouveau", "/projets/nouveau", "/faits/brouillons", "/relecture"):
        assert visitor.opens(url).asks_to_sign_in


def test_a_member_is_led_from_a_record_to_a_fact(noor: Person) -> None:
    project = facts.project()

    found = noor.opens("/faits/nouveau?q=essai")
    properties = noor.opens(f"/faits/nouveau?sujet={project.pk}")

    assert f"sujet={project.pk}" in found.text
    assert "propriete=retention_days" in properties.text
    assert "propriete=supplies" not in properties.text, "a project supplies nobody"


def test_a_member_writes_a_fact_with_its_source(noor: Person) -> None:
    project = facts.project()

    answer = noor.sends(new(project, "retention_days"), value="30", from_text="2021-03", **SOURCE)

    claim = Claim.objects.get()
    assert answer.location.startswith("/faits/brouillons")
    assert (claim.value, claim.from_text, claim.state) == (30, "2021-03", "DRAFT")
    assert claim.evidence.get().url == "https://www.exemple.fr/article"


def test_a_quote_of_a_document_comes_along(noor: Person, marianne: Person) -> None:
    _, sha256 = facts.document()
    quote = documents.cite(sha256, page=1, exact=SENTENCE, actor=facts.marianne(), now=NOW)
    project = facts.project()

    first = noor.opens(f"/faits/nouveau?citation={quote.pk}")
    page = noor.opens(new(project, "retention_days") + f"&citation={quote.pk}")
    noor.sends(
        new(project, "retention_days") + f"&citation={quote.pk}",
        **{"value": "30", "preuve-evidence_kind": "document", "preuve-quote": quote.pk},
    )

    assert SENTENCE in said(first)
    assert f'value="{quote.pk}"' in page.text
    evidence = Evidence.objects.get()
    assert (evidence.document, evidence.page, evidence.quote_text) == (sha256, 1, SENTENCE)


def test_a_name_that_means_several_is_asked_about(noor: Person) -> None:
    town, other = facts.entity("Exempleville", type_="authority"), facts.entity("Exempleville SA")
    company = facts.entity("Optique")
    url = new(company, "supplies")

    asked = noor.sends(url, target_text="Exemple", **SOURCE)
    answered = noor.sends(url, target_text="Exemple", target_id=town.pk, **SOURCE)

    assert asked.status == 200
    assert town.pk in asked.text
    assert other.pk in asked.text
    assert answered.status == 302
    assert Claim.objects.get().target == town


def test_the_other_end_is_made_on_the_spot(noor: Person) -> None:
    company = facts.entity("Optique")

    noor.sends(
        new(company, "supplies"),
        target_text="Ville Neuve",
        target_id="new:actor:authority",
        **SOURCE,
    )

    assert str(Claim.objects.get().target) == "Ville Neuve"


@pytest.mark.parametrize(
    ("property_", "fields", "sentence"),
    [
        ("decided_on", {"value": "0218-10-29"}, "n'est pas une date possible"),
        ("decided_on", {"value": "2021-02-30"}, "Décidé le"),
        ("retention_days", {"value": "trente"}, "n'est pas un nombre"),
        ("retention_days", {"value": "30", "from_text": "hier"}, "Vrai depuis"),
        (
            "retention_days",
            {"value": "30", "from_text": "2022", "to_text": "2019"},
            "avant le début",
        ),
        ("description", {"value": "x" * 5001}, "5000"),
        ("website", {"value": "javascript:alert(1)"}, "https://"),
        ("stage", {"value": "exploded"}, "Avancement"),
        ("budget", {"value": "beaucoup", "amount_kind": "paid"}, "n'est pas un montant"),
        ("budget", {"value": "12"}, "De quel montant"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(
    noor: Person, property_: str, fields: dict[str, str], sentence: str
) -> None:
    project = facts.project()

    answer = noor.sends(new(project, property_), **fields, **SOURCE)

    assert answer.status == 200
    assert sentence.casefold() in said(answer).casefold()
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ({"preuve-evidence_kind": "url", "preuve-url": ""}, "Adresse de la page"),
        ({"preuve-evidence_kind": "url", "preuve-url": "javascript:x"}, "https://"),
        ({"preuve-evidence_kind": "reference", "preuve-publication": "Livre"}, "Endroit précis"),
        ({"preuve-evidence_kind": "register", "preuve-register": "raa"}, "Numéro dans ce registre"),
        ({"preuve-evidence_kind": "document", "preuve-quote": "q-0000000000"}, "n'existe pas"),
        ({**SOURCE, "preuve-retrieved_on": "2025-02-31"}, "Cette date n'existe pas"),
    ],
)
def test_a_source_that_leads_nowhere_is_refused(
    noor: Person, source: dict[str, str], sentence: str
) -> None:
    answer = noor.sends(new(facts.project(), "retention_days"), value="30", **source)

    assert sentence in said(answer)
    assert not Claim.objects.exists()


def test_html_is_kept_as_text(noor: Person) -> None:
    wicked = "<b>gras</b> <script>alert(1)</script>"
    project = facts.project()

    noor.sends(new(project, "description"), value=wicked, **SOURCE)
    drafts = noor.opens("/faits/brouillons")

    assert Claim.objects.get().value == wicked
    assert "<script>alert(1)" not in drafts.text
    assert wicked in html.unescape(drafts.text)


def test_a_wrong_siren_is_said_to_be_wrong(noor: Person) -> None:
    company = facts.entity()
    url = f"/fiches/{company.pk}"

    def sends(scheme: str, value: str) -> str:
        return said(
            noor.sends(url, **{"act": "identifier", "numero-scheme": scheme, "numero-value": value})
        )

    assert "n'est pas un SIREN" in sends("siren", "732829321")
    assert "n'est pas un code INSEE" in sends("insee", "6088")
    assert "Aucune commune n'a le code INSEE « 99999 »" in sends("insee", "99999")
    assert not company.identifiers.exists()
    sends("siren", "732 829 320")
    assert company.identifiers.get().value == "732829320"


def test_names_are_added_and_the_main_one_changed(noor: Person) -> None:
    company = facts.entity("Ancien")

    noor.sends(f"/fiches/{company.pk}", **{"act": "name", "nom-text": "Autre", "nom-role": "ALIAS"})
    noor.sends(f"/fiches/{company.pk}", **{"act": "name", "nom-text": "Neuf", "nom-role": "MAIN"})

    company.refresh_from_db()
    assert company.name == "Neuf"
    assert {name.text for name in company.names.all()} == {"Ancien", "Autre", "Neuf"}


def test_two_editors_at_once_lose_nothing(noor: Person, marianne: Person) -> None:
    claim = facts.claim(facts.project(), "description", value="un essai")
    services.submit([claim.pk], actor=facts.marianne(), now=NOW)
    claim.refresh_from_db()
    url = f"/faits/{claim.pk}/modifier"
    seen = str(claim.version)

    first = marianne.sends(url, value="un essai de caméras", version=seen)
    second = noor.sends(url, value="un essai de drones", version=seen)

    assert first.status == 302
    assert second.status == 409
    assert "un essai de caméras" in said(second)
    assert "un essai de drones" in said(second)
    claim.refresh_from_db()
    assert claim.value == "un essai de caméras"

    version = re.search(r'name="version" value="(\d+)"', second.text)
    assert version is not None
    chosen = noor.sends(url, value="un essai de drones", version=version[1])
    claim.refresh_from_db()
    assert chosen.status == 302
    assert claim.value == "un essai de drones"


def test_a_project_is_added_in_one_go(noor: Person) -> None:
    facts.entity("Exemple Optique")
    fields = {
        "projet-name": "Drones à Exempleville",
        "projet-type": "deployment",
        "projet-technologies": ["drones"],
        "projet-stage": "decided",
        "projet-decided": "2024-05",
        "projet-authority": "Ville d'Exempleville",
        "projet-company": "Exemple Optique",
        "projet-summary": "Deux drones.",
    }

    answer = noor.sends("/projets/nouveau", then="submit", **fields, **SOURCE)

    project = Entity.objects.get(kind="project")
    assert answer.location == f"/fiches/{project.pk}"
    claims = {c.property: c for c in Claim.objects.all()}
    assert set(claims) == {"summary", "stage", "decided_on", "uses_technology", "participates_in"}
    assert Claim.objects.filter(property="participates_in").count() == 2
    assert all(c.state == "IN_REVIEW" and c.evidence.count() == 1 for c in Claim.objects.all())


def test_a_project_with_an_impossible_date_is_refused_whole(noor: Person) -> None:
    answer = noor.sends(
        "/projets/nouveau",
        **{"projet-name": "Essai", "projet-type": "trial", "projet-decided": "31/02/2024"},
        **SOURCE,
    )

    assert "Décidé ou annoncé quand" in said(answer)
    assert not Entity.objects.exists()


def test_suggestions_never_name_what_is_held(noor: Person) -> None:
    facts.entity("Camille Exemple", person_hold=True)
    facts.entity("Camille Optique")

    names = noor.opens("/faits/suggestions.json?q=camille").text

    assert "Optique" in names
    assert "Camille Exemple" not in names


def test_a_draft_of_somebody_else_does_not_exist(noor: Person) -> None:
    claim = facts.claim()

    for url in (f"/faits/{claim.pk}/modifier", f"/faits/{claim.pk}/preuve"):
        assert noor.opens(url).status == 404


def test_a_correction_needs_no_account(visitor: Person, amina: Person) -> None:
    [claim] = facts.published(facts.claim())
    url = f"/projet/{claim.subject_id}/corriger"
    token = re.search(r'name="token" value="([^"]+)"', visitor.opens(url).text)
    assert token is not None
    sent = {"kind": "CORRECTION", "text": "C'est <b>faux</b>.", "token": token[1]}

    answer = visitor.sends(url, **sent)
    again = visitor.sends(url, **sent)

    assert answer.status == again.status == 302
    assert visitor.follows(answer).status == 200
    inbox = amina.opens("/relecture/messages")
    assert inbox.text.count("&lt;b&gt;faux") == 1, "the same form is taken once"


def test_a_correction_without_words_or_stale_is_sent_back_filled(visitor: Person) -> None:
    [claim] = facts.published(facts.claim())
    url = f"/fait/{claim.pk}/corriger"

    answer = visitor.sends(url, kind="REPLY", text="Nous répondons.", token="faux")

    assert answer.status == 200
    assert "ouvert depuis trop longtemps" in said(answer)
    assert "au nom de qui" in said(answer)
    assert "Nous répondons." in said(answer)


def test_a_machine_that_fills_the_hidden_field_is_thanked_and_forgotten(
    visitor: Person, amina: Person
) -> None:
    [claim] = facts.published(facts.claim())
    url = f"/projet/{claim.subject_id}/corriger"
    token = re.search(r'name="token" value="([^"]+)"', visitor.opens(url).text)
    assert token is not None

    visitor.sends(url, kind="CORRECTION", text="Achetez", website="https://x", token=token[1])

    assert "Achetez" not in amina.opens("/relecture/messages").text
