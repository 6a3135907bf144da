"""A citation leads to what was published then, for ever."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contrechamp.census import published, services
from contrechamp.census.models import Claim
from tests.census import facts
from tests.people import Person

AGAIN = facts.NOW + timedelta(days=30)
LATER = facts.NOW + timedelta(days=60)
IDENTIFIER = re.compile(r"\b[a-z]{3}-[0-9a-z]{10}\b")
"""Drawn by chance: it may hold the digits of any number."""


def corrected(claim: Claim, value: Any, at: datetime) -> None:
    claim.refresh_from_db()
    services.change_claim(
        claim.pk,
        expected_version=claim.version,
        value=value,
        reason="relu",
        actor=facts.marianne(),
        now=at,
    )
    services.submit([claim.pk], actor=facts.marianne(), now=at)
    report = services.publish([claim.pk], reviewer=facts.amina(), now=at)
    assert report.published == [claim.pk]


@pytest.fixture
def claim(db: None) -> Claim:
    project = facts.project(name="Caméras de Nice")
    [claim] = facts.published(facts.claim(project, "cameras_count", value=42))
    corrected(claim, 50, AGAIN)
    claim.refresh_from_db()
    return claim


def at(moment: datetime) -> str:
    return published.moment_of(moment)


def test_a_record_is_read_as_it_was_and_as_it_is(claim: Claim) -> None:
    visitor = Person()
    url = f"/projet/{claim.subject_id}"
    then = json.loads(visitor.opens(f"{url}/historique/{at(facts.NOW)}.json").content)
    now = json.loads(visitor.opens(f"{url}/historique/{at(AGAIN)}.json").content)

    assert (then["version"], then["facts"][0]["value"]) == (1, 42)
    assert (now["version"], now["facts"][0]["value"]) == (2, 50)
    assert "evidence" not in then["facts"][0]
    assert now["facts"][0]["evidence"]


def test_the_page_of_a_state_says_that_it_has_changed(claim: Claim) -> None:
    visitor = Person()
    url = f"/projet/{claim.subject_id}/historique"
    old, new = visitor.opens(f"{url}/{at(facts.NOW)}"), visitor.opens(f"{url}/{at(AGAIN)}")
    assert "42" in old.text
    assert "Il a changé depuis." in old.text
    assert "Rien n'a changé depuis." in new.text


def test_the_citation_names_the_address_of_the_state(claim: Claim) -> None:
    visitor = Person()
    cited = visitor.opens(f"/citer/csl/projet/{claim.subject_id}").content
    address = json.loads(cited)[0]["URL"].removeprefix("http://testserver")
    assert address == f"/projet/{claim.subject_id}/historique/{at(AGAIN)}"
    assert visitor.opens(address).status == 200

    corrected(claim, 60, LATER)
    kept = visitor.opens(address)
    said = IDENTIFIER.sub("", kept.text)
    assert "50" in said
    assert "60" not in said.partition('id="page-tools-title"')[0].partition("<main")[2]


def test_a_moment_between_leads_to_the_state_that_held(claim: Claim) -> None:
    url = f"/projet/{claim.subject_id}/historique"
    answer = Person().opens(f"{url}/{at(facts.NOW + timedelta(days=3))}")
    assert answer.status == 301
    assert answer.location == f"{url}/{at(facts.NOW)}"


@pytest.mark.parametrize("moment", ["20200101T000000Z", "20261399T000000Z", "00000000T000000Z"])
def test_before_it_was_public_there_is_nothing(claim: Claim, moment: str) -> None:
    answer = Person().opens(f"/projet/{claim.subject_id}/historique/{moment}")
    never = Person().opens("/projet/prj-0000000000")
    assert (answer.status, answer.content) == (404, never.content)


def test_a_fact_is_read_as_it_was(claim: Claim) -> None:
    url = f"/fait/{claim.pk}/historique"
    then = json.loads(Person().opens(f"{url}/{at(facts.NOW)}.json").content)
    assert (then["version"], then["value"]) == (1, 42)
    assert Person().opens(f"{url}/{at(AGAIN)}").status == 200


def test_what_was_withdrawn_comes_back_in_no_state(claim: Claim) -> None:
    other = facts.claim(claim.subject, "retention_days", value=31)
    facts.published(other)
    services.withdraw([other.pk], reason="Erreur.", actor=facts.amina(), now=LATER)
    for moment in (facts.NOW, AGAIN, LATER):
        answer = Person().opens(f"/projet/{claim.subject_id}/historique/{at(moment)}.json")
        if answer.status == 200:
            assert other.pk not in answer.text
    assert Person().opens(f"/fait/{other.pk}/historique/{at(facts.NOW)}").status == 404


def test_a_merged_record_leads_to_what_it_became(claim: Claim) -> None:
    other = facts.project(name="Autre")
    facts.published(facts.claim(other))
    services.merge(claim.subject, other, actor=facts.amina(), now=LATER, reason="la même")
    answer = Person().opens(f"/projet/{other.pk}/historique/{at(facts.NOW)}")
    assert answer.status == 301
    assert answer.location.endswith(f"/historique/{at(facts.NOW)}")


def test_a_rebuild_changes_no_state(claim: Claim) -> None:
    address = f"/projet/{claim.subject_id}/historique/{at(facts.NOW)}.json"
    before = Person().opens(address).content
    services.rebuild_published(now=LATER)
    assert Person().opens(address).content == before


def test_a_moment_is_read_to_the_second() -> None:
    moment = datetime(2026, 3, 2, 10, 30, 0, 999_999, tzinfo=UTC)
    assert published.read_moment(published.moment_of(moment)) == datetime(
        2026, 3, 2, 10, 30, 1, tzinfo=UTC
    )
    assert published.read_moment("99991231T235959Z") is None
