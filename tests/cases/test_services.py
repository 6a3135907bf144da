"""Actions are opened, told of, corrected, published; what follows is derived, never typed in."""

from __future__ import annotations

from decimal import Decimal

import pytest

from contrechamp.cases import services
from contrechamp.cases.domain.facts import Kind, Outcome, Proof
from contrechamp.cases.domain.kinds import ActionKind, TargetKind
from contrechamp.cases.models import Action, FactRow, Invitation, Member
from contrechamp.cases.queries import access, listing
from contrechamp.cases.queries.page import page_of
from contrechamp.foi.domain.facts import Kind as Asked
from contrechamp.kernel.errors import Refused
from tests import make
from tests.foi import requests
from tests.people import Person

from .actions import at, judged, opened, record

pytestmark = pytest.mark.django_db


def test_an_action_on_a_published_act_knows_its_days_at_once() -> None:
    action = opened()
    assert (action.state, action.step) == ("WINDOW_OPEN", "ta")
    assert (str(action.act_by), str(action.last_day)) == ("2026-03-15", "2026-03-16")
    assert action.is_red
    assert not action.is_public


def test_without_proof_of_publication_there_is_no_last_day() -> None:
    action = opened(published="")
    assert (action.state, action.act_by, action.last_day) == ("WATCHING", None, None)


def test_the_same_fact_told_twice_is_kept_once() -> None:
    action = opened()
    record(action, Kind.CLAIM_FILED, "03-02", number="2600001")
    record(action, Kind.CLAIM_FILED, "03-02", number="2600001")
    assert action.facts.filter(kind="CLAIM_FILED").count() == 1
    assert action.state == "CLAIM_FILED"


def test_a_fact_taken_back_stays_to_be_read_and_counts_no_more() -> None:
    action = opened()
    record(action, Kind.CLAIM_FILED, "03-02")
    row = action.facts.get(kind="CLAIM_FILED")
    with pytest.raises(Refused):
        services.take_back(row.pk, actor=action.author, now=at("03-03"), note=" ")
    removal = services.take_back(row.pk, actor=action.author, now=at("03-03"), note="mauvais jour")
    action.refresh_from_db()
    assert (action.state, FactRow.objects.count()) == ("WINDOW_OPEN", 3)
    services.put_back(removal.pk, actor=action.author, now=at("03-03"))
    action.refresh_from_db()
    assert action.state == "CLAIM_FILED"
    with pytest.raises(Refused, match="déjà remise"):
        services.put_back(removal.pk, actor=action.author, now=at("03-03"))


def test_days_that_come_change_where_an_action_stands() -> None:
    action = opened()
    assert services.derive_due(now=at("03-17")) == 1
    action.refresh_from_db()
    assert action.state == "CLOSED_LATE"
    assert services.derive_due(now=at("03-17")) == 0


def test_a_day_changes_in_paris_not_in_utc() -> None:
    action = opened()
    services.derive(action, now=at("03-16", 22))
    assert action.state == "WINDOW_OPEN"
    services.derive(action, now=at("03-16", 23))
    assert action.state == "CLOSED_LATE"


def test_an_action_is_its_teams_alone_until_it_is_published() -> None:
    action = opened()
    editor, member, counsel = requests.editor(), make.user("passante"), make.user("conseil")
    services.seat(action, user=counsel, role=Member.Role.COUNSEL, now=at("01-21"))
    assert not access.visible_to(editor).exists()
    assert not access.visible_to(member).exists()
    assert access.visible_to(counsel).exists()
    assert not access.editable_by(counsel).exists()
    services.set_public(action, is_public=True, now=at("01-22"))
    assert access.public().get() == action
    assert access.visible_to(member).exists()


def test_somebody_always_leads() -> None:
    action = opened()
    with pytest.raises(Refused, match="conduire"):
        services.unseat(action, user=action.author)
    with pytest.raises(Refused, match="conduire"):
        services.seat(action, user=action.author, role="READER", now=at("01-21"))
    other = make.user("relais")
    services.seat(action, user=other, role="LEAD", now=at("01-21"))
    services.unseat(action, user=action.author)
    assert access.led_by(other).exists()


@pytest.mark.parametrize("number", ["", "Camille", "123456789", "W12"])
def test_a_party_is_an_organisation_with_its_number(number: str) -> None:
    action = opened()
    with pytest.raises(Refused, match="numéro"):
        services.add_party(
            action, side="CLAIMANT", name="X", number=number, actor=action.author, now=at("01-21")
        )


