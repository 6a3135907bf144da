"""What actions give to search, files, feeds, programs and other pages: public ones alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from contrechamp.accounts.models import User
from contrechamp.cases import services
from contrechamp.cases.domain.facts import Kind
from contrechamp.cases.models import Action
from contrechamp.cases.queries.published import REF
from contrechamp.cases.shown import offers
from contrechamp.foundation.signals import public_changed
from contrechamp.search import services as search
from tests import make
from tests.census import facts
from tests.observatory import territories
from tests.people import Person

from .actions import at, judged, opened, record

pytestmark = pytest.mark.django_db
ADDRESSES = (
    *("/actions", "/actions.json", "/actions.csv", "/actions.atom", "/actions.jsonfeed"),
    *("/actions/ce-qui-marche.csv", "/api/v1/actions", "/recherche.json?q=zorglub"),
    *("/recherche/suggestions.json?q=zorglub", "/actions?sur=commune:06088", "/flux.atom"),
)


def project() -> str:
    entity = facts.entity("Caméras de Valbrume", "project", "trial")
    facts.published(facts.claim(entity, "description", value="Une phrase."))
    return str(entity.pk)


def action(author: User | None = None, **fields: Any) -> Action:
    return judged(
        opened(
            author or make.user("meneuse"),
            title="Contre zorglub à Nice",
            about="Trois capteurs sans texte",
            territories=["commune:06088"],
            technology="video_protection",
            **fields,
        )
    )


def publish(one: Action, *, is_public: bool = True) -> Action:
    services.set_public(one, is_public=is_public, now=at("10-06"))
    return one


def rows_of_exports() -> Iterator[str]:
    for table in offers.TABLES:
        for row in table.rows():
            assert len(row) == len(table.columns), table.name
            yield " ".join(map(str, row))


def everything() -> str:
    """All that a visitor gets of actions, in one text."""
    search.refresh(wait=True)
    found = [str(Person().opens(address).text) for address in ADDRESSES]
    found += [repr(entry) for entry in offers.FINDABLE.entries()]
    return "\n".join([*found, *rows_of_exports()])


def test_a_public_action_is_in_every_way_out_and_a_hidden_one_in_none() -> None:
    territories()
    one = publish(action(projects=[project()]))
    seen = everything()
    for words in (one.pk, "Trois capteurs", "2600001", "gagnée"):
        assert words in seen
    publish(one, is_public=False)
    assert one.pk not in everything()
    assert one.title not in everything()


def test_a_court_that_was_taken_back_is_in_no_way_out() -> None:
    territories()
    one = publish(action())
    by: dict[str, Any] = {"actor": make.user("autre"), "now": at("10-07")}
    row = services.add_instance(one, court="Tribunal de Zorgville", number="9999", **by)
    assert "Zorgville" in everything()
    services.take_back_row(row, reason="erreur de saisie", **by)

    assert "Zorgville" not in everything()
    assert "erreur de saisie" not in everything()


@given(hidden=st.lists(st.booleans(), min_size=1, max_size=4))
@tries(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_private_is_in_no_way_out(hidden: list[bool]) -> None:
    Action.objects.all().delete()
    author = make.user(f"meneuse{Action.objects.count()}{len(hidden)}{hash(tuple(hidden))}")
    made = [action(author) for _ in hidden]
    for one, is_hidden in zip(made, hidden, strict=True):
        publish(one, is_public=not is_hidden)
    seen = everything()
    for one, is_hidden in zip(made, hidden, strict=True):
        assert (one.pk in seen) is not is_hidden


def test_what_a_team_keeps_of_a_public_action_is_in_no_way_out() -> None:
    one = publish(action())
    by: dict[str, Any] = {"actor": one.author, "now": at("10-07")}
    services.record(one, Kind.NOTE, first=at("10-07").date(), note="schtroumpf", **by)
    services.record(one, Kind.LEGAL_AID_ASKED, first=at("01-20").date(), **by)
    spent: dict[str, Any] = {"kind": "SPENT", "amount": Decimal(30), "day": date(2026, 2, 1)}
    services.add_cost(one, note="schtroumpf", **spent, **by)
    seen = everything()
    for words in ("schtroumpf", "LEGAL_AID", "NOTE", "meneuse"):
        assert words not in seen


def test_a_private_note_moves_no_public_date() -> None:
    one = publish(action())
    search.rebuild()
    before = everything()
    by: dict[str, Any] = {"actor": one.author, "now": at("11-07")}
    services.record(one, Kind.NOTE, first=at("10-07").date(), note="schtroumpf", **by)
    services.record(one, Kind.LEGAL_AID_ASKED, first=at("01-20").date(), **by)
    page = Person().opens(f"/actions/{one.pk}").text
    assert "Aide juridictionnelle" not in page
    assert everything() == before


def test_each_public_change_is_told_once_to_the_index() -> None:
    told: list[str] = []

    def hear(sender: object, refs: list[str], **_: object) -> None:
        told.extend(ref for ref in refs if ref.startswith(REF))

    public_changed.connect(hear)
    try:
        one = action()
        assert told == []
        publish(one)
        record(one, Kind.APPEALED, "11-02")
        publish(one, is_public=False)
    finally:
        public_changed.disconnect(hear)
    assert told == [f"{REF}{one.pk}"] * 3


def test_a_project_a_place_and_a_party_show_the_actions_about_them() -> None:
    territories()
    key = project()
    one = publish(action(projects=[key]))
    for page in (f"/projet/{key}", "/commune/06088-nice", "/departement/06-alpes-maritimes"):
        text = Person().opens(page).text
        assert one.title in text, page
        assert "un recours est possible" in text, page
    assert one.title not in Person().opens("/commune/06029-cannes").text
    assert one.title in Person().opens(f"/actions?sur={key}").text
    assert one.title not in Person().opens("/actions?sur=commune:06029").text
    publish(one, is_public=False)
    assert one.title not in Person().opens(f"/projet/{key}").text


def test_an_actor_shows_the_actions_in_which_it_takes_part() -> None:
    entity = facts.entity(
        "Ville de Valbrume", "actor", "authority", identifiers=[("siren", "552081317")]
    )
    facts.published(facts.claim(entity, "description", value="Une phrase."))
    one = publish(action())
    by: dict[str, Any] = {"actor": one.author, "now": at("10-07")}
    services.add_party(one, side="DEFENDANT", name="Ville", number="552 081 317", **by)
    assert one.title in Person().opens(f"/acteur/{entity.pk}").text


def asks(path: str) -> Any:
    return json.loads(Person().opens(path).content)


def test_programs_page_through_actions_and_get_304_for_what_they_have() -> None:
    author = make.user("meneuse")
    keys = sorted(publish(action(author)).pk for _ in range(3))
    first = asks("/api/v1/actions?limit=2&kind=ANNULMENT")
    assert [each["id"] for each in first["items"]] == keys[:2]
    rest = asks(f"/api/v1/actions?limit=2&kind=ANNULMENT&cursor={first['next']}")
    assert [each["id"] for each in rest["items"]] == keys[2:]
    assert rest["next"] is None
    assert asks(f"/api/v1/actions/{keys[0]}")["outcome"] == "WON"
    etag = Person().opens(f"/api/v1/actions/{keys[0]}").headers["ETag"]
    again = Client().get(f"/api/v1/actions/{keys[0]}", headers={"If-None-Match": etag})
    assert again.status_code == 304


def test_a_private_note_makes_no_new_calendar_for_others_than_its_team() -> None:
    one = publish(action())
    team = Person(one.author)
    before, own = (someone.opens(f"/actions/{one.pk}.ics").content for someone in (Person(), team))
    by: dict[str, Any] = {"actor": one.author, "now": at("11-07")}
    services.record(one, Kind.NOTE, first=at("10-07").date(), note="schtroumpf", **by)
    services.record(one, Kind.LEGAL_AID_ASKED, first=at("01-20").date(), **by)
    assert Person().opens(f"/actions/{one.pk}.ics").content == before
    assert team.opens(f"/actions/{one.pk}.ics").content != own
