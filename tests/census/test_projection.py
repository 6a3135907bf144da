"""What visitors get: what was accepted, the same after a rebuild, unmoved by what is hidden."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from contrechamp.census import plug, published, services
from contrechamp.census.models import Claim, Published, PublishedChange, PublishedFact
from contrechamp.census.services.derived import TABLES, rebuild_derived
from contrechamp.kernel.errors import Refused
from tests import observatory
from tests.census import facts
from tests.census.facts import LATER, NOW, amina, claim, entity, io, marianne, noor, project

pytestmark = pytest.mark.django_db


def seen() -> list[Any]:
    """Return all that a visitor can get of the census."""
    changes = PublishedChange.objects.order_by("at", "entity", "claim", "what")
    return [
        list(Published.objects.order_by("pk").values()),
        list(PublishedFact.objects.order_by("pk").values()),
        [{k: v for k, v in row.items() if k != "id"} for row in changes.values()],
        published.figures(),
        published.newest(1000),
        list(plug.all_entities()),
        list(plug.all_facts()),
        published.project_lines(),
        published.technologies_in_use(),
        published.last_change(),
        *derived(),
    ]


def derived() -> list[Any]:
    """Return what is kept so that pages need not gather it."""
    rows = [list(model.objects.values()) for model in TABLES]  # type: ignore[attr-defined]
    plain = [sorted(sorted(({**row, "id": 0}).items()) for row in table) for table in rows]
    return [[row for row in table if ("sort", "made") not in row] for table in plain]


def small_census() -> list[Claim]:
    """Publish a town, a project, two firms, and a document's sentence."""
    observatory.territories()
    by: dict[str, Any] = {"actor": marianne(), "now": NOW}
    town = services.ensure_place("commune:06088", **by)
    city = entity("Ville de Nice", type_="authority", identifiers=[("siren", "210600888")])
    one, vendor = project("Essai à Nice"), entity("Exemple Optique", names=["Optique SA"])
    made = [
        claim(one, "retention_days"),
        claim(one, "located_in", target=town, from_text="2018"),
        claim(one, "uses_technology", target=services.ensure_technology("lapi", **by)),
        claim(city, "administers", target=town),
        claim(city, "participates_in", target=one, attributes={"role": "commissioner"}),
        claim(vendor, "supplies", target=city, amount="1200", amount_kind="paid", tax="excl"),
        claim(one, "started_on", value="2018-11"),
    ]
    facts.passage(made[0], facts.document()[1])
    return facts.published(*made)


# Things that visitors must not notice


def _draft(chance: Random, public: list[Claim]) -> None:
    subject = chance.choice(public).subject
    facts.act(claim(subject, "description", value="zorglub"))


def _in_review(chance: Random, public: list[Claim]) -> None:
    made = claim(project("Zorglub"), "retention_days", value=chance.randrange(99))
    facts.act(made)
    services.submit([made.pk], actor=marianne(), now=NOW)


def _withdrawn(chance: Random, public: list[Claim]) -> None:
    subject = chance.choice([project("Zorglub"), chance.choice(public).subject])
    made = facts.published(claim(subject, "description", value="zorglub"))
    services.withdraw([made[0].pk], actor=amina(), now=LATER, reason="zorglub")


def _private(chance: Random, public: list[Claim]) -> None:
    made = claim(chance.choice(public).subject, "description", value="zorglub", is_private=True)
    facts.act(made)
    with pytest.raises(AssertionError):
        facts.published(made)


def _held(chance: Random, public: list[Claim]) -> None:
    person = entity("Jean Zorglub")
    target = next(each.target for each in public if each.property == "supplies")
    facts.published(claim(person, "supplies", target=target))
    services.decide_person_hold(
        person, is_private_person=True, actor=amina(), now=LATER, reason="personne"
    )


def _edit(chance: Random, public: list[Claim]) -> None:
    made = Claim.objects.get(pk=chance.choice(public).pk)
    given = {"from_text": f"{chance.randrange(1990, 2020)}"}
    services.change_claim(made.pk, expected_version=made.version, actor=noor(), now=LATER, **given)


def _source(chance: Random, public: list[Claim]) -> None:
    made = Claim.objects.get(pk=chance.choice(public).pk)
    facts.act(made, record_id=f"zorglub {chance.random()}", actor=noor())


