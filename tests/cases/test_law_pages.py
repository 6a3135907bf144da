"""What the law says of a project: real facts of the starter, answers in the address, no trace."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from contrechamp.cases.domain.said import What
from contrechamp.cases.queries.held import papers_of
from contrechamp.cases.queries.said import family_of, said_of
from contrechamp.census import published
from contrechamp.census import services as census
from contrechamp.census.models import Claim, Entity
from contrechamp.census.services import starter
from contrechamp.documents.models import Document
from contrechamp.foi.models import Item, Request
from tests.census import facts
from tests.foi import requests
from tests.observatory import Observatory, observatory, proof
from tests.people import Person, Text

pytestmark = pytest.mark.django_db
NOT_ADVICE = "n'est pas un conseil juridique"
FIVE = {
    "Laboratoire d'analyse de big data pour la tranquillité publique — Marseille": set(),
    "Digital Saint-Étienne": set(),
    "Micros de Tarentaize-Beaubrun — Saint-Étienne": {"son"},
    "Portails de reconnaissance faciale dans deux lycées — Région PACA": {"biometrie"},
    "Analyse automatisée des images — Valenciennes": {"video-algorithmique"},
}
"""The first projects of the starter census, and the grounds that its facts alone open."""


@pytest.fixture
def here(marianne: Person, amina: Person) -> Observatory:
    """A town and its project, whose images are said to be kept thirty days."""
    assert marianne.user
    assert amina.user
    return observatory(author=marianne.user, editor=amina.user)


@pytest.fixture
def first_pack(db: None, tmp_path: Path) -> dict[str, str]:
    """Load the cases of 2020; return identifiers by name."""
    name = "a_safe_city_2020.yaml"
    text = files("contrechamp").joinpath("starter", name).read_text("utf-8")
    (tmp_path / name).write_text(text, "utf-8")
    starter.load_starter(now=facts.NOW, folder=tmp_path)
    return {one.name: one.id for one in published.records("project")}


def data(person: Person, project: str, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(person.opens(f"/projet/{project}/droit.json{query}").content)
    return found


def standing(found: dict[str, Any], code: str) -> str:
    said: str = next(one["standing"] for one in found["grounds"] if one["code"] == code)
    return said


def test_the_facts_of_the_first_projects_open_what_they_prove_and_no_more(
    first_pack: dict[str, str], visitor: Person
) -> None:
    for name, expected in FIVE.items():
        found = data(visitor, first_pack[name])
        opened = {one["code"] for one in found["grounds"] if one["standing"] == "open"}
        assert opened == expected, name
        assert found["flags"] == []  # An article alone has no passage to quote.
        assert all(one["facts"] for one in found["answers"].values() if one["answer"])
        page = visitor.opens(f"/projet/{first_pack[name]}/droit").text
        assert NOT_ADVICE in page
        assert "489990" not in page.split("Ce qui va contre")[0]


def test_people_answer_and_the_answers_decide(first_pack: dict[str, str], visitor: Person) -> None:
    gates = first_pack["Portails de reconnaissance faciale dans deux lycées — Région PACA"]
    query = "?competence=non&besoin=non&mineurs=oui&consentement=oui&texte=non&aipd=oui"
    found = data(visitor, gates, query)
    opened = {one["code"] for one in found["grounds"] if one["standing"] == "open"}
    assert opened == {
        *("biometrie", "competence", "necessite", "mineurs", "consentement", "base-legale"),
    }
    assert standing(found, "analyse-d-impact") == "closed"
    page = visitor.opens(f"/projet/{gates}/droit{query}").text
    assert "1901249" in page
    assert '<option value="oui" selected>' in page
    assert f"/demandes/nouvelle?projet={gates}&amp;document=" in page


def test_a_fact_may_be_answered_otherwise_and_the_page_says_so(
    first_pack: dict[str, str], visitor: Person
) -> None:
    street = first_pack["Analyse automatisée des images — Valenciennes"]
    page = visitor.opens(f"/projet/{street}/droit?algorithmes=non").text
    assert "Vous répondez autrement que les faits publiés." in page
    assert (
        standing(data(visitor, street, "?algorithmes=inconnu"), "video-algorithmique") == "unknown"
    )
    assert standing(data(visitor, street, "?algorithmes=zorglub"), "video-algorithmique") == "open"


def test_a_project_that_was_stopped_and_a_state_file_are_read_so(
    first_pack: dict[str, str],
) -> None:
    whats = {
        name: {one.what for one in said_of(published.get_record(first_pack[name]))}
        for name in (
            "Micros de Tarentaize-Beaubrun — Saint-Étienne",
            "Titres électroniques sécurisés (TES)",
        )
    }
    assert {What.STOPPED, What.REGULATOR, What.TECHNOLOGY} <= whats[
        "Micros de Tarentaize-Beaubrun — Saint-Étienne"
    ]
    assert What.STATE_FILE in whats["Titres électroniques sécurisés (TES)"]


def test_nothing_that_is_answered_is_kept(first_pack: dict[str, str], visitor: Person) -> None:
    one = first_pack["Digital Saint-Étienne"]
    before = visitor.opens(f"/projet/{one}/droit").content
    answer = visitor.opens(f"/projet/{one}/droit?aipd=non&son=oui")
    assert not answer.cookies
    assert visitor.opens(f"/projet/{one}/droit").content == before


def quoted(here: Observatory, property_: str, value: object, **more: Any) -> Claim:
    claim = facts.claim(here.project, property_, value=value, **more)
    evidence = proof(here.sha256, here.quote)
    census.add_evidence(claim, **evidence, actor=facts.marianne(), now=facts.NOW)
    return facts.published(claim)[0]


def test_a_flag_shows_quote_article_validity_and_a_way_to_contest(
    here: Observatory, visitor: Person
) -> None:
    claim = quoted(here, "impact_assessment", "none", from_text="2024-05-01")
    page = visitor.opens(f"/projet/{here.project.pk}/droit").text
    shown = Text(page.split('id="signaux"')[1].split("</section>")[0])
    assert here.quote.exact in shown
    assert "RGPD art. 35" in shown
    assert "Au 1er mai 2024" in shown
    assert "depuis le 25 mai 2018" in shown
    assert f"/fait/{claim.pk}/corriger" in shown
    found = data(visitor, here.project.pk)
    assert {"code": "no-assessment", "day": "2024-05-01", "facts": [claim.pk]} in found["flags"]


def test_each_property_of_the_census_is_read(here: Observatory) -> None:
    for property_, value in (
        *(("legal_basis", ["law"]), ("purpose", ["traffic"]), ("is_secret", True)),
        *(("legal_reference", "Loi"), ("regulator_opinion", "Non."), ("stage", "running")),
        *(("authorised_until", "2030-01-01"), ("started_on", "2023-01-01"), ("stage", "ended")),
        *(("reported_on", "2022-06"), ("refusing_act", "n° 1"), ("stage", "announced")),
        *(("authorising_act", "n° 2"), ("impact_assessment", "exists")),
    ):
        facts.published(facts.claim(here.project, property_, value=value))
    found = said_of(published.get_record(here.project.pk))
    assert {one.what for one in found} >= {
        *(What.LEGAL_BASIS, What.PURPOSE, What.HIDDEN, What.FOUNDING_ACT, What.REGULATOR),
        *(What.IN_USE, What.STOPPED, What.AUTHORISED, What.REFUSED, What.EXPERIMENT),
        *(What.PUBLISHED, What.RETENTION, What.TECHNOLOGY, What.IMPACT_ASSESSMENT),
    }
    (kept,) = [one for one in found if one.what is What.RETENTION]
    assert (kept.number, kept.quote) == (30, here.quote.exact)
    assert family_of("vsa_fall") == family_of("video_analytics") == "video_analytics"


def test_an_act_is_read_by_the_technique_of_its_project() -> None:
    for technology, expected in (
        ("video_fixed", What.AUTHORISED),
        ("drones", What.DRONE_ORDER),
        ("police_files", What.FOUNDING_ACT),
    ):
        project = facts.project(f"Essai {technology}")
        kind = census.ensure_technology(technology, actor=facts.marianne(), now=facts.NOW)
        facts.published(
            facts.claim(project, "uses_technology", target=kind),
            facts.claim(project, "authorising_act", value="2024-001", from_text="2024-02"),
        )
        found = said_of(published.get_record(project.pk))
        (act,) = [one for one in found if one.what is expected]
        assert f"{act.first}" == "2024-02-29"  # Of a month, the day that accuses least.


def test_what_we_hold_and_what_was_asked_is_told(here: Observatory, visitor: Person) -> None:
    Document.objects.filter(pk=here.document.pk).update(doc_type="dpia")
    one = requests.asked(project=here.project.pk)
    Item.objects.filter(request=one).update(code="signs", outcome="REFUSED")
    record = published.get_record(here.project.pk)
    assert "signs" not in papers_of(record)  # It is private still.
    Request.objects.filter(pk=one.pk).update(is_public=True)
    found = papers_of(record)
    assert [paper.is_held for paper in found["impact-assessment"]] == [True]
    assert [paper.url for paper in found["signs"]] == [f"/demandes/{one.pk}"]
    page = visitor.opens(f"/projet/{here.project.pk}/droit?aipd=non").text
    assert "nous l'avons" in page.replace("&#x27;", "'")
    assert f"/demandes/{one.pk}" in page
    Item.objects.filter(request=one).update(outcome="DROPPED")
    assert "signs" not in papers_of(record)


def test_a_page_leads_from_the_project_to_its_law(here: Observatory, visitor: Person) -> None:
    project = here.project.pk
    assert f"/projet/{project}/droit" in visitor.opens(f"/projet/{project}").text


def test_only_public_projects_have_a_page(visitor: Person) -> None:
    draft: Entity = facts.project()
    company = facts.entity()
    facts.published(facts.claim(company, "description", value="Une phrase."))
    for key in (draft.pk, company.pk, "prj-0000000000"):
        assert visitor.opens(f"/projet/{key}/droit").status == 404
        assert visitor.opens(f"/projet/{key}/droit.json").status == 404


# The library


def test_the_library_is_searched_without_scripts(visitor: Person) -> None:
    every = visitor.opens("/droit").text
    assert NOT_ADVICE in every
    assert every.count('href="/droit/') >= 25
    some = visitor.opens("/droit?q=L252-4").text
    assert "/droit/autorisation-echue" in some
    assert "/droit/son" not in some
    assert "Aucun argument" in visitor.opens("/droit?q=zorglub").text
    assert "/droit/plaques" in visitor.opens("/droit?technique=lapi&theme=techniques").text
    assert visitor.opens("/droit?theme=zorglub").status == 200


def test_a_ground_tells_for_against_and_the_answers_to_expect(visitor: Person) -> None:
    page = visitor.opens("/droit/video-algorithmique").text
    support, against = page.split("Ce qui va contre")
    assert "2105328" in support
    assert "489990" in against
    assert "2303004" in against
    assert "489990" not in support
    assert "/demandes/nouvelle?document=algorithm" in page
    assert "du 20 mai 2023 au 31 mars 2025" in page


def test_every_ground_has_its_page_in_both_languages(visitor: Person) -> None:
    for one in json.loads(visitor.opens("/droit.json").content)["grounds"]:
        assert visitor.opens(f"/droit/{one['code']}").status == 200
        english = Person(language="en").opens(f"/droit/{one['code']}").text
        assert "not legal advice" in english
        assert 'lang="fr"' in english
    assert visitor.opens("/droit/zorglub").status == 404


def test_texts_are_shown_with_both_numbers_dates_and_what_they_are_quoted_for(
    visitor: Person,
) -> None:
    page = visitor.opens("/droit/textes").text
    assert "CSI R252-16" in page
    assert "ancien R252-10" in page
    assert "ECLI:FR:CEORD:2020:440442.20200518" in page
    assert "du 1er mai 2012 au 25 janvier 2022" in page
    assert "juillet 2022" in page
    assert page.count('id="csi-l251-1"') == 1


def test_the_library_is_taken_away_as_tables(visitor: Person) -> None:
    grounds = visitor.opens("/droit.csv").text
    assert "video-algorithmique" in grounds
    texts = visitor.opens("/droit/textes.csv").text
    assert "ce-489990" in texts
    assert "against" in texts
