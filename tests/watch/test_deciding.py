"""From a finding in the review room to what visitors get, and back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User
from contrechamp.census.models import Claim
from contrechamp.kernel.errors import Refused
from contrechamp.watch import services
from contrechamp.watch.models import Found, PublicAct, Verdict
from tests import make
from tests.watch import invented

NOW = datetime(2025, 3, 10, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(gazetteer: None) -> User:
    return make.user("lectrice", Role.EDITOR)


@pytest.fixture
def second() -> User:
    return make.user("relecteur", Role.EDITOR)


def published(*findings: dict[str, object], first: User, second: User) -> list[str]:
    services.take_in(findings, now=NOW)
    ids = [str(each["id"]) for each in findings]
    accepted = services.accept(ids, actor=first, now=NOW)
    assert accepted.refused == []
    done = services.publish(ids, reviewer=second, now=NOW)
    assert done.refused == []
    return ids


def test_taking_findings_in_twice_adds_nothing() -> None:
    findings = [invented.video(), invented.shop(), invented.contract()]
    assert services.take_in(findings, now=NOW).new == 3
    again = services.take_in(findings, now=NOW)
    assert (again.new, again.known, again.changed) == (0, 3, 0)


def test_a_newer_reading_replaces_what_nobody_has_decided(first: User) -> None:
    services.take_in([invented.video(1), invented.video(5)], now=NOW)
    services.reject([invented.video(5)["id"]], actor=first, now=NOW, reason="duplicate")
    newer = [invented.video(n, retention_days=15) for n in (1, 5)]
    assert services.take_in(newer, now=NOW).changed == 1
    assert Found.objects.get(pk=newer[0]["id"]).data["retention_days"] == 15
    assert Found.objects.get(pk=newer[1]["id"]).data["retention_days"] == 30


def test_two_people_read_before_anything_is_public(first: User, second: User) -> None:
    finding = invented.video()
    services.take_in([finding], now=NOW)
    services.accept([finding["id"]], actor=first, now=NOW)
    assert not PublicAct.objects.exists()
    assert services.publish([finding["id"]], reviewer=first, now=NOW).refused
    assert not PublicAct.objects.exists()
    assert services.publish([finding["id"]], reviewer=second, now=NOW).done == [finding["id"]]
    act = PublicAct.objects.get()
    assert act.cameras == 4
    assert act.last_day is not None
    assert act.last_day.isoformat() == "2025-05-05"
    assert {"commune:83137", "departement:83"} <= {place.territory for place in act.places.all()}


def test_its_facts_are_public_with_the_words_that_prove_them(first: User, second: User) -> None:
    published(invented.video(), first=first, second=second)
    claims = {claim.property: claim for claim in Claim.objects.all()}
    assert {"uses_technology", "located_in", "cameras_authorised", "retention_days"} <= set(claims)
    assert all(claim.published_as for claim in claims.values())
    proof = claims["cameras_authorised"].evidence.get()
    assert proof.register == "raa"
    assert proof.record_id == "83-2025-03-01-00007"
    assert proof.quote_text == "composé de 3 caméras intérieures et de 1 caméra extérieure"


def test_a_small_shop_is_named_nowhere(first: User, second: User) -> None:
    published(invented.shop(), first=first, second=second)
    act = PublicAct.objects.get()
    shown = json.dumps([act.title, act.title_en, act.data], ensure_ascii=False)
    assert "Tournebride" not in shown
    assert "boulangerie" in act.title
    assert "bakery" in act.title_en
    assert set(act.data["evidence"]) == {"retention_days"}
    stored = json.dumps(list(Claim.objects.values("value", "subject__name")), ensure_ascii=False)
    quotes = json.dumps(list(Claim.objects.values_list("evidence__quote_text")), ensure_ascii=False)
    assert "Tournebride" not in stored + quotes


def test_shops_of_a_commune_share_one_project(first: User, second: User) -> None:
    ids = published(
        invented.shop(2), invented.shop(8, "Mercerie Fil d'Or"), first=first, second=second
    )
    assert Found.objects.filter(pk__in=ids).values("project").distinct().count() == 1


def test_a_contract_makes_a_contract_with_buyer_and_supplier(first: User, second: User) -> None:
    published(invented.contract(), first=first, second=second)
    properties = sorted(Claim.objects.values_list("property", flat=True))
    assert {"awarded_to", "buyer_of", "budget", "object", "cpv"} <= set(properties)
    assert PublicAct.objects.get().companies.get().siren == "552081317"


def test_a_decision_is_undone_in_one_go(first: User) -> None:
    ids = [invented.video(n)["id"] for n in (1, 5, 6)]
    services.take_in([invented.video(n) for n in (1, 5, 6)], now=NOW)
    accepted = services.accept(ids, actor=first, now=NOW)
    services.undo(accepted.act, actor=first, now=NOW)
    assert set(Found.objects.values_list("state", flat=True)) == {"WAITING"}
    assert set(Claim.objects.values_list("state", flat=True)) == {"WITHDRAWN"}
    rejected = services.reject(ids, actor=first, now=NOW, reason="other", note="essai")
    services.undo(rejected.act, actor=first, now=NOW)
    assert set(Found.objects.values_list("state", flat=True)) == {"WAITING"}
    assert Verdict.objects.filter(undone_at=None).count() == 0


def test_what_is_published_is_withdrawn_with_a_reason(first: User, second: User) -> None:
    (found,) = published(invented.video(), first=first, second=second)
    assert services.withdraw([found], actor=second, now=NOW, note="mal lue").done == [found]
    act = PublicAct.objects.get()
    assert act.withdrawn_at == NOW
    assert (act.title, act.data) == ("", {})
    assert not act.places.exists()


def test_a_correction_shows_in_what_is_published(first: User, second: User) -> None:
    finding = invented.video()
    services.take_in([finding], now=NOW)
    services.correct(finding["id"], {"retention_days": 15}, actor=first, now=NOW)
    services.accept([finding["id"]], actor=first, now=NOW)
    services.publish([finding["id"]], reviewer=second, now=NOW)
    assert PublicAct.objects.get().data["retention_days"] == 15
    assert Claim.objects.get(property="retention_days").value == 15


def test_a_measure_is_published_without_facts(first: User, second: User) -> None:
    ban = invented.flight(9, technology="demonstration_ban", decision="ban", operator=None)
    published(ban, first=first, second=second)
    assert not Claim.objects.exists()
    act = PublicAct.objects.get()
    assert act.sort == "measure"
    assert act.event_on is not None


def test_a_rejection_needs_a_reason_that_is_known(first: User) -> None:
    services.take_in([invented.video()], now=NOW)
    with pytest.raises(Refused):
        services.reject([invented.video()["id"]], actor=first, now=NOW, reason="bof")


def test_a_tax_is_said_in_the_words_of_the_census(first: User, second: User) -> None:
    deal = replace(invented.deal("Extension de la vidéoprotection"), tax="HT")
    published(invented.contract(contract=deal), first=first, second=second)
    assert Claim.objects.get(property="budget").tax == "excl"
