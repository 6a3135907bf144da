"""Review: a second person, a source, and what visitors then get."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as house
from pytest_django import Settings

from contrechamp.census import plug, published, queries, services, tasks
from contrechamp.census.models import (
    Claim,
    Entity,
    ImportRun,
    Published,
    PublishedChange,
    PublishedFact,
    State,
)
from contrechamp.documents import services as documents
from contrechamp.documents.models import Quote
from contrechamp.foundation import jobs
from contrechamp.foundation.signals import public_changed
from contrechamp.kernel.errors import Refused
from tests import observatory
from tests.census import facts
from tests.census.facts import LATER, NOW, amina, claim, entity, io, marianne, noor, project

pytestmark = pytest.mark.django_db


def submitted(**more: Any) -> Claim:
    made = claim(**more)
    facts.act(made)
    services.submit([made.pk], actor=marianne(), now=NOW)
    return made


def publish(*claims: Claim, **more: Any) -> services.PublishReport:
    given: dict[str, Any] = {"reviewer": amina(), "now": NOW} | more
    return services.publish([each.pk for each in claims], **given)


def why(report: services.PublishReport) -> str:
    assert report.published == []
    return report.refused[0][1]


# Four eyes


def test_a_fact_is_published_by_a_second_person_with_its_records() -> None:
    one, other = entity("A"), entity("B")
    made = claim(one, "supplies", target=other, from_text="2018", attributes={"product": "X"})
    facts.act(made)
    services.submit([made.pk], actor=marianne(), now=NOW)
    assert publish(made).published == [made.pk]

    fact = published.get_fact(made.pk)
    assert (fact.subject.name, fact.label, fact.value_text) == ("A", "fournit", "B")
    assert (fact.backward_label, fact.dates_text) == ("a pour fournisseur", "2018")
    assert (fact.status, fact.is_relation, fact.claim) == ("DOCUMENTED", True, made.pk)
    assert fact.reviewed_by == "amina"
    assert not fact.is_read_alone
    assert published.facts_of(one.pk) == published.facts_about(other.pk) == [fact]
    assert published.get_record(one.pk).counts == {"facts": 1, "DOCUMENTED": 1}
    assert Claim.objects.get(pk=made.pk).state == State.PUBLISHED


def test_nobody_reviews_what_they_wrote() -> None:
    mine = claim(actor=amina())
    facts.act(mine, actor=amina())
    services.submit([mine.pk], actor=amina(), now=NOW)
    assert "de vous" in why(publish(mine))
    assert publish(mine, reviewer=io()).published == [mine.pk]


def test_nor_what_they_found_the_source_of() -> None:
    made = claim()
    facts.act(made, actor=amina())
    services.submit([made.pk], actor=marianne(), now=NOW)
    assert "de vous" in why(publish(made))


def test_nor_the_record_that_it_would_publish() -> None:
    made = claim(project(actor=amina()))
    facts.act(made)
    services.submit([made.pk], actor=marianne(), now=NOW)
    assert "fiche" in why(publish(made))


def test_a_place_of_the_gazetteer_is_written_by_nobody() -> None:
    observatory.territories()
    town = services.ensure_place("commune:06088", actor=amina(), now=NOW)
    made = claim(project(), "located_in", target=town)
    facts.act(made)
    services.submit([made.pk], actor=marianne(), now=NOW)
    assert publish(made).published == [made.pk]


def test_but_a_place_that_somebody_renamed_is_theirs() -> None:
    observatory.territories()
    town = services.ensure_place("commune:06088", actor=marianne(), now=NOW)
    services.rename_entity(town, name="Nice la Belle", actor=amina(), now=NOW)
    made = claim(project(), "located_in", target=town)
    facts.act(made)
    services.submit([made.pk], actor=marianne(), now=NOW)
    assert "fiche" in why(publish(made))


def test_one_person_alone_may_where_the_observatory_says_so(settings: Settings) -> None:
    settings.CONTRECHAMP = replace(house.CONTRECHAMP, reviewers=1)
    mine = claim(project(actor=amina()), actor=amina())
    facts.act(mine, actor=amina())
    services.submit([mine.pk], actor=amina(), now=NOW)
    assert publish(mine).published == [mine.pk]
    assert published.get_fact(mine.pk).is_read_alone
    assert published.get_record(mine.subject_id).is_read_alone


def test_a_member_does_not_review() -> None:
    made = submitted()
    for act in (
        lambda: publish(made, reviewer=noor()),
        lambda: services.return_to_author([made.pk], reviewer=noor(), now=NOW, reason="x"),
        lambda: services.withdraw_entity(made.subject, actor=noor(), now=NOW, reason="x"),
        lambda: services.publish_entities([made.subject_id], reviewer=noor(), now=NOW),
    ):
        with pytest.raises(Refused):
            act()


# The gate


def test_what_may_not_be_published_says_why() -> None:
    draft, private, bare, lost, rumour = (claim() for _ in range(5))
    private = claim(is_private=True)
    for made in (draft, private):
        facts.act(made)
    services.add_evidence(lost, kind="file", file_name="a.pdf", actor=marianne(), now=NOW)
    facts.page(rumour)
    services.submit([each.pk for each in (private, bare, lost, rumour)], actor=marianne(), now=NOW)
    reasons = {
        draft: "brouillon",
        private: "privé",
        bare: "Aucune source",
        lost: "fichier",
        rumour: "allégué",
    }
    report = publish(*reasons)
    assert report.published == []
    for (key, sentence), (made, word) in zip(report.refused, reasons.items(), strict=True):
        assert key == made.pk
        assert word in sentence
    assert services.publish(["clm-0000000000"], reviewer=amina(), now=NOW).refused
    assert not Published.objects.exists()


def test_what_is_alleged_is_published_with_the_word() -> None:
    made = claim()
    facts.page(made)
    services.submit([made.pk], actor=marianne(), now=NOW)
    assert publish(made, as_alleged=True).published == [made.pk]
    assert published.get_fact(made.pk).status == "ALLEGED"


def test_a_tick_does_not_outlive_what_it_was_given_for() -> None:
    made = facts.published(claim())[0]
    services.check_evidence(made.evidence.get().pk, actor=amina(), now=LATER, verdict="REJECTS")
    assert published.find_fact(made.pk) is None


def test_held_withdrawn_and_office_less_records_hold_their_facts_back() -> None:
    person = entity("Jean Exemple", person_hold=True)
    gone = entity("B")
    services.withdraw_entity(gone, actor=amina(), now=NOW, reason="erreur")
    office = entity("Le maire", type_="person_in_office")
    claims = [
        claim(person, "address", value="rue"),
        claim(gone, "address", value="rue"),
        claim(
            office,
            "holds_office",
            target=entity("Ville", type_="authority"),
            attributes={"title": "maire"},
        ),
    ]
    for made in claims[:2]:
        facts.act(made)
    facts.page(claims[2])
    services.submit([each.pk for each in claims], actor=marianne(), now=NOW)
    report = publish(*claims, as_alleged=True)
    assert [key for key, _ in report.refused] == [each.pk for each in claims]
    facts.act(claims[2])
    assert publish(claims[2]).published == [claims[2].pk]


def test_a_decision_about_a_name_releases_it_or_keeps_it_out() -> None:
    firm, person = entity("Martin", person_hold=True), entity("Jean Martin", person_hold=True)
    decide: dict[str, Any] = {"actor": amina(), "now": NOW, "reason": "vu"}
    services.decide_person_hold(firm, is_private_person=False, **decide)
    services.decide_person_hold(person, is_private_person=True, **decide)
    assert list(queries.entities_held(amina())) == []
    facts.published(claim(Entity.objects.get(pk=firm.pk), "address", value="rue"))
    assert published.find_record(firm.pk)
    services.decide_person_hold(firm, is_private_person=True, **decide)
    assert published.find_record(firm.pk) is None


# Documents


def test_a_published_fact_shows_its_quote() -> None:
    _, sha256 = facts.document()
    made = claim()
    found = facts.passage(made, sha256)
    assert not Quote.objects.get(pk=found.quote).is_public
    facts.published(made)
    assert Quote.objects.get(pk=found.quote).is_public
    proof = published.get_fact(made.pk).proof
    assert proof is not None
    assert proof.url == f"/documents/{sha256}/page/1#{found.quote}"
    assert [fact.id for fact in published.facts_citing(sha256)] == [made.pk]
    (use,) = plug.quote_uses([found.quote])
    assert (use.quote, use.url) == (found.quote, f"/fait/{made.pk}")
    services.withdraw([made.pk], actor=amina(), now=LATER, reason="faux")
    assert not Quote.objects.get(pk=found.quote).is_public
    assert plug.quote_uses([found.quote]) == []


def test_a_quote_stays_public_while_another_fact_rests_on_it() -> None:
    _, sha256 = facts.document()
    one, other = claim(), claim(property_="cameras_count")
    found = facts.passage(one, sha256)
    facts.passage(other, sha256)
    facts.published(one, other)
    services.withdraw([one.pk], actor=amina(), now=LATER, reason="faux")
    assert Quote.objects.get(pk=found.quote).is_public


def test_a_private_document_proves_nothing_to_visitors() -> None:
    made = claim()
    facts.passage(made, facts.document(is_public=False)[1])
    services.submit([made.pk], actor=marianne(), now=NOW)
    assert Claim.objects.get(pk=made.pk).status == "DOCUMENTED"
    assert "Aucune source" in why(publish(made))
    facts.page(made)
    assert publish(made, as_alleged=True).published == [made.pk]
    fact = published.get_fact(made.pk)
    assert (fact.status, [proof.kind for proof in fact.evidence]) == ("ALLEGED", ["url"])


def test_facts_follow_their_document() -> None:
    document, sha256 = facts.document(is_public=False)
    made = claim()
    facts.passage(made, sha256)
    facts.page(made)
    services.submit([made.pk], actor=marianne(), now=NOW)
    publish(made, as_alleged=True)
    seen = published.get_fact(made.pk)

    documents.publish_document(document, reviewer=amina(), now=LATER)
    assert published.get_fact(made.pk).status == "DOCUMENTED"
    documents.withdraw_document(document, actor=amina(), now=LATER, reason="erreur")
    assert published.get_fact(made.pk) == seen


def test_a_fact_leaves_with_its_only_document() -> None:
    document, sha256 = facts.document()
    made = claim()
    facts.passage(made, sha256)
    facts.published(made)
    documents.withdraw_document(document, actor=amina(), now=LATER, reason="erreur")
    assert published.find_fact(made.pk) is None
    assert not Published.objects.exists()


# After publication


def test_a_change_waits_for_a_reviewer_and_the_old_text_stays() -> None:
    made = facts.published(claim())[0]
    services.change_claim(
        made.pk, expected_version=made.version, value=15, actor=noor(), now=LATER, reason="relu"
    )
    assert published.get_fact(made.pk).value == 30
    assert [each.pk for each in queries.review_inbox(amina())] == [made.pk]
    publish(made, now=LATER, reason="en effet")
    assert published.get_fact(made.pk).value == 15
    news = published.changes_of_fact(made.pk)
    assert [(each.what, each.by, each.reason) for each in news] == [
        ("changed", "amina", "en effet"),
        ("published", "amina", ""),
    ]
    assert news[0].before is not None
    assert news[0].after is not None
    assert (news[0].before["value"], news[0].after["value"]) == (30, 15)
    assert published.get_record(made.subject_id).version == 2


def test_a_new_source_waits_too() -> None:
    made = facts.published(claim())[0]
    facts.act(made, record_id="autre", actor=noor())
    assert len(published.get_fact(made.pk).evidence) == 1
    publish(made, now=LATER)
    assert len(published.get_fact(made.pk).evidence) == 2


def test_a_member_rejects_to_review_and_an_editor_at_once() -> None:
    made = facts.published(claim())[0]
    found = made.evidence.get()
    services.check_evidence(found.pk, actor=noor(), now=LATER, verdict="REJECTS")
    assert published.get_fact(made.pk).status == "DOCUMENTED"
    assert Claim.objects.get(pk=made.pk).state == State.IN_REVIEW
    services.check_evidence(found.pk, actor=io(), now=LATER, verdict="REJECTS")
    assert published.find_fact(made.pk) is None


def test_a_second_reader_is_seen() -> None:
    made = facts.published(claim())[0]
    services.check_evidence(made.evidence.get().pk, actor=noor(), now=LATER, verdict="CONFIRMS")
    fact = published.get_fact(made.pk)
    assert (fact.status, fact.evidence[0].readers) == ("VERIFIED", 2)


def test_a_new_name_waits_for_a_reviewer() -> None:
    made = facts.published(claim(project("Essai")))[0]
    services.rename_entity(made.subject, name="Essai 2", actor=noor(), now=LATER)
    assert published.get_record(made.subject_id).name == "Essai"
    assert [each.name for each in queries.entities_waiting(amina())] == ["Essai 2"]
    services.publish_entities([made.subject_id], reviewer=amina(), now=LATER)
    assert published.get_record(made.subject_id).name == "Essai 2"
    assert published.get_fact(made.pk).subject.name == "Essai 2"
    assert published.changes_of(made.subject_id)[0].what == "changed"


def test_who_renamed_does_not_accept_it() -> None:
    made = facts.published(claim())[0]
    services.rename_entity(made.subject, name="B", actor=amina(), now=LATER)
    report = services.publish_entities([made.subject_id], reviewer=amina(), now=LATER)
    assert report.refused
    report = services.publish_entities(["prj-0000000000"], reviewer=amina(), now=LATER)
    assert report.refused
    held = entity("X", person_hold=True)
    assert services.publish_entities([held.pk], reviewer=amina(), now=LATER).refused


def test_a_record_without_a_fact_is_not_public() -> None:
    made = entity("A")
    assert services.publish_entities([made.pk], reviewer=amina(), now=NOW).published == [made.pk]
    assert published.find_record(made.pk) is None


def test_what_is_withdrawn_was_never_there() -> None:
    keep, gone = facts.published(claim(), claim())
    services.withdraw([gone.pk, gone.pk], actor=amina(), now=LATER, reason="faux")
    assert services.withdraw([gone.pk], actor=amina(), now=LATER, reason="faux") == []
    assert published.find_fact(gone.pk) is None
    assert published.find_record(gone.subject_id) is None
    assert published.changes_of_fact(gone.pk) == []
    assert published.find_fact(keep.pk)
    assert "retiré" in why(publish(gone))
    with pytest.raises(Refused):
        services.change_claim(
            gone.pk,
            expected_version=Claim.objects.get(pk=gone.pk).version,
            value=1,
            actor=noor(),
            now=LATER,
        )


def test_a_withdrawal_may_be_told_without_what_it_said() -> None:
    subject = project()
    keep, gone = facts.published(claim(subject), claim(subject, "cameras_count", value=424242))
    services.withdraw([gone.pk], actor=amina(), now=LATER, reason="Erreur de lecture", tell=True)
    (news, *_) = published.changes_of(subject.pk)
    assert (news.what, news.reason, news.title) == (
        "withdrawn",
        "Erreur de lecture",
        "nombre de caméras",
    )
    assert news.url == f"/projet/{subject.pk}"
    assert "424242" not in repr(list(PublishedChange.objects.values()))
    assert published.find_fact(keep.pk)


def test_a_member_withdraws_only_their_draft() -> None:
    mine = claim()
    assert services.withdraw([mine.pk], actor=marianne(), now=NOW, reason="x") == [mine.pk]
    other = facts.published(claim())[0]
    for person in (marianne(), noor()):
        with pytest.raises(Refused):
            services.withdraw([other.pk], actor=person, now=NOW, reason="x")


def test_a_public_source_is_taken_by_an_editor() -> None:
    made = facts.published(claim())[0]
    found = made.evidence.get()
    with pytest.raises(Refused):
        services.remove_evidence(found.pk, actor=marianne(), now=LATER)
    services.remove_evidence(found.pk, actor=amina(), now=LATER)
    assert published.find_fact(made.pk) is None


def test_what_becomes_private_leaves_at_once() -> None:
    made = facts.published(claim())[0]
    services.change_claim(
        made.pk, expected_version=made.version, is_private=True, actor=noor(), now=LATER
    )
    assert published.find_fact(made.pk) is None


def test_a_claim_goes_back_with_the_reason() -> None:
    made = submitted()
    with pytest.raises(Refused):
        services.return_to_author([made.pk], reviewer=amina(), now=NOW, reason=" ")
    services.return_to_author([made.pk], reviewer=amina(), now=NOW, reason="quelle page ?")
    made = Claim.objects.get(pk=made.pk)
    assert (made.state, made.review_note) == (State.DRAFT, "quelle page ?")
    assert services.submit([made.pk], actor=marianne(), now=LATER) == [made.pk]
    assert Claim.objects.get(pk=made.pk).review_note == ""


def test_publishing_again_changes_nothing() -> None:
    made = facts.published(claim())[0]
    before = list(PublishedFact.objects.values()), PublishedChange.objects.count()
    assert publish(made, now=LATER).published == [made.pk]
    assert (list(PublishedFact.objects.values()), PublishedChange.objects.count()) == before


# Later


def test_what_is_accepted_for_later_shows_later(django_capture_on_commit_callbacks: Any) -> None:
    made = submitted()
    at = NOW + timedelta(days=3)
    with django_capture_on_commit_callbacks(execute=True):
        report = publish(made, publish_at=at, reason="embargo")
    assert (report.published, report.scheduled) == ([], [made.pk])
    assert published.find_fact(made.pk) is None
    assert list(queries.scheduled()) == [made]
    assert services.publish_due(now=at - timedelta(minutes=1)) == []
    assert services.publish_due(now=at) == [made.pk]
    assert published.get_fact(made.pk).at == at
    assert services.publish_due(now=at) == []
    assert tasks.publish_due.func() == 0
    jobs.run_waiting()


def test_who_changes_it_meanwhile_stops_it() -> None:
    made = submitted()
    publish(made, publish_at=LATER)
    version = Claim.objects.get(pk=made.pk).version
    services.change_claim(made.pk, expected_version=version, value=1, actor=noor(), now=NOW)
    assert services.publish_due(now=LATER) == []


# Imports


def test_what_an_import_brought_is_published_at_once_but_by_another() -> None:
    run = ImportRun.objects.create(kind="carto", dataset="x", sha256="0", by=marianne(), at=NOW)
    with services.recording(actor=marianne(), now=NOW, verb="import", run=run):
        one, two = entity("A"), entity("B")
        good, bad = claim(one, "supplies", target=two), claim(one, "used_by", target=two)
        found = facts.page(good)
    assert found.by_machine
    assert good.run == run
    with pytest.raises(Refused):
        services.publish_run("imp-0000000000", reviewer=amina(), now=NOW)
    assert services.publish_run(run.pk, reviewer=amina(), now=NOW).published == []
    report = services.publish_run(run.pk, reviewer=amina(), now=NOW, as_alleged=True)
    assert report.published == [good.pk]
    assert [key for key, _ in report.refused] == [bad.pk]
    assert published.get_fact(good.pk).evidence[0].readers == 0
    assert dict(queries.run_states(run.pk)) == {"brouillon": 1, "publié": 1}
    assert queries.find_run(run.pk) == run
    assert [each.pk for each in queries.import_runs()] == [run.pk]
    assert list(queries.issues_of(run.pk, "x")) == []
    assert queries.issue_counts(run.pk) == []


# The inbox


def test_the_inbox_is_grouped_by_record_with_what_is_to_be_read() -> None:
    subject = project()
    one = submitted(subject=subject)
    two = submitted(subject=subject, property_="cameras_count")
    ((record, claims),) = queries.inbox_by_record(amina())
    assert record == subject
    assert set(claims) == {one, two}
    assert [each.record_id for each in claims[0].evidence.all()] == ["83-2025-008"]


# News for the rooms above


def test_what_changes_for_visitors_is_said() -> None:
    heard: list[str] = []

    def hear(refs: list[str], **_: Any) -> None:
        heard.extend(refs)

    public_changed.connect(hear)
    try:
        made = claim()
        facts.act(made)
        assert heard == []
        facts.published(made)
    finally:
        public_changed.disconnect(hear)
    assert heard == [f"census:fact:{made.pk}", f"census:entity:{made.subject_id}"]
