"""Pages of actions: opened from where one is, followed, published; their parts on others' pages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User
from contrechamp.cases import services
from contrechamp.cases.models import Action
from contrechamp.foi.domain.facts import Kind as Asked
from contrechamp.watch import services as watch
from tests import make
from tests.foi import requests
from tests.people import Person
from tests.watch import invented

from .actions import at, judged, opened

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 3, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def act(gazetteer: None) -> str:
    """The slug of a published act, of a bulletin of 3 March 2025."""
    finding: dict[str, Any] = invented.video()
    one, other = make.user("lectrice", Role.EDITOR), make.user("relecteur", Role.EDITOR)
    watch.take_in([finding], now=NOW)
    watch.accept([finding["id"]], actor=one, now=NOW)
    watch.publish([finding["id"]], reviewer=other, now=NOW)
    return str(finding["id"]).removeprefix("wf-")


def person(name: str = "meneuse") -> tuple[User, Person]:
    user = make.user(name)
    return user, Person(user)


def test_an_act_says_which_actions_it_is_open_to_and_before_whom(act: str) -> None:
    page = Person().opens(f"/actes/{act}")
    assert "Quels recours, devant qui" in page.text
    assert f"/actions/nouvelle?acte={act}" in page.text
    assert "Tribunal administratif de Toulon" in page.text
    assert "délai passé" in page.text


def test_contesting_an_act_takes_its_publication_and_never_the_day_it_was_seen(act: str) -> None:
    user, someone = person()
    form = someone.opens(f"/actions/nouvelle?acte={act}")
    assert "3 mars 2025" in form.text
    assert "1er juillet 2025" not in form.text
    done = someone.sends(f"/actions/nouvelle?acte={act}", kind="ANNULMENT", title="Contre l'arrêté")
    assert done.status == 302
    action = Action.objects.get()
    assert (action.target, action.author, action.court) == (
        act,
        user,
        "Tribunal administratif de Toulon",
    )
    assert [(row.kind, str(row.first)) for row in action.facts.all()] == [
        ("PUBLISHED", "2025-03-03")
    ]


def test_a_confirmed_refusal_leads_to_court_without_a_request_to_reconsider() -> None:
    user, someone = person()
    asked = requests.asked(user)
    requests.record(asked, Asked.REFUSED, "02-02")
    requests.record(asked, Asked.CADA_FILED, "02-10")
    requests.record(asked, Asked.CADA_REGISTERED, "02-12", values={"number": "20260001"})
    assert someone.opens(f"/actions/nouvelle?demande={asked.pk}").status == 404
    requests.record(asked, Asked.CONFIRMED, "04-02")
    assert f"/actions/nouvelle?demande={asked.pk}" in someone.opens(f"/demandes/{asked.pk}").text
    form = someone.opens(f"/actions/nouvelle?demande={asked.pk}")
    assert "recours gracieux" in form.text
    assert 'value="GRACIEUX"' not in form.text
    someone.sends(f"/actions/nouvelle?demande={asked.pk}", kind="ANNULMENT", title="Le refus")
    action = Action.objects.get()
    assert [(row.kind, str(row.first)) for row in action.facts.all()] == [
        ("NOTIFIED", "2026-04-02")
    ]
    services.set_public(action, is_public=True, now=at("04-10"))
    told = Person().opens(f"/actions/{action.pk}").text
    assert asked.pk not in told
    assert asked.title not in told
    assert asked.pk not in Person().opens(f"/actions/{action.pk}.json").text
    assert asked.pk not in Person().opens("/actions.json").text


def test_what_happened_is_told_on_a_page_and_a_wrong_fact_is_answered_in_words() -> None:
    user, someone = person()
    action = opened(user)
    address = f"/actions/{action.pk}/suivre"
    wrong = someone.sends(address, kind="SUSPENSION_ASKED", first="2026-02-02", proof="RECEIPT")
    assert "déposez-la d&#x27;abord" in wrong.text
    done = someone.sends(address, kind="CLAIM_FILED", first="2026-03-02", proof="RECEIPT")
    assert done.status == 302
    action.refresh_from_db()
    assert action.state == "CLAIM_FILED"
    assert "Requête déposée" in someone.opens(f"/actions/{action.pk}").text


def test_a_published_action_shows_what_was_judged_with_its_numbers() -> None:
    action = judged(opened())
    services.set_public(action, is_public=True, now=at("10-06"))
    page = Person().opens(f"/actions/{action.pk}")
    assert "gagnée" in page.text
    assert "n° 2600001" in page.text
    assert "CJA R811-2" in page.text
    assert action.title in Person().opens("/actions?etat=fini").text
    assert "trop peu pour dire" in Person().opens("/actions/ce-qui-marche").text


def test_what_the_team_alone_sees_is_on_its_page_alone() -> None:
    user, someone = person()
    action = opened(user)
    services.change(
        action,
        title="Titre",
        about="Objet",
        strategy="zorglub",
        court="",
        money_needed=None,
        now=at("01-21"),
    )
    services.set_public(action, is_public=True, now=at("01-22"))
    assert "zorglub" in someone.opens(f"/actions/{action.pk}").text
    assert "zorglub" not in Person().opens(f"/actions/{action.pk}").text
    assert "meneuse" not in Person().opens(f"/actions/{action.pk}").text