def _hidden_document(chance: Random, public: list[Claim]) -> None:
    made = claim(project("Zorglub"))
    facts.passage(made, facts.document(is_public=False)[1])
    services.submit([made.pk], actor=marianne(), now=NOW)
    assert services.publish([made.pk], reviewer=amina(), now=NOW, as_alleged=True).refused


def _name(chance: Random, public: list[Claim]) -> None:
    subject = chance.choice(public).subject
    services.add_name(subject, text=f"Zorglub {chance.random()}", actor=noor(), now=LATER)


def _rename(chance: Random, public: list[Claim]) -> None:
    subject = chance.choice(public).subject
    services.rename_entity(subject, name=f"Zorglub {chance.random()}", actor=noor(), now=LATER)


def _number(chance: Random, public: list[Claim]) -> None:
    services.add_identifier(
        chance.choice(public).subject,
        scheme="wikidata",
        value=f"Q{chance.randrange(1, 10**9)}",
        actor=noor(),
        now=LATER,
    )


def _notice(chance: Random, public: list[Claim]) -> None:
    subject = chance.choice(public).subject
    made = services.receive_notice(
        entity=subject, kind="REPLY", text=f"Zorglub {chance.random()}", received_on=LATER.date()
    )
    if chance.random() < 0.5:
        services.answer_notice(
            made.pk, actor=amina(), now=LATER, is_accepted=False, answer="non", is_public=True
        )


def _merge(chance: Random, public: list[Claim]) -> None:
    actors = [each.subject for each in public if each.subject.kind == "actor"]
    survivor = chance.choice([entity("Zorglub A"), chance.choice(actors)])
    absorbed = entity("Zorglub B", names=["Zorglub C"], keys={"carto": ["Zorglub"]})
    facts.act(claim(absorbed, "description", value="zorglub"))
    services.merge(survivor, absorbed, actor=amina(), now=LATER, reason="zorglub")
    assert published.resolve_redirect(absorbed.pk) is None


def _judgement(chance: Random, public: list[Claim]) -> None:
    services.mark_not_same(
        chance.choice(public).subject, entity("Zorglub"), actor=amina(), now=LATER
    )


def _scheduled(chance: Random, public: list[Claim]) -> None:
    made = claim(project("Zorglub"))
    facts.act(made)
    services.submit([made.pk], actor=marianne(), now=NOW)
    at = LATER + timedelta(days=9)
    services.publish([made.pk], reviewer=amina(), now=LATER, publish_at=at)


def _withdrawn_record(chance: Random, public: list[Claim]) -> None:
    made = facts.published(claim(project("Zorglub")))[0]
    services.withdraw_entity(made.subject, actor=amina(), now=LATER, reason="zorglub")


def _member_rejects(chance: Random, public: list[Claim]) -> None:
    found = chance.choice(public).evidence.first()
    assert found is not None
    services.check_evidence(found.pk, actor=noor(), now=LATER, verdict="REJECTS")


HIDDEN: list[Callable[[Random, list[Claim]], None]] = [
    *(_draft, _in_review, _withdrawn, _private, _held, _edit, _source, _hidden_document),
    *(_name, _rename, _number, _notice, _merge, _judgement, _scheduled),
    *(_withdrawn_record, _member_rejects),
]


@pytest.mark.parametrize("hide", HIDDEN, ids=lambda act: act.__name__)
def test_what_is_hidden_changes_nothing(hide: Callable[[Random, list[Claim]], None]) -> None:
    public = small_census()
    before = seen()
    for seed in range(2):
        hide(Random(seed), public)  # noqa: S311
    assert seen() == before
    services.rebuild_published(now=LATER + timedelta(days=1))
    assert seen() == before


@tries(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(st.sampled_from(HIDDEN), min_size=3, max_size=9), seed=st.integers(0, 99))
def test_nor_does_any_mixture_of_it(
    acts: list[Callable[[Random, list[Claim]], None]], seed: int
) -> None:
    point = transaction.savepoint()
    public = small_census()
    before, chance = seen(), Random(seed)  # noqa: S311
    for act in acts:
        try:
            with transaction.atomic():
                act(chance, public)
        except (Refused, AssertionError):
            continue  # What an earlier act made impossible, a draft that an edit took away …
    assert seen() == before
    transaction.savepoint_rollback(point)


# The same after a rebuild


