"""Papers of an action: composed from facts, written by hand, nothing lost, never seen outside."""

from __future__ import annotations

import pytest

from contrechamp.accounts.models import User
from contrechamp.cases import services as cases
from contrechamp.cases.domain.facts import Kind
from contrechamp.cases.domain.kinds import ActionKind, TargetKind
from contrechamp.cases.domain.papers import PaperKind
from contrechamp.cases.models import Action, Draft
from contrechamp.cases.queries.drafts import Open, open_draft
from contrechamp.cases.services import drafting
from contrechamp.kernel.errors import Refused
from tests import make
from tests.people import Person

from .actions import at, opened, record

pytestmark = pytest.mark.django_db
SITE = "https://exemple.example"


@pytest.fixture
def lead() -> User:
    return make.user("meneuse")


@pytest.fixture
def action(lead: User) -> Action:
    return opened(lead, target_title="Arrêté n° 12 du 12 janvier 2026")


@pytest.fixture
def draft(action: Action) -> Draft:
    return drafting.begin(action, PaperKind.ANNULMENT, actor=action.author, now=at("01-21"))


def seen(draft: Draft, user: User | None = None) -> Open:
    draft.refresh_from_db()
    return open_draft(draft, user=user or draft.made_by, now=at("01-22"), site=SITE)


def door(draft: Draft, *rest: str) -> str:
    return "/".join(["/actions", draft.action_id, "ecrits", draft.pk, *rest])


def test_a_suspension_is_not_begun_before_the_claim_is_filed(action: Action) -> None:
    with pytest.raises(Refused):
        drafting.begin(action, PaperKind.SUSPENSION, actor=action.author, now=at("01-21"))
    page = Person(action.author).opens(f"/actions/{action.pk}/ecrits")
    assert "déposez-la d'abord" in page.text or "déposez-la d&#x27;abord" in page.text
    record(action, Kind.CLAIM_FILED, "01-22", number="2600001")
    assert drafting.begin(action, PaperKind.SUSPENSION, actor=action.author, now=at("01-23"))


def test_in_an_access_case_no_request_to_reconsider_is_offered(lead: User) -> None:
    action = opened(lead, target_kind=TargetKind.REQUEST)
    with pytest.raises(Refused):
        drafting.begin(action, PaperKind.GRACIEUX, actor=lead, now=at("01-21"))
    assert "Recours gracieux" not in Person(lead).opens(f"/actions/{action.pk}/ecrits").text


def test_every_page_of_a_paper_opens(draft: Draft) -> None:
    person = Person(draft.made_by)
    for rest in ((), ("choix",), ("demandes",), ("histoire",)):
        assert person.opens(door(draft, *rest)).status == 200
    key = next(each.key for each in seen(draft).paper.sections if not each.is_computed)
    assert person.opens(door(draft, "partie", key)).status == 200


@pytest.mark.parametrize("kind", [ActionKind.COMPLAINT, ActionKind.COLLECTIVE, ActionKind.REPORT])
def test_each_kind_of_action_has_its_papers(lead: User, kind: ActionKind) -> None:
    action, person = opened(lead, kind=kind, published=""), Person(lead)
    offered = person.opens(f"/actions/{action.pk}/ecrits").text
    assert "Requête en annulation" not in offered
    answer = person.sends(f"/actions/{action.pk}/ecrits", kind=kind.value)
    paper = action.drafts.get()
    assert answer.location == door(paper, "choix")
    for rest in ((), ("choix",), ("demandes",)):
        assert person.opens(door(paper, *rest)).status == 200