def test_parties_courts_and_money_are_appended() -> None:
    action = opened()
    by = {"actor": action.author, "now": at("01-21")}
    for _ in range(2):
        services.add_party(action, side="CLAIMANT", name="Yeux", number="W991234567", **by)  # type: ignore[arg-type]
    assert action.parties.count() == 1
    first = services.add_instance(action, court="TA de Toulon", number="2600001", **by)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        services.add_instance(action, court="TA", result=Outcome.WON, **by)  # type: ignore[arg-type]
    services.add_instance(
        action,
        court="TA de Toulon",
        number="2600001",
        decided_on=at("01-21").date(),
        result=Outcome.WON,
        replaces=first.pk,
        **by,  # type: ignore[arg-type]
    )
    with pytest.raises(Refused, match="rechargez"):
        services.add_instance(action, court="TA", replaces=first.pk, **by)  # type: ignore[arg-type]
    services.add_cost(action, kind="SPENT", amount=Decimal(50), day=at("01-21").date(), **by)  # type: ignore[arg-type]
    services.add_cost(action, kind="ASKED", amount=Decimal(2000), day=at("01-21").date(), **by)  # type: ignore[arg-type]
    team = page_of(action, action.author, now=at("01-22"))
    assert [each.result for each in team.instances] == ["WON"]
    assert len(team.costs) == 2
    visitor = page_of(action, Person().user or make.user("autre"), now=at("01-22"))
    assert [cost.kind for cost in visitor.costs] == ["ASKED"]


def test_in_access_cases_no_reconsideration_is_opened() -> None:
    with pytest.raises(Refused, match="L412-4"):
        opened(kind=ActionKind.GRACIEUX, target_kind=TargetKind.REQUEST)


def test_a_confirmed_refusal_invites_its_author_once(
    django_capture_on_commit_callbacks: object,
) -> None:
    asked = requests.asked()
    requests.record(asked, Asked.REFUSED, "02-02")
    requests.record(asked, Asked.CADA_FILED, "02-10")
    requests.record(asked, Asked.CADA_REGISTERED, "02-12", values={"number": "20260001"})
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        requests.record(asked, Asked.CONFIRMED, "04-02")
    assert asked.state == "REFUSAL_CONFIRMED"
    one = Invitation.objects.get()
    assert (one.request, one.owner) == (asked.pk, asked.author)
    services.invite(asked.pk, owner=asked.author, now=at("04-03"))
    assert Invitation.objects.count() == 1
    opened(asked.author, target_kind=TargetKind.REQUEST, target=asked.pk, published="")
    Invitation.objects.all().delete()
    assert services.invite(asked.pk, owner=asked.author, now=at("04-03")) is None


def test_what_worked_counts_public_actions_alone() -> None:
    author = make.user("meneuse")
    for outcome in ("WON", "LOST"):
        action = judged(opened(author, technology="video"), outcome)
        if outcome == "WON":
            services.set_public(action, is_public=True, now=at("10-06"))
    assert [(each.kind, each.outcome) for each in listing.ended()] == [("ANNULMENT", "WON")]


def test_notes_and_legal_aid_are_never_public() -> None:
    action = opened()
    record(action, Kind.LEGAL_AID_ASKED, "02-02")
    record(action, Kind.NOTE, "02-03")
    services.record(
        action,
        Kind.ENFORCEABLE,
        first=at("01-16").date(),
        actor=action.author,
        now=at("02-04"),
        proof=Proof.CERTIFICATE,
        note="zorglub",
    )
    services.set_public(action, is_public=True, now=at("02-05"))
    page = Person().opens(f"/actions/{action.pk}")
    assert page.status == 200
    assert "aide juridictionnelle" not in page.text.lower()
    assert "zorglub" not in page.text
    assert "Note de l" not in page.text


def test_changing_what_an_action_says_needs_a_title() -> None:
    action = opened()
    with pytest.raises(Refused):
        services.change(
            action, title=" ", about="", strategy="", court="", money_needed=None, now=at("01-21")
        )
    services.change(
        action, title="Autre", about="x", strategy="y", court="", money_needed=5, now=at("01-21")
    )
    assert Action.objects.get().title == "Autre"