def test_a_rebuild_gives_the_same_bytes() -> None:
    public = small_census()
    for number, made in enumerate(public[:3]):
        services.change_claim(
            made.pk,
            expected_version=made.version,
            from_text=f"{2010 + number}",
            actor=noor(),
            now=LATER,
        )
    services.publish([each.pk for each in public], reviewer=amina(), now=LATER, reason="relu")
    services.withdraw([public[6].pk], actor=amina(), now=LATER, reason="faux", tell=True)
    services.check_evidence(
        public[1].evidence.get().pk, actor=io(), now=LATER + timedelta(1), verdict="CONFIRMS"
    )
    before = seen()
    services.rebuild_published(now=LATER + timedelta(days=400))
    assert seen() == before
    Published.objects.all().delete()
    services.rebuild_published(now=LATER + timedelta(days=401))
    assert seen() == before


def test_publishing_in_one_go_or_one_by_one_is_the_same() -> None:
    claims = [claim(project(f"P{n}"), "retention_days", value=n) for n in range(4)]
    for made in claims:
        facts.act(made)
    services.submit([each.pk for each in claims], actor=marianne(), now=NOW)
    point = transaction.savepoint()
    services.publish([each.pk for each in claims], reviewer=amina(), now=NOW)
    at_once = seen()
    transaction.savepoint_rollback(point)
    for made in reversed(claims):
        services.publish([made.pk], reviewer=amina(), now=NOW)
    assert seen() == at_once


def test_the_number_of_questions_does_not_grow_with_the_claims(
    django_assert_max_num_queries: Any,
) -> None:
    with services.recording(actor=marianne(), now=NOW, verb="import"):
        claims = [claim(project(f"P{n}"), "retention_days", value=n) for n in range(150)]
        for made in claims:
            facts.act(made)
    ids = [each.pk for each in claims]
    services.submit(ids, actor=marianne(), now=NOW)
    reviewer = amina()
    with django_assert_max_num_queries(85):
        assert len(services.publish(ids, reviewer=reviewer, now=NOW).published) == 150


# What is read


def test_places_and_technologies_of_a_record_are_found_through_its_facts() -> None:
    public = small_census()
    one, city, vendor = public[0].subject, public[3].subject, public[5].subject
    places = published.places_of([one.pk, city.pk, vendor.pk])
    assert places[one.pk] == places[city.pk] == ("commune:06088",)
    assert places[vendor.pk] == ()
    assert {record.id for record in published.records_in(["commune:06088"])} >= {one.pk, city.pk}
    assert [r.id for r in published.records_in(["commune:06088"], "project")] == [one.pk]
    (technology,) = published.technologies_of([one.pk])[one.pk]
    assert published.technologies_of([technology]) == {technology: (technology,)}
    assert published.technologies_in_use() == {technology: 1}
    place = published.find_place("commune:06088")
    assert place is not None
    assert published.find_place("commune:06029") is None
    assert published.find_by_identifier("siren", "210600888") == published.get_record(city.pk)
    assert published.find_by_identifier("siren", "213001894") is None


def test_a_site_a_purchase_and_a_commission_lie_where_their_town_is() -> None:
    observatory.territories()
    by: dict[str, Any] = {"actor": marianne(), "now": NOW}
    town = services.ensure_place("commune:06088", **by)
    elsewhere = services.ensure_place("commune:06029", **by)
    station = entity("Gare", "place", "site")
    city = entity("Ville de Nice", type_="authority")
    at_site, ordered, moved = project("À la gare"), project("Commandé"), project("Ailleurs")
    bought = entity("Marché", "contract", "contract")
    role = {"attributes": {"role": "commissioner"}}
    facts.published(
        claim(station, "located_in", target=town),
        claim(at_site, "located_in", target=station),
        claim(city, "administers", target=town),
        claim(city, "participates_in", target=ordered, **role),
        claim(city, "participates_in", target=moved, **role),
        claim(moved, "located_in", target=elsewhere),
        claim(city, "buyer_of", target=bought),
    )
    ids = [each.pk for each in (station, at_site, ordered, bought)]
    assert published.places_of(ids) == dict.fromkeys(ids, ("commune:06088",))
    assert published.places_of([moved.pk])[moved.pk] == ("commune:06029",)
    assert published.ids_in(["commune:06088"]) == {town.pk, city.pk, *ids}
    assert published.ids_in(["commune:06029"]) == {elsewhere.pk, moved.pk}


