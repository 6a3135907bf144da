"""What visitors see of records, facts and lists."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from contrechamp.census import published, services
from contrechamp.census.models import Claim, Entity, PublishedFact
from tests.census import facts
from tests.census.facts import LATER, NOW
from tests.people import Person

Counting = Callable[..., AbstractContextManager[object]]

pytestmark = pytest.mark.django_db


def project_page() -> Entity:
    """Publish a project with one fact."""
    project = facts.project()
    facts.published(facts.claim(project))
    return project


def test_a_project_says_its_facts_and_where_each_is_proved(visitor: Person) -> None:
    project = facts.project()
    _, sha256 = facts.document()
    kept = facts.claim(project)
    quote = facts.passage(kept, sha256)
    facts.published(kept)

    page = visitor.opens(f"/projet/{project.pk}")

    assert page.status == 200
    assert "Conservation des images (jours)" in page.text
    assert f'class="proof" href="/documents/{sha256}/page/1#{quote.quote}"' in page.text
    assert f'href="/fait/{kept.pk}"' in page.text
    assert "1 fait" in page.text
    assert "1 documenté" in page.text


def test_the_quote_that_a_proof_opens_is_marked_there(visitor: Person) -> None:
    _, sha256 = facts.document()
    kept = facts.claim()
    quote = facts.passage(kept, sha256)
    facts.published(kept)

    assert quote.quote in visitor.opens(f"/documents/{sha256}/page/1").text


def test_an_alleged_fact_is_said_to_be_alleged(visitor: Person) -> None:
    alleged = facts.claim()
    facts.page(alleged)
    facts.published(alleged, as_alleged=True)

    page = visitor.opens(f"/fait/{alleged.pk}")

    assert "allégué" in page.text
    assert 'rel="noopener noreferrer nofollow external"' in page.text


def test_both_sides_of_a_contradiction_are_shown(visitor: Person) -> None:
    _, sha256 = facts.document()
    said = facts.claim(value=12)
    facts.act(said)
    facts.passage(said, sha256, stance="CONTRADICTS")
    facts.published(said)

    page = visitor.opens(f"/fait/{said.pk}")

    assert "contredit" in page.text
    assert "Ce qui l'établit" in page.text or "Ce qui l&#x27;établit" in page.text
    assert "Ce qui dit le contraire" in page.text
    assert facts.SENTENCE in page.text


@pytest.mark.parametrize("suffix", ["", ".json", ".atom", "/historique", "/corriger"])
def test_a_draft_is_like_what_never_was(visitor: Person, suffix: str) -> None:
    draft = facts.claim()

    for hidden, never in (
        (f"/projet/{draft.subject_id}", "/projet/prj-0000000000"),
        (f"/fait/{draft.pk}", "/fait/clm-0000000000"),
    ):
        answer, nothing = visitor.opens(hidden + suffix), visitor.opens(never + suffix)
        assert answer.status == 404
        assert answer.content == nothing.content


def test_a_merged_record_leads_to_the_other_for_ever(visitor: Person) -> None:
    one, other = facts.entity("Exemple"), facts.entity("Exemple SARL")
    for each in (one, other):
        facts.published(facts.claim(each, "employees_count", value=4))
    services.merge(one, other, actor=facts.amina(), now=LATER, reason="même SIREN")

    answer = visitor.opens(f"/acteur/{other.pk}")

    assert answer.status == 301
    assert answer.location == f"/acteur/{one.pk}"
    assert visitor.opens(f"/acteur/{other.pk}.json").location == f"/acteur/{one.pk}.json"


def test_the_wrong_kind_in_an_address_leads_to_the_right_one(visitor: Person) -> None:
    project = project_page()

    assert visitor.opens(f"/acteur/{project.pk}").location == f"/projet/{project.pk}"


def test_text_of_people_stays_text(visitor: Person) -> None:
    wicked = '<script>alert("x")</script> & "\'><img src=x onerror=alert(1)>'
    project = facts.project(name=wicked)
    said = facts.claim(project, "description", value=wicked)
    facts.act(said, record_id=wicked)
    link = facts.claim(
        facts.entity(wicked), "participates_in", target=project, attributes={"role": "supplier"}
    )
    facts.published(said, link)

    for url in (
        f"/projet/{project.pk}", f"/projet/{project.pk}/historique", f"/fait/{said.pk}",
        f"/projet/{project.pk}.atom", "/projets", "/acteurs", f"/projet/{project.pk}/corriger",
    ):  # fmt: skip
        page = visitor.opens(url).text
        assert "<script>alert" not in page, url
        assert "<img src=x" not in page, url
        assert "&lt;script&gt;" in page, url


def test_no_page_has_a_style_or_a_script_of_its_own(visitor: Person) -> None:
    _, sha256 = facts.document()
    kept = facts.claim(from_text="2021", to_text="2023")
    facts.passage(kept, sha256)
    facts.published(kept)

    for url in (f"/projet/{kept.subject_id}", f"/fait/{kept.pk}", "/projets"):
        page = visitor.opens(url).text
        assert " style=" not in page
        assert "<style" not in page
        assert "onclick" not in page


def test_sums_are_of_one_kind_and_one_tax(visitor: Person) -> None:
    project = facts.project()
    sums = [
        ("100000", "awarded", "excl"),
        ("50000", "awarded", "excl"),
        ("7000", "awarded", "incl"),
        ("400000", "maximum", "excl"),
    ]
    facts.published(
        *(facts.claim(project, "budget", value=v, amount_kind=k, tax=t) for v, k, t in sums)
    )

    page = visitor.opens(f"/projet/{project.pk}").text

    narrow = "\u202f"
    assert f"<strong>150{narrow}000\u00a0€</strong>" in page
    assert f"<strong>7{narrow}000\u00a0€</strong>" in page
    assert f"<strong>400{narrow}000\u00a0€</strong>" in page
    assert f"557{narrow}000" not in page


def test_a_company_shows_clients_contracts_and_money_by_year(visitor: Person) -> None:
    company = facts.entity("Exemple Optique", identifiers=[("siren", "732829320")])
    town = facts.entity("Ville d'Exemple", type_="authority")
    claims = [facts.claim(company, "supplies", target=town)]
    for year, amount in (("2021", "1000"), ("2023", "2500")):
        contract = facts.entity(f"Marché {year}", "contract", "contract")
        claims += [
            facts.claim(town, "buyer_of", target=contract),
            facts.claim(
                contract, "awarded_to", target=company, from_text=year, amount=amount,
                amount_kind="awarded", tax="excl",
            ),
        ]  # fmt: skip
    facts.published(*claims)

    page = visitor.opens(f"/acteur/{company.pk}").text
    buyer = visitor.opens(f"/acteur/{town.pk}").text

    assert "Clients" in page
    assert "annuaire-entreprises.data.gouv.fr/entreprise/732829320" in page
    assert 'class="bars"' in page
    assert '<th scope="row">2021</th>' in page
    assert "2\u202f500\u00a0€" in page
    assert "Fournisseurs" in buyer
    assert "2\u202f500\u00a0€" in buyer, "a buyer's table says what its contracts cost"


def test_a_technology_is_explained_in_plain_words(visitor: Person) -> None:
    seller = facts.entity("Exemple Optique")
    technology = services.ensure_technology("lapi", actor=facts.marianne(), now=NOW)
    facts.published(
        facts.claim(seller, "has_capability", target=technology, attributes={"works": "no"})
    )

    page = visitor.opens(f"/technologie/{technology.pk}").text

    assert "Une caméra lit chaque plaque qui passe" in page
    assert "fonctionne : non" in page


def test_dates_are_said_as_the_source_does(visitor: Person) -> None:
    project = facts.project()
    facts.published(
        facts.claim(project, "announced_on", value="vers 2019"),
        facts.claim(project, "decided_on", value="2021-03"),
        facts.claim(project, "stage", value="running", from_text="2021-06-01"),
    )

    page = visitor.opens(f"/projet/{project.pk}").text

    assert "vers 2019" in page
    assert "mars 2021" in page
    assert "1 mars 2021" not in page
    assert "depuis le 1 juin 2021" in page
    assert 'class="tl-svg"' in page


def test_a_reply_stands_at_the_top_and_its_contact_nowhere(visitor: Person) -> None:
    project = project_page()
    notice = services.receive_notice(
        entity=project,
        kind="REPLY",
        text="Nous avons arrêté l'essai.",
        contact="canari@exemple.fr",
        capacity="Ville d'Exemple",
        received_on=NOW.date(),
    )
    services.answer_notice(
        notice.pk,
        actor=facts.amina(),
        now=LATER,
        is_accepted=True,
        answer="Publié.",
        is_public=True,
    )

    page = visitor.opens(f"/projet/{project.pk}").text

    assert "Droit de réponse" in page
    assert "Nous avons arrêté" in page
    assert "canari" not in page


def test_the_history_says_what_changed_word_by_word(visitor: Person) -> None:
    [said] = facts.published(
        facts.claim(facts.project(), "description", value="un essai de caméras")
    )
    services.change_claim(
        said.pk, expected_version=said.version, value="un essai de drones",
        actor=facts.marianne(), now=LATER, reason="Lu l'arrêté",
    )  # fmt: skip
    facts.published(Claim.objects.get(pk=said.pk))

    page = visitor.opens(f"/projet/{said.subject_id}/historique").text

    assert "<del>caméras</del>" in page
    assert "<ins>drones</ins>" in page
    assert "amina" in page


def test_the_json_has_the_facts_of_the_page(visitor: Person) -> None:
    project = project_page()

    answer = visitor.opens(f"/projet/{project.pk}.json")
    said = json.loads(answer.content)
    fact = json.loads(visitor.opens(f"/fait/{said['facts'][0]['id']}.json").content)

    assert said["facts"][0]["value"] == 30
    assert said["facts"][0]["evidence"][0]["record_id"] == "83-2025-008"
    assert fact == said["facts"][0]


def test_feeds_have_stable_identifiers(visitor: Person) -> None:
    project = project_page()

    for url in (f"/projet/{project.pk}.atom", "/projets.atom"):
        feed = visitor.opens(url)
        assert feed.headers["Content-Type"].startswith("application/atom+xml")
        assert "<id>tag:testserver,2026:census/" in feed.text
        again = visitor.browser.get(url, headers={"if-none-match": feed.headers["ETag"]})
        assert again.status_code == 304


def test_lists_are_narrowed_by_letter_type_and_technology(visitor: Person) -> None:
    drones, cameras = facts.project(name="Drones"), facts.project(name="Caméras")
    technology = services.ensure_technology("drones", actor=facts.marianne(), now=NOW)
    facts.published(facts.claim(drones, "uses_technology", target=technology), facts.claim(cameras))

    everything = visitor.opens("/projets").text
    by_letter = visitor.opens("/projets?lettre=c").text
    by_technology = visitor.opens(f"/projets?technique={technology.pk}").text
    nowhere = visitor.opens("/projets?ou=Nullepartville").text

    assert "2 projets" in everything
    assert f"/projet/{cameras.pk}" in by_letter
    assert f"/projet/{drones.pk}" not in by_letter
    assert f"/projet/{drones.pk}" in by_technology
    assert f"/projet/{cameras.pk}" not in by_technology
    assert "Rien de publié ne correspond" in nowhere


def test_an_empty_list_invites(visitor: Person) -> None:
    page = visitor.opens("/contrats").text

    assert 'class="empty"' in page
    assert "Rien n'est encore publié ici" in page.replace("&#x27;", "'")


def test_a_list_goes_on_where_it_stopped(visitor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contrechamp.census.views.lists.PER_PAGE", 2)
    facts.published(*(facts.claim(facts.project(name=f"Essai {n}")) for n in "abcde"))

    seen: list[str] = []
    url = "/projets.json"
    while url:
        part = json.loads(visitor.opens(url).content)
        seen += [row["name"] for row in part["results"]]
        url = (part["next"] or "").replace("/projets?", "/projets.json?")

    assert seen == [f"Essai {n}" for n in "abcde"]


def test_no_cell_of_a_csv_is_a_formula(visitor: Person) -> None:
    facts.published(facts.claim(facts.project(name="=HYPERLINK(1)")))

    assert "'=HYPERLINK(1)" in visitor.opens("/projets.csv").text


def test_reads_do_not_grow_with_the_facts(
    visitor: Person, django_assert_num_queries: Counting
) -> None:
    small, large = facts.project(name="Petit"), facts.project(name="Grand")
    _, sha256 = facts.document()
    claims = []
    for subject, count in ((small, 2), (large, 30)):
        for n in range(count):
            said = facts.claim(subject, "description", value=f"Phrase {n}")
            facts.passage(said, sha256)
            claims.append(said)
            claims.append(
                facts.claim(
                    facts.entity(f"{subject.name} {n}"),
                    "participates_in",
                    target=subject,
                    attributes={"role": "supplier"},
                )
            )
    facts.published(*claims)

    for subject in (small, large):
        # The record, what it says, what leads to it, titles of documents, where it is; its acts;
        # requests and actions about it, with what was decided; what may still be challenged.
        # What is said about it in the forum.
        with django_assert_num_queries(16):
            visitor.opens(f"/projet/{subject.pk}")


def test_reads_of_a_list_do_not_grow_with_it(
    visitor: Person, django_assert_num_queries: Counting
) -> None:
    facts.published(*(facts.claim(facts.project(name=f"Essai {n}")) for n in range(3)))
    with django_assert_num_queries(10):
        visitor.opens("/projets")
    facts.published(*(facts.claim(facts.project(name=f"Autre {n}")) for n in range(20)))
    with django_assert_num_queries(10):
        visitor.opens("/projets")


def test_every_public_fact_stands_on_the_page_of_its_record(visitor: Person) -> None:
    project = facts.project()
    company, place = facts.entity("Exemple"), facts.entity("Parc", "place", "site")
    contract = facts.entity("Marché", "contract", "contract")
    facts.published(
        facts.claim(project, "website", value="https://www.exemple.fr/"),
        facts.claim(project, "legal_basis", value=["decree"]),
        facts.claim(project, "started_on", value="2020"),
        facts.claim(project, "is_secret", value=True),
        facts.claim(project, "located_in", target=place),
        facts.claim(company, "funds", target=project),
        facts.claim(company, "participates_in", target=project),
        facts.claim(contract, "contract_of", target=project),
        facts.claim(facts.project(name="Suite"), "succeeds", target=project),
        facts.claim(company, "bid_for", target=contract),
        facts.claim(company, "lobbying_register", target=facts.entity("Registre")),
    )

    for record in published.records():
        page = visitor.opens(record.url).text
        for row in [*published.facts_of(record.id), *published.facts_about(record.id)]:
            assert f"/fait/{row.id}" in page, (record.kind, row.property)
    assert PublishedFact.objects.count() == 11


def test_a_long_part_shows_the_newest_and_leads_to_the_whole(visitor: Person) -> None:
    project = facts.project()
    days = [f"20{10 + number // 12}-{number % 12 + 1:02}-01" for number in range(60)]
    facts.published(
        *(facts.claim(project, "authorising_act", value=f"Acte {d}", from_text=d) for d in days)
    )
    url = published.get_record(project.pk).url

    page, whole = visitor.opens(url).text, visitor.opens(f"{url}?tout=1").text

    assert f"Acte {days[-1]}" in page
    assert f"Acte {days[0]}" not in page
    assert "Voir 20 autres faits" in page
    assert "?tout=1#droit" in page
    assert all(f"Acte {day}" in whole for day in days)
    assert "autres faits" not in whole


@pytest.fixture
def large() -> tuple[str, set[str]]:
    """Publish a programme of 270 facts: its address, and all of them."""
    subject = facts.project(name="Immense")
    said: dict[str, Any] = {"actor": facts.marianne(), "now": facts.NOW}
    with services.recording(**said, verb="import"):
        claims = [
            *(facts.claim(subject, "authorising_act", value=f"Acte {n}") for n in range(220)),
            *(
                facts.claim(subject, "budget", value=f"{1000 + n}", from_text=f"{1990 + n % 30}")
                for n in range(40)
            ),
            *(
                facts.claim(
                    facts.entity(f"Société {n}"),
                    "participates_in",
                    target=subject,
                    attributes={"role": "supplier"},
                )
                for n in range(10)
            ),
        ]
    facts.published(*claims)
    return f"/projet/{subject.pk}", {each.pk for each in claims}


def test_a_record_with_very_many_facts_shows_the_newest_and_the_way_to_all(
    visitor: Person, large: tuple[str, set[str]]
) -> None:
    url, every = large
    page = visitor.opens(url).text
    assert len(page.encode()) < 100_000
    assert set(re.findall(r'href="/fait/([a-z0-9-]+)"', page)) < every
    assert "Société 9" in page
    # All 40 amounts are in the sum, though not all stand below it.
    assert "40\u202f780" in page or "40\xa0780" in page
    seen: set[str] = set(re.findall(r'href="/fait/([a-z0-9-]+)"', page))
    waiting = [f"{url}{each}" for each in set(re.findall(r"\?partie=[a-z]+", page))]
    assert len(waiting) >= 2
    while waiting:
        part = visitor.opens(waiting.pop()).text
        seen.update(re.findall(r'href="/fait/([a-z0-9-]+)"', part))
        assert len(part.encode()) < 150_000
        waiting += [
            each.replace("&amp;", "&") for each in re.findall(r'href="([^"]+)" rel="next', part)
        ]
    assert seen == every


@pytest.mark.parametrize(
    "asked", ["zorglub", "droit&a=-1", "droit&a=9999999", "droit&a=%00", "%00"]
)
def test_a_part_asked_for_in_an_odd_way_is_no_error(
    visitor: Person, large: tuple[str, set[str]], asked: str
) -> None:
    answer = visitor.opens(f"{large[0]}?partie={asked}")
    assert answer.status in (200, 302)


def test_a_small_record_has_no_parts(visitor: Person) -> None:
    subject = facts.project(name="Petit")
    facts.published(facts.claim(subject, "retention_days"))
    assert visitor.opens(f"/projet/{subject.pk}?partie=valeurs").location == f"/projet/{subject.pk}"


def test_reads_do_not_grow_with_a_large_record(
    visitor: Person,
    large: tuple[str, set[str]],
    django_assert_max_num_queries: Counting,
) -> None:
    with django_assert_max_num_queries(28):
        visitor.opens(large[0])
