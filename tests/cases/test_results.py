"""What judges decide is shown with the project and on timelines, and proposed to editors."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User
from contrechamp.cases import services
from contrechamp.cases.domain.facts import Kind, Outcome
from contrechamp.cases.domain.kinds import ActionKind
from contrechamp.cases.domain.outcomes import Ended, by_kind, by_outcome, crossed, length
from contrechamp.cases.domain.results import Change, outcome_of, results_of
from contrechamp.cases.models import Action, Sequel
from contrechamp.cases.queries import listing
from contrechamp.cases.queries.results import waiting
from contrechamp.census import published as census
from contrechamp.census.models import Claim, Entity
from contrechamp.census.services import publish
from contrechamp.kernel.errors import Refused
from tests import make
from tests.census import facts as claims
from tests.people import Person

from .actions import at, judged, opened, record
from .facts import facts


def project() -> Entity:
    """Return a public project."""
    entity = claims.entity("Caméras de Valbrume", "project", "trial")
    claims.published(claims.claim(entity, "description", value="Une phrase."))
    return entity


def suspended(entity: Entity, *, public: bool = True) -> Action:
    """Return an action about a project, whose judge suspended the act."""
    action = opened(projects=[entity.pk])
    record(action, Kind.CLAIM_FILED, "02-10")
    record(action, Kind.SUSPENSION_ASKED, "02-11")
    record(action, Kind.SUSPENSION_GRANTED, "03-02", number="2600002")
    if public:
        services.set_public(action, is_public=True, now=at("03-03"))
    return action


# What a decision means.


@pytest.mark.parametrize(
    ("lines", "changes"),
    [
        (("SUSPENSION_GRANTED 03-02",), [(Change.SUSPENDED, False)]),
        (("JUDGED 10-05 outcome=WON",), [(Change.ANNULLED, False)]),
        (("JUDGED 10-05 outcome=PARTLY",), [(Change.PARTLY, False)]),
        (("JUDGED 10-05 outcome=LOST",), [(Change.REJECTED, False)]),
        (
            ("SUSPENSION_GRANTED 03-02", "JUDGED 10-05 outcome=LOST"),
            [(Change.SUSPENDED, True), (Change.RESUMED, False)],
        ),
        (
            ("JUDGED 10-05 outcome=LOST", "APPEALED 10-20", "JUDGED 12-05 outcome=WON"),
            [(Change.REJECTED, True), (Change.ANNULLED, False)],
        ),
        (("LIBERTY_RULED 03-02 outcome=WON",), [(Change.STOPPED, False)]),
        (("LIBERTY_RULED 03-02",), []),
        (("PREFECT_REFERRED 03-02",), [(Change.REFERRED, False)]),
        (("ACT_WITHDRAWN 03-02",), [(Change.WITHDRAWN, False)]),
    ],
)
def test_a_decision_means_something_for_what_was_attacked(
    lines: tuple[str, ...], changes: list[tuple[Change, bool]]
) -> None:
    found = results_of(facts("PUBLISHED 01-15", "CLAIM_FILED 02-10", *lines))
    assert [(each.change, each.is_over) for each in found] == changes


@pytest.mark.parametrize(
    ("kind", "lines", "outcome"),
    [
        (ActionKind.ANNULMENT, ("JUDGED 10-05 outcome=PARTLY",), "PARTLY"),
        (ActionKind.ANNULMENT, ("JUDGED 10-05 outcome=WON", "SETTLED 11-01"), "SETTLED"),
        (ActionKind.LIBERTY, ("LIBERTY_RULED 03-02 outcome=LOST",), "LOST"),
        (ActionKind.GRACIEUX, ("ACT_WITHDRAWN 03-02",), "WON"),
        (ActionKind.ANNULMENT, ("ACT_WITHDRAWN 03-02",), ""),
        (ActionKind.PREFECT, ("PREFECT_REFERRED 03-02",), "WON"),
        (ActionKind.REPORT, ("REPORT_ANSWERED 03-02 what=NOTHING",), "LOST"),
        (ActionKind.REPORT, ("REPORT_ANSWERED 03-02 what=SUSPEND",), "WON"),
        (ActionKind.COMPLAINT, ("COMPLAINT_OUTCOME 03-02 outcome=WON",), "WON"),
        (ActionKind.COMPLAINT, (), ""),
    ],
)
def test_how_an_action_ended_follows_from_its_facts(
    kind: ActionKind, lines: tuple[str, ...], outcome: str
) -> None:
    assert outcome_of(facts(*lines), kind) == outcome


# Figures.


def ended(outcome: str, days: int | None, **fields: Any) -> Ended:
    return Ended(
        kind=fields.pop("kind", "ANNULMENT"),
        technology=fields.pop("technology", "video"),
        outcome=outcome,
        days=days,
        **fields,
    )


def test_figures_cross_kind_and_technology_with_length_and_money() -> None:
    rows = [
        ended("WON", 100, granted=Decimal(1500)),
        ended("LOST", 300, charged=Decimal(500)),
        ended("NO_OBJECT", 200),
        ended("WON", None, technology="drone"),
        ended("WON", 20, kind="LIBERTY", technology="drone"),
    ]
    (video, *rest) = crossed(rows)
    assert (video.kind, video.technology, video.line.total) == ("ANNULMENT", "video", 3)
    assert (video.line.days, video.line.timed) == (200, 3)
    assert (video.line.granted, video.line.charged) == (Decimal(1500), Decimal(500))
    assert {(each.kind, each.technology) for each in rest} == {
        ("ANNULMENT", "drone"),
        ("LIBERTY", "drone"),
    }
    assert all(each.line.days is None for each in rest), "a median of one is that one"
    assert by_outcome(rows) == (("WON", 3), ("LOST", 1), ("NO_OBJECT", 1))
    assert sum(line.total for line in by_kind(rows)) == len(rows)


def test_a_length_is_never_negative() -> None:
    filed, over = at("02-10").date(), at("03-10").date()
    assert (length(filed, over), length(over, filed), length(None, over)) == (28, None, None)


@pytest.mark.django_db
def test_the_figures_read_length_and_money_that_stands_of_public_actions() -> None:
    action = judged(opened(technology="video"))
    by: dict[str, Any] = {"actor": action.author, "now": at("10-06")}
    day = at("10-05").date()
    services.add_cost(action, kind="GRANTED", amount=Decimal(1500), day=day, **by)
    wrong = services.add_cost(action, kind="GRANTED", amount=Decimal(9), day=day, **by)
    services.take_back_row(wrong, reason="erreur", **by)
    assert listing.ended() == []
    services.set_public(action, is_public=True, now=at("10-06"))
    (one,) = listing.ended()
    assert (one.days, one.granted, one.charged) == (217, Decimal(1500), None)
    record(action, Kind.APPEALED, "10-20")
    assert listing.ended() == [], "what is on appeal has not ended"


# Told where the project is.


@pytest.mark.django_db
def test_a_project_shows_what_the_judge_decided_in_public_actions_alone() -> None:
    entity = project()
    action = suspended(entity, public=False)
    url = census.find_records([entity.pk])[entity.pk].url
    assert "Suspendu par le juge" not in Person().opens(url).text
    assert "Suspendu" not in Person().opens(f"/chronologie.json?de={entity.pk}").text
    services.set_public(action, is_public=True, now=at("03-03"))
    page = Person().opens(url).text
    assert "Suspendu par le juge (Tribunal administratif de Toulon)" in page
    timeline = Person().opens(f"/chronologie?de={entity.pk}").text
    assert "Suspendu par le juge" in timeline
    assert f"/actions/{action.pk}" in timeline
    assert "Suspendu par le juge" in Person().opens(f"/chronologie.csv?de={entity.pk}").text
    assert "Suspendu" in Person().opens(f"/chronologie.ics?de={entity.pk}").text
    without = Person().opens(f"/chronologie?de={entity.pk}&couches=1&couche=document").text
    assert "Suspendu par le juge" not in without
    record(action, Kind.JUDGED, "10-05", outcome="LOST")
    page = Person().opens(url).text
    assert "Recours rejeté, la suspension prend fin" in page
    assert "Suspendu par le juge" not in page


@pytest.mark.django_db
def test_a_court_of_which_no_fact_tells_is_read_and_one_taken_back_is_not() -> None:
    entity = project()
    action = opened(projects=[entity.pk])
    by: dict[str, Any] = {"actor": action.author, "now": at("03-03")}
    row = services.add_instance(
        action,
        court="TA de Toulon",
        decided_on=at("03-02").date(),
        result=Outcome.WON,
        source="https://exemple.invalid/jugement",
        **by,
    )
    services.set_public(action, is_public=True, now=at("03-03"))
    (one,) = waiting()
    assert (one.decided.result.change, one.decided.url) == (Change.ANNULLED, row.source)
    services.take_back_row(row, reason="erreur", **by)
    assert waiting() == []


# Proposed to editors.


@pytest.fixture
def editor(db: None) -> User:
    return make.user("editrice", Role.EDITOR)


@pytest.mark.django_db
def test_an_editor_proposes_a_fact_and_another_one_publishes_it(editor: User) -> None:
    entity = project()
    suspended(entity)
    someone = Person(editor)
    assert "Suspendu par le juge" in someone.opens("/actions/suites").text
    (row,) = waiting()
    assert not Claim.objects.filter(property="stage").exists(), "nothing is written by itself"
    url = f"/actions/suites/{row.decided.result.source}/{entity.pk}"
    wrong = someone.sends(url, stage="suspended", address="", publisher="Le tribunal")
    assert wrong.status == 200
    said = {
        "stage": "suspended",
        "address": "https://exemple.invalid/o",
        "publisher": "Le tribunal",
    }
    assert someone.sends(url, **said).status == 302
    claim = Claim.objects.get(property="stage")
    assert (claim.value, claim.state, claim.from_text) == ("suspended", "IN_REVIEW", "2026-03-02")
    proof = claim.evidence.get()
    assert (proof.register, proof.url) == ("court", "https://exemple.invalid/o")
    assert proof.record_id == "Tribunal administratif de Toulon 2600002"
    assert Sequel.objects.get().claim == claim.pk
    assert waiting() == []
    assert publish([claim.pk], reviewer=editor, now=at("03-04")).published == []
    other = make.user("relecteur", Role.EDITOR)
    report = publish([claim.pk], reviewer=other, now=at("03-04"))
    assert report.published, report
    claim.refresh_from_db()
    assert claim.state == "PUBLISHED"
    assert someone.sends(url, **said).status == 302
    assert Claim.objects.filter(property="stage").count() == 1


@pytest.mark.django_db
def test_a_judgment_that_changes_nothing_is_left_aside_and_taken_up_again(editor: User) -> None:
    entity = project()
    suspended(entity)
    (row,) = waiting()
    someone, url = Person(editor), f"/actions/suites/{row.decided.result.source}/{entity.pk}"
    answer = someone.sends(url, laisser="1")
    assert waiting() == []
    assert "La reprendre" in someone.opens(answer.location).text
    someone.sends(url, reprendre="1")
    assert len(waiting()) == 1


@pytest.mark.django_db
def test_private_actions_and_rejections_propose_nothing(editor: User) -> None:
    entity = project()
    suspended(entity, public=False)
    lost = judged(opened(make.user("autre"), projects=[entity.pk]), "LOST")
    services.set_public(lost, is_public=True, now=at("10-06"))
    assert waiting() == []
    with pytest.raises(Refused, match="déjà été traitée"):
        services.leave_sequel("fct-0000000000", entity.pk, actor=editor, now=at("10-07"))