def test_facts_are_read_in_their_order_with_words_for_both_ends() -> None:
    public = small_census()
    one = public[0].subject
    found = published.facts_of(one.pk)
    assert [fact.property for fact in found] == [
        "started_on",
        "retention_days",
        "uses_technology",
        "located_in",
    ]
    assert (str(found[0].earliest), str(found[0].latest)) == ("2018-11-01", "2018-11-30")
    assert [fact.id for fact in published.relations()] == sorted(
        each.pk for each in public if each.target_id
    )
    assert [f.property for f in published.facts(properties=["supplies"])] == ["supplies"]
    assert len(published.facts_of_many([one.pk])[one.pk]) == 5
    sums = published.sums_of(published.facts())
    assert {key: str(value) for key, value in sums.by_kind.items()} == {
        ("paid", "excl", "EUR"): "1200.00"
    }


def test_what_is_not_public_is_not_found() -> None:
    hidden = claim()
    with pytest.raises(LookupError):
        published.get_fact(hidden.pk)
    with pytest.raises(LookupError):
        published.get_record(hidden.subject_id)
    assert published.find_records([hidden.subject_id]) == {}
    assert published.find_facts([hidden.pk]) == {}
    assert published.resolve_redirect(hidden.subject_id) is None
    assert list(plug.some_facts([f"census:fact:{hidden.pk}"])) == []
    assert list(plug.some_entities([f"census:entity:{hidden.subject_id}"])) == []
    assert published.last_change() is None


def test_search_finds_records_with_what_is_said_of_them() -> None:
    public = small_census()
    vendor = public[5].subject
    (entry,) = plug.some_entities([f"census:entity:{vendor.pk}"])
    assert (entry.kind, entry.title, entry.url) == (
        "actor",
        "Exemple Optique",
        f"/acteur/{vendor.pk}",
    )
    assert "fournit Ville de Nice" in entry.text
    assert "Optique SA" in entry.also
    (fact,) = plug.some_facts([f"census:fact:{public[0].pk}"])
    assert facts.SENTENCE in fact.text
    assert {"commune:06088", "departement:06"} <= set(fact.places)
    assert (fact.status, len(fact.technologies)) == ("documented", 1)


def test_news_go_on_from_a_cursor_without_gap() -> None:
    small_census()
    every = published.newest(1000)
    pages, cursor = [], None
    while part := published.newest(3, before=cursor):
        pages += part
        cursor = part[-1].cursor
    assert pages == every
    assert published.newest(3, before="hier") == []
    assert every[0].url.startswith(("/fait/", "/projet/", "/acteur/", "/lieu/", "/technologie/"))


def test_a_source_leads_where_it_can_be_read() -> None:
    made = claim()
    facts.act(made, register="hatvp", record_id="210600888")
    facts.page(made, publisher="Exemple")
    services.add_evidence(
        made,
        kind="reference",
        publication="Revue",
        publisher="Exemple",
        locator="§ 3",
        dated_text="2018",
        actor=marianne(),
        now=NOW,
    )
    services.add_evidence(made, kind="file", file_name="a.pdf", actor=marianne(), now=NOW)
    (fact,) = (published.get_fact(each.pk) for each in facts.published(made))
    proofs = {proof.kind: proof for proof in fact.evidence}
    assert proofs["register"].url.endswith("organisation=210600888")
    assert proofs["register"].is_outside
    assert (proofs["url"].title, proofs["url"].url) == ("Exemple", "https://www.exemple.fr/")
    assert proofs["reference"].title == "Revue, Exemple, § 3, 2018"
    assert proofs["reference"].url == ""
    assert proofs["file"].title == "a.pdf"
    assert fact.proof == proofs["register"]


@pytest.mark.parametrize(
    ("property_", "value", "text"),
    [
        ("stage", "running", "en service"),
        ("legal_basis", ["law", "decree"], "loi, décret"),
        ("is_secret", True, "oui"),
        ("is_secret", False, "non"),
        ("tested", "fails", "ne fonctionne pas"),
        ("retention_days", 30, "30"),
        ("summary", None, ""),
    ],
)
def test_values_are_said_in_words(property_: str, value: Any, text: str) -> None:
    assert published.value_text(property_, value) == text


def test_attributes_and_addresses_too() -> None:
    said = published.attribute_text("participates_in", "role", "funder")
    assert said == ("rôle", "financeur")
    assert published.attribute_text("supplies", "product", "X") == ("produit", "X")
    assert published.attribute_text("supplies", "colour", "red") == ("colour", "red")
    assert published.record_url("contract", "ctr-1") == "/contrat/ctr-1"
    number = published.Number(scheme="siren", value="210600888")
    assert number.url.endswith("/210600888")
    assert published.Number(scheme="rna", value="W1").url == ""


