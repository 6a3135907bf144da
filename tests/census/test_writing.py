"""Records, claims and sources: what is written, and what is refused with a sentence."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise
from typing import Any

import pytest

from contrechamp.census import queries, services
from contrechamp.census.models import (
    Change,
    ChangeLine,
    Claim,
    Entity,
    Evidence,
    Identifier,
    Name,
    State,
)
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.errors import Refused
from tests import observatory
from tests.census import facts
from tests.census.facts import LATER, NOW, amina, claim, entity, marianne, noor, project

pytestmark = pytest.mark.django_db
NICE, SIRET = "210600888", "21060088800015"


def by(**more: Any) -> dict[str, Any]:
    return {"actor": marianne(), "now": NOW, **more}


# Vocabulary


def test_every_term_says_both_languages() -> None:
    names = ("properties", "relations", "entity_types", "registers", "purposes", "legal_bases")
    for name in (*names, "stages", "amount_kinds", "technologies"):
        for code, term in terms(name).items():
            assert {"fr", "en"} <= set(term["label"]), code


def test_a_relation_is_complete() -> None:
    kinds = {"project", "technology", "actor", "place", "contract"}
    for code, term in terms("relations").items():
        assert set(term["from"]) <= kinds, code
        assert set(term["to"]) <= kinds, code
        for form in ("forward", "backward"):
            assert {"fr", "en"} <= set(term[form]), code
        assert isinstance(term["symmetric"], bool)
        assert term["path_cost"] is None or term["path_cost"] > 0
        assert term["ftm"]


def test_a_property_has_a_type_and_its_codes_exist() -> None:
    for code, term in terms("properties").items():
        assert term["type"] in {
            *("text", "number", "date", "money", "code", "code_list", "url", "boolean")
        }, code
        if term["type"] in {"code", "code_list"}:
            assert term.get("codes") or terms(term["vocabulary"]), code


def test_a_capability_has_its_family() -> None:
    every = terms("technologies")
    for code, term in every.items():
        assert (term["type"] == "family") == ("parent" not in term), code
        assert term.get("parent", code) in every


# Records


def test_a_record_begins_as_a_draft_with_its_name() -> None:
    made = entity("  Société\u00ad   Exemple ", names=["S. Exemple", ("SOC.EX", "RAW"), " "])
    made = Entity.objects.get(pk=made.pk)
    assert (made.state, made.name) == (State.DRAFT, "Société Exemple")
    assert sorted(made.names.values_list("text", "role")) == [
        ("S. Exemple", "ALIAS"),
        ("SOC.EX", "RAW"),
        ("Société Exemple", "MAIN"),
    ]


def test_html_in_a_name_is_text() -> None:
    assert entity("<script>alert(1)</script>").name == "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("kind", "type_", "name"),
    [
        ("actor", "trial", "A"),
        ("actor", "robot", "A"),
        ("ghost", "company", "A"),
        ("actor", "company", " \u00ad "),
        ("actor", "company", "x" * 301),
    ],
)
def test_a_record_that_is_none_is_refused(kind: str, type_: str, name: str) -> None:
    with pytest.raises(Refused):
        entity(name, kind, type_)
    assert not Entity.objects.exists()
    assert not Change.objects.exists()


def test_a_number_is_identity_and_a_name_is_not() -> None:
    one = entity("Ville de Nice", type_="authority", identifiers=[("siren", NICE)])
    assert entity("Mairie de Nice", type_="authority", identifiers=[("siren", NICE)]) == one
    assert entity("Ville de Nice", type_="authority") != one


def test_a_siret_attaches_to_the_actor_with_its_siren() -> None:
    one = entity("Ville de Nice", type_="authority", identifiers=[("siren", NICE)])
    assert entity("Nice, voirie", type_="authority", identifiers=[("siret", SIRET)]) == one
    assert queries.find_by_identifier("siret", SIRET) == one
    other = entity("Autre", identifiers=[("siret", "35600000000048")])
    assert queries.find_by_identifier("siren", "356000000") == other
    assert queries.find_by_identifier("siret", "35600000000055") in {other, None}


def test_a_wrong_number_is_refused_and_nothing_is_written() -> None:
    observatory.territories()
    for scheme, value in (("siren", "210600889"), ("siret", "1"), ("insee", "99999")):
        with pytest.raises(Refused):
            entity("A", identifiers=[(scheme, value)])
    assert not Entity.objects.exists()


def test_the_number_of_another_record_is_refused_with_its_name() -> None:
    entity("Ville de Nice", type_="authority", identifiers=[("siren", NICE)])
    other = entity("Autre")
    with pytest.raises(Refused) as refused:
        services.add_identifier(other, scheme="siren", value=NICE, **by())
    assert "Ville de Nice" in str(refused.value)


def test_numbers_and_names_come_and_go() -> None:
    made = entity("A")
    number = services.add_identifier(made, scheme="siret", value=SIRET, **by())
    assert services.add_identifier(made, scheme="siret", value=SIRET, **by()) == number
    assert sorted(made.identifiers.values_list("scheme", flat=True)) == ["siren", "siret"]
    services.remove_identifier(number.pk, **by())
    services.remove_identifier(number.pk, **by())
    assert list(made.identifiers.values_list("scheme", flat=True)) == ["siren"]

    name = services.add_name(made, text="B", **by())
    assert services.add_name(made, text="B", **by()) == name
    services.remove_name(name.pk, **by())
    services.remove_name(name.pk, **by())
    assert list(made.names.values_list("text", flat=True)) == ["A"]


def test_the_main_name_is_changed_by_renaming() -> None:
    made = entity("A")
    with pytest.raises(Refused):
        services.add_name(made, text="B", role="MAIN", **by())
    with pytest.raises(Refused):
        services.remove_name(Name.objects.get(entity=made).pk, **by())
    made = services.rename_entity(made, name="B", as_former=True, **by())
    assert services.rename_entity(made, name="B", **by()).name == "B"
    assert sorted(made.names.values_list("text", "role")) == [("A", "FORMER"), ("B", "MAIN")]
    made = services.rename_entity(made, name="A", **by())
    assert sorted(made.names.values_list("text", "role")) == [("A", "MAIN"), ("B", "ALIAS")]


def test_a_type_is_changed_and_a_quicker_editor_is_told() -> None:
    made = entity("A")
    services.change_entity(made, expected_version=1, type="association", **by())
    with pytest.raises(services.Conflict) as conflict:
        services.change_entity(made, expected_version=1, type="court", **by())
    assert conflict.value.fields == {"type": ("court", "association")}
    with pytest.raises(Refused):
        services.change_entity(made, expected_version=2, type="trial", **by())
    with pytest.raises(TypeError):
        services.change_entity(made, expected_version=2, name="B", **by())
    assert services.change_entity(made, expected_version=2, type="association", **by()).version == 2


def test_a_place_and_a_technology_are_made_once() -> None:
    observatory.territories()
    place = services.ensure_place("commune:06088", **by())
    assert services.ensure_place("commune:06088", **by()) == place
    assert (place.name, place.type, place.territory) == ("Nice", "commune", "commune:06088")
    assert queries.find_place("commune:06088") == place
    assert services.ensure_place("region:93", **by()).type == "region"
    technology = services.ensure_technology("lapi", **by())
    assert services.ensure_technology("lapi", **by()) == technology
    assert queries.find_by_key("vocabulary", "lapi") == technology
    assert queries.find_by_key("vocabulary", "lap") is None
    with pytest.raises(Refused):
        services.ensure_place("commune:99999", **by())
    with pytest.raises(Refused):
        services.ensure_technology("telepathy", **by())


# Claims


def test_a_claim_keeps_its_value_dates_and_sum() -> None:
    made = claim(
        project(),
        "budget",
        value="1 234,50 €",
        from_text="vers 2018",
        to_text="2020",
        amount_kind="paid",
        tax="excl",
    )
    made = Claim.objects.get(pk=made.pk)
    assert (made.value, str(made.amount), made.currency) == ("1234.50", "1234.50", "EUR")
    assert (made.from_text, str(made.from_earliest)) == ("vers 2018", "2017-01-01")
    assert (made.tax, made.amount_kind, made.state) == ("excl", "paid", State.DRAFT)
    assert made.pk.startswith("clm-")


def test_a_relation_has_attributes_and_a_sum() -> None:
    made = claim(
        entity("A"),
        "funds",
        target=project(),
        amount="12000",
        attributes={"programme": "FIPD"},
        amount_kind="subsidy_decided",
    )
    assert made.pk.startswith("rel-")
    assert (made.attributes, made.tax) == ({"programme": "FIPD"}, "unknown")


@pytest.mark.parametrize(
    ("property_", "given"),
    [
        ("colour", {"value": "red"}),
        ("founded_on", {"value": "2018"}),
        ("retention_days", {"value": "trente"}),
        ("retention_days", {"value": None}),
        ("retention_days", {"value": ""}),
        ("stage", {"value": "dreamt"}),
        ("started_on", {"value": "0218-10-29"}),
        ("retention_days", {"value": 30, "from_text": "0218-10-29"}),
        ("retention_days", {"value": 30, "from_text": "2020", "to_text": "2018"}),
        ("budget", {"value": "12", "amount_kind": "guessed"}),
        ("budget", {"value": "12", "tax": "maybe"}),
        ("budget", {"value": "12", "currency": "euros"}),
        ("supplies", {"value": "x"}),
    ],
)
def test_a_claim_that_makes_no_sense_is_refused(property_: str, given: dict[str, Any]) -> None:
    subject = project()
    with pytest.raises(Refused):
        claim(subject, property_, **given)
    assert not Claim.objects.exists()


def test_an_impossible_date_names_its_field() -> None:
    with pytest.raises(Refused) as refused:
        claim(from_text="0218-10-29")
    assert "date de début" in str(refused.value)


def test_a_relation_joins_two_records_of_the_right_kinds() -> None:
    one, other = entity("A"), entity("B")
    for target, property_ in ((one, "supplies"), (project(), "supplies")):
        with pytest.raises(Refused):
            claim(one, property_, target=target)
    with pytest.raises(Refused):
        claim(one, "retention_days", value=1, target=other)
    with pytest.raises(Refused):
        claim(one, "supplies", target=other, value=3)
    with pytest.raises(Refused):
        claim(one, "supplies", target=other, attributes={"colour": "red"})


def test_of_a_person_only_the_office_is_kept() -> None:
    person = entity("Le maire", type_="person_in_office")
    town = entity("Ville", type_="authority")
    office = claim(person, "holds_office", target=town, attributes={"title": "maire"})
    assert office.attributes == {"title": "maire"}
    with pytest.raises(Refused):
        claim(person, "holds_office", target=town)
    with pytest.raises(Refused):
        claim(person, "address", value="chez lui")
    with pytest.raises(Refused):
        claim(entity("B"), "supplies", target=person)
    with pytest.raises(Refused):
        claim(entity("B"), "holds_office", target=town, attributes={"title": "x"})


def test_the_second_of_two_editors_sees_both_texts() -> None:
    made = claim()
    services.change_claim(made.pk, expected_version=1, value=15, reason="lu mal", **by())
    with pytest.raises(services.Conflict) as conflict:
        services.change_claim(
            made.pk, expected_version=1, value=60, from_text="2019", actor=noor(), now=LATER
        )
    assert conflict.value.fields == {"value": (60, 15), "from_text": ("2019", "")}
    assert conflict.value.version == 2
    assert Claim.objects.get(pk=made.pk).value == 15


def test_a_change_that_changes_nothing_leaves_no_trace() -> None:
    made = claim()
    before = Change.objects.count()
    same = services.change_claim(made.pk, expected_version=1, value="30", **by())
    assert (same.version, Change.objects.count()) == (1, before)
    with pytest.raises(TypeError):
        services.change_claim(made.pk, expected_version=1, property="stage", **by())


def test_a_relation_is_given_another_target() -> None:
    one, two, three = entity("A"), entity("B"), entity("C")
    made = claim(one, "supplies", target=two)
    changed = services.change_claim(made.pk, expected_version=1, target=three, **by())
    assert Claim.objects.get(pk=made.pk).target == three
    with pytest.raises(services.Conflict) as conflict:
        services.change_claim(made.pk, expected_version=1, target=two, **by())
    assert conflict.value.fields == {"target": (two.pk, three.pk)}
    assert changed.version == 2


# Sources


def test_a_source_raises_the_status() -> None:
    made = claim()
    facts.page(made)
    assert Claim.objects.get(pk=made.pk).status == "ALLEGED"
    facts.act(made)
    assert Claim.objects.get(pk=made.pk).status == "DOCUMENTED"


def test_the_same_source_is_kept_once() -> None:
    made = claim()
    one = facts.act(made)
    assert facts.act(made) == one
    assert facts.act(made, record_id="83-2025-009") != one
    assert made.evidence.count() == 2


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "rumour"},
        {"kind": "register", "register": "nowhere", "record_id": "1"},
        {"kind": "register", "register": "raa"},
        {"kind": "url"},
        {"kind": "url", "url": "ftp://exemple.fr"},
        {"kind": "reference"},
        {"kind": "file"},
        {"kind": "document", "document": "0" * 64},
        {"kind": "document", "document": "nonsense"},
        {"kind": "document", "quote": "q-0000000000"},
        {"kind": "register", "register": "raa", "record_id": "1", "stance": "DANCES"},
        {"kind": "reference", "publication": "Revue", "dated_text": "jadis"},
    ],
)
def test_a_source_that_leads_nowhere_is_refused(given: dict[str, Any]) -> None:
    made = claim()
    with pytest.raises(Refused):
        services.add_evidence(made, **given, **by())
    assert not Evidence.objects.exists()


def test_a_quote_brings_its_document_page_and_words() -> None:
    _, sha256 = facts.document()
    made = claim()
    found = facts.passage(made, sha256)
    assert (found.document, found.page, found.quote_text) == (sha256, 1, facts.SENTENCE)
    with pytest.raises(Refused):
        services.add_evidence(made, kind="document", document="1" * 64, quote=found.quote, **by())
    plain = services.add_evidence(made, kind="document", document=sha256, page=1, **by())
    assert plain.pk != found.pk


def test_the_quoted_copy_of_a_page_documents() -> None:
    _, sha256 = facts.document()
    made = claim()
    quote = facts.passage(made, sha256).quote
    other = claim()
    facts.page(other, quote=quote)
    assert Claim.objects.get(pk=other.pk).status == "DOCUMENTED"
    assert other.evidence.get().archived == sha256


def test_a_second_reader_verifies_and_a_rejection_lowers() -> None:
    made = claim()
    found = facts.act(made)
    services.check_evidence(found.pk, actor=marianne(), now=NOW, verdict="CONFIRMS")
    assert Claim.objects.get(pk=made.pk).status == "DOCUMENTED"
    services.check_evidence(found.pk, actor=noor(), now=NOW, verdict="CONFIRMS")
    assert Claim.objects.get(pk=made.pk).status == "VERIFIED"
    services.check_evidence(found.pk, actor=noor(), now=LATER, verdict="REJECTS", note="non")
    assert Claim.objects.get(pk=made.pk).status == "ALLEGED"
    assert found.checks.count() == 2
    with pytest.raises(Refused):
        services.check_evidence(found.pk, actor=noor(), now=NOW, verdict="PERHAPS")


def test_a_source_is_taken_away() -> None:
    made = claim()
    found = facts.act(made)
    services.remove_evidence(found.pk, **by())
    services.remove_evidence(found.pk, **by())
    assert Claim.objects.get(pk=made.pk).status == "ALLEGED"


# One act


def test_an_act_of_many_rows_is_one_change() -> None:
    with services.recording(actor=marianne(), now=NOW, verb="import", reason="liste") as act:
        ends = [entity(f"Société {n}", identifiers=[("wikidata", f"Q{n + 1}")]) for n in range(20)]
        assert entity("Encore", identifiers=[("wikidata", "Q3")]) == ends[2]
        claims = [claim(a, "supplies", target=b) for a, b in pairwise(ends)]
        for each in claims:
            assert facts.act(each) == facts.act(each)
        services.add_name(ends[0], text="Autre", **by())
        services.add_name(ends[0], text="Autre", **by())
    assert Change.objects.get().verb == act.change.verb == "import"
    assert (Entity.objects.count(), Claim.objects.count(), Evidence.objects.count()) == (20, 19, 19)
    assert set(Claim.objects.values_list("status", flat=True)) == {"DOCUMENTED"}
    assert Name.objects.filter(text="Autre").count() == 1
    assert ChangeLine.objects.filter(field="+").count() == 20 + 21 + 20 + 19 + 19


def test_an_act_that_fails_leaves_nothing() -> None:
    def fail() -> None:
        with services.recording(actor=marianne(), now=NOW, verb="import"):
            made = entity("A")
            facts.act(claim(made, "address", value="rue"))
            claim(made, "colour", value="red")

    with pytest.raises(Refused):
        fail()
    assert not Entity.objects.exists()
    assert not Change.objects.exists()
    assert not Identifier.objects.exists()


def test_copies_of_a_row_in_one_act_keep_what_each_changed() -> None:
    made = claim(from_text="2018")
    with services.recording(actor=marianne(), now=NOW, verb="import"):
        one = services.change_claim(made.pk, expected_version=1, value=15, **by())
        facts.act(made)
        services.submit([made.pk], **by())
        assert one.version == 2
    made = Claim.objects.get(pk=made.pk)
    assert (made.value, made.from_text, made.state, made.version) == (15, "2018", "IN_REVIEW", 2)


def test_an_act_goes_on_when_it_was_written_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("contrechamp.census.services.recording"), "FULL", 5)
    with services.recording(actor=marianne(), now=NOW, verb="import"):
        made = entity("A")
        first = claim(made, "address", value="rue")
        for number in range(9):
            facts.act(first, record_id=str(number))
        services.rename_entity(made, name="B", **by())
    assert Claim.objects.get().status == "DOCUMENTED"
    assert (Evidence.objects.count(), Entity.objects.get().name) == (9, "B")
    assert Change.objects.count() == 1


# Who sees what


def test_a_member_sees_what_is_shared_and_their_own() -> None:
    mine, theirs = claim(), claim(actor=noor())
    held = entity("Jean Exemple", person_hold=True, actor=noor())
    assert list(queries.claims_visible_to(marianne())) == [mine]
    assert set(queries.claims_visible_to(amina())) == {mine, theirs}
    assert held not in queries.entities_visible_to(marianne())
    assert held in queries.entities_visible_to(noor())
    assert list(queries.entities_held(amina())) == [held]
    services.submit([theirs.pk], actor=noor(), now=NOW)
    assert set(queries.claims_visible_to(marianne())) == {mine, theirs}
    assert queries.find_claim(theirs.pk, marianne()) == theirs
    assert list(queries.drafts_of(marianne())) == [mine]
    assert not queries.claims_visible_to(None).exists()
    assert not queries.entities_visible_to(None).exists()
    found = facts.act(mine)
    assert queries.find_evidence(found.pk, marianne()) == found
    assert queries.find_evidence(found.pk, noor()) is None


def test_records_are_found_by_beginning_number_and_id() -> None:
    nice = entity("Ville de Nice", type_="authority", identifiers=[("siren", NICE)])
    cannes = entity("Cannes, ville de congrès", type_="authority")
    assert queries.search_entities("ville", marianne()) == [nice, cannes]
    assert queries.search_entities("210 600 888", marianne()) == [nice]
    assert queries.search_entities(nice.pk, marianne()) == [nice]
    assert queries.search_entities("ville", marianne(), kinds=["project"]) == []
    assert queries.search_entities("…", marianne()) == []
    assert list(queries.named("VILLE DE NICE")) == [nice]
    assert queries.find_named(f"siren:{NICE}") == queries.find_named("ville de nice") == nice
    with pytest.raises(Refused):
        queries.find_named("Vannes")
    entity("Ville de Nice")
    with pytest.raises(Refused) as refused:
        queries.find_named("Ville de Nice")
    assert nice.pk in str(refused.value)
    assert queries.find_entity("act-0000000000") is None


def test_what_can_be_said_of_a_record() -> None:
    assert "stage" in queries.properties_for("project")
    assert "holds_office" not in queries.properties_for("actor", "company")
    assert "holds_office" in queries.properties_for("actor", "person_in_office")
