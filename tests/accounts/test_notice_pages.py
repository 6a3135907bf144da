"""What a member sees of notices, watches and ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from contrechamp.accounts.domain.notices import Frequency, Scope
from contrechamp.accounts.models import NoticeSettings, Subscription, User
from contrechamp.accounts.services import mailing
from contrechamp.accounts.services import notices as services
from tests.accounts.telling import Room, opened, wants
from tests.people import Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 6, 10, tzinfo=UTC)


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with opened(monkeypatch) as found:
        yield found


def user_of(person: Person) -> User:
    assert person.user is not None
    return person.user


def test_what_is_new_is_listed_read_and_muted_from_there(room: Room, noor: Person) -> None:
    room.post("ab12/1", [user_of(noor)], NOW)
    room.post("cd34/1", [user_of(noor)], NOW)

    page = noor.opens("/compte/avis/").text
    assert "Fil ab12" in page
    assert "marianne a écrit cd34/1" in page
    assert ">2 avis</a>" in page

    first = user_of(noor).notices.earliest("pk")
    noor.sends("/compte/avis/lus/", avis=first.pk, muet="forum:thread:ab12")
    assert "Fil ab12" not in noor.opens("/compte/avis/").text
    assert "Fil ab12" in noor.opens("/compte/avis/?lus").text
    assert Subscription.objects.get().level == "mute"

    noor.sends("/compte/avis/lus/", quoi="tout")
    assert "Vous avez tout lu." in noor.opens("/compte/avis/").text


def test_pages_of_notices_go_on_by_key(room: Room, noor: Person) -> None:
    for n in range(55):
        room.post(f"ab12/{n}", [user_of(noor)], NOW)

    first = noor.opens("/compte/avis/").text
    assert "Plus anciens" in first
    key = first.partition("avant=")[2].partition('"')[0]
    second = noor.opens(f"/compte/avis/?avant={key}").text
    assert second.count("marianne a écrit") == 5
    assert "Plus anciens" not in second


def test_what_one_watches_can_be_changed_and_left(room: Room, noor: Person) -> None:
    room.texts["ab12/1"] = "x"
    services.watch(user_of(noor), Scope.THREAD, "ab12", now=NOW)
    asked = {"scope": "thread", "key": "ab12"}

    assert "Fil ab12" in noor.opens("/compte/suivis/").text
    noor.sends("/compte/suivre/", **asked, level="watch", frequency="week")
    assert Subscription.objects.get().frequency == "week"
    noor.sends("/compte/suivre/", **asked, level="mute")
    assert "En sourdine" in noor.opens("/compte/suivis/").text
    answer = noor.sends("/compte/suivre/", **asked, level="", next="/t/ab12")
    assert answer.location == "/t/ab12"
    assert not Subscription.objects.exists()
    assert noor.sends("/compte/suivre/", **asked, level="watch", next="//x.fr").location.startswith(
        "/compte/suivis/"
    )


def test_mails_are_chosen_and_an_address_that_was_refused_is_said(room: Room, noor: Person) -> None:
    user = wants(user_of(noor))
    services.refuse_address(user, "550 no such user", now=NOW)

    page = noor.opens("/compte/avis/reglages/").text
    assert "noor@courriel.example" in page
    assert "550 no such user" in page
    noor.sends("/compte/avis/adresse/")
    noor.sends("/compte/avis/reglages/", frequency="week", detail="full")

    row = NoticeSettings.objects.get(user=user)
    assert (row.refused_on, row.frequency, row.detail) == (None, "week", "full")
    assert row.watches_own is False


def test_a_private_feed_is_read_by_its_address_and_closes(
    room: Room, noor: Person, visitor: Person
) -> None:
    room.post("ab12/1", [user_of(noor)], NOW, "Un texte secret.")
    token = services.open_feed(user_of(noor))

    for form in ("atom", "json"):
        told = visitor.opens(f"/compte/avis/flux/{token}.{form}").text
        assert "ab12/1" in told
        assert "secret" not in told
    assert "n'est montrée qu'une fois" in noor.sends("/compte/avis/flux/").text
    assert visitor.opens(f"/compte/avis/flux/{token}.atom").status == 404
    noor.sends("/compte/avis/flux/", quoi="fermer")
    assert NoticeSettings.objects.get().feed_digest is None


def test_a_link_of_a_mail_asks_and_one_click_ends(room: Room, noor: Person) -> None:
    user = wants(user_of(noor), Frequency.NOW)
    url = f"/compte/avis/fin/{mailing.stop_token(user, 'forum:thread:ab12')}/"
    stranger = Client(enforce_csrf_checks=True)

    assert stranger.get(url).status_code == 200
    assert NoticeSettings.objects.get().frequency == "now"
    assert stranger.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert NoticeSettings.objects.get().frequency == "never"


def test_a_link_can_end_mails_about_one_thing_only(room: Room, noor: Person) -> None:
    user = wants(user_of(noor), Frequency.NOW)
    url = f"/compte/avis/fin/{mailing.stop_token(user, 'forum:thread:ab12')}/"

    Client().post(url, {"quoi": "un"})

    assert NoticeSettings.objects.get().frequency == "now"
    assert Subscription.objects.get().frequency == "never"


def test_an_administrator_sees_what_did_not_leave_and_no_address(room: Room, io: Person) -> None:
    from contrechamp.accounts.models import Outbox

    row = Outbox.objects.create(
        user=user_of(io),
        frequency="day",
        state="FAILED",
        made_at=NOW,
        not_before=NOW,
        last_error="550 <io@courriel.example> unknown",
    )

    page = io.opens("/compte/avis/courriels/").text
    assert "550" in page
    assert "io@courriel.example" not in page
    io.sends(f"/compte/avis/courriels/{row.pk}/", quoi="encore")
    row.refresh_from_db()
    assert row.state == "RETRYING"