def test_titles_of_news_are_french_whatever_the_value() -> None:
    made = facts.published(
        claim(project("P"), "stage", value="running"),
        claim(project("P"), "is_secret", value=True),
        claim(project("P"), "impact_assessment", value="none"),
        claim(entity("A"), "supplies", target=entity("B"), to_text="2019"),
    )
    titles = [published.changes_of_fact(each.pk)[0].title for each in made]
    assert titles == [
        "P : avancement en service",
        "P : tenu secret oui",
        "P : analyse d'impact (AIPD) il n'y en a pas",
        "A : fournit B",
    ]
    assert published.get_fact(made[3].pk).dates_text == "jusqu'à 2019"


def test_figures_say_how_they_are_counted() -> None:
    small_census()
    figures = {figure.code: figure.value for figure in published.figures()}
    assert figures == {"projects": 1, "actors": 2, "contracts": 0, "facts": 7, "proved": 7}
    assert all(figure.method and figure.label for figure in published.figures())


# What is kept so that pages need not gather it


def _moves(chance: Random, public: list[Claim]) -> None:
    made = Claim.objects.get(pk=public[1].pk)
    town = services.ensure_place("commune:06029", actor=marianne(), now=NOW)
    services.change_claim(
        made.pk, expected_version=made.version, target=town, actor=noor(), now=LATER
    )
    services.publish([made.pk], reviewer=amina(), now=LATER)


def _goes(chance: Random, public: list[Claim]) -> None:
    made = chance.choice(public)
    services.withdraw([made.pk], actor=amina(), now=LATER, reason="faux")


def _buys(chance: Random, public: list[Claim]) -> None:
    city = public[3].subject
    contract = entity(f"Marché {chance.random()}", "contract", "contract")
    facts.published(claim(city, "buyer_of", target=contract))


def _builds(chance: Random, public: list[Claim]) -> None:
    """Put a project at a site before the site is anywhere, then the site into a town."""
    site, one = entity(f"Gare {chance.random()}", "place", "site"), project("À la gare")
    facts.published(claim(one, "located_in", target=site))
    town = services.ensure_place("commune:06029", actor=marianne(), now=NOW)
    facts.published(claim(site, "located_in", target=town))


def _is_numbered(chance: Random, public: list[Claim]) -> None:
    vendor = public[5].subject
    services.add_identifier(
        vendor, scheme="wikidata", value=f"Q{chance.randrange(1, 10**9)}", actor=noor(), now=LATER
    )
    services.publish_entities([vendor.pk], reviewer=amina(), now=LATER)


def _is_merged(chance: Random, public: list[Claim]) -> None:
    other = entity("Optique Bis")
    facts.published(claim(other, "description", value="vend"))
    services.merge(public[5].subject, other, actor=amina(), now=LATER, reason="même")


OPEN: list[Callable[[Random, list[Claim]], None]] = [
    *(_moves, _goes, _buys, _builds, _is_numbered, _is_merged)
]


@tries(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(st.sampled_from([*OPEN, *HIDDEN]), min_size=1, max_size=7), seed=st.integers())
def test_it_is_the_same_act_by_act_as_written_anew(
    acts: list[Callable[[Random, list[Claim]], None]], seed: int
) -> None:
    point = transaction.savepoint()
    public, chance = small_census(), Random(seed)  # noqa: S311
    for act in acts:
        try:
            with transaction.atomic():
                act(chance, public)
        except (Refused, AssertionError):
            continue
    kept = derived()
    rebuild_derived()
    assert derived() == kept
    transaction.savepoint_rollback(point)


def test_a_document_leads_to_the_facts_that_cite_it() -> None:
    made = claim(project(), "retention_days")
    sha256 = facts.document()[1]
    facts.passage(made, sha256)
    facts.published(made)
    (fact,) = published.facts_citing(sha256)
    quotes = [proof.quote for proof in fact.evidence]
    assert fact.id == made.pk
    assert [one.id for one in published.facts_quoting(quotes)] == [made.pk]
    assert published.facts_quoting([""]) == published.facts_citing("0" * 64) == []


def test_a_territory_counts_what_it_holds() -> None:
    small_census()
    keys = ["commune:06088", "departement:06", "region:93", "departement:83"]
    assert published.counts_in("project", keys) == dict.fromkeys(keys[:3], 1)
    assert published.counts_by("project", "departement") == {"departement:06": 1}
    assert len(published.ids_within("region:93", "project")) == 1
    assert published.ids_within("departement:83") == set()
