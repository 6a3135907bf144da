"""Reminders of actions: each once, in one's language, without a title where it must not be read."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.test import override_settings
from django.urls import reverse

from contrechamp.accounts.models import User
from contrechamp.cases import services
from contrechamp.cases.domain.facts import Kind
from contrechamp.cases.domain.kinds import TargetKind
from contrechamp.cases.domain.reminders import due
from contrechamp.cases.domain.tasks import Task
from contrechamp.cases.models import Action, Reminder
from contrechamp.foi import services as foi
from contrechamp.foi.models import ReminderAddress, Request
from tests import make
from tests.foi import requests
from tests.people import Person, Text

from .actions import at, opened, record

MAIL = override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")


def reminded(user: User, address: str = "moi@exemple.invalid") -> User:
    """Return a person whose address is confirmed."""
    ReminderAddress.objects.create(
        owner=user, address=address, confirmed_at=at("01-01"), made_at=at("01-01")
    )
    return user


def say(day: str, hour: int = 10) -> list[Text]:
    """Do what is done on a day; return the texts of the mails that left."""
    mail.outbox.clear()
    with MAIL:
        services.note_due(now=at(day, hour))
        services.send_reminders(now=at(day, hour))
    return [Text(f"{one.subject}\n{one.body}") for one in mail.outbox]


@pytest.mark.parametrize(
    ("today", "left"),
    [("02-28", []), ("03-01", [14]), ("03-09", [6]), ("03-14", [1]), ("03-15", [0]), ("03-16", [])],
)
def test_what_loses_rights_is_said_fourteen_seven_and_one_days_before(
    today: str, left: list[int]
) -> None:
    task = Task(key="ta", sentence="Agir", act_by=date(2026, 3, 15), is_red=True)
    assert [one.days_left for one in due([task], at(today).date())] == left


def test_a_missed_reminder_is_caught_up_with_once() -> None:
    task = Task(key="ta", sentence="Agir", act_by=date(2026, 3, 15))
    said = {one.key for day in range(1, 16) for one in due([task], date(2026, 3, day))}
    assert said == {f"ta:2026-03-15:{days}" for days in (14, 7, 1)}


@pytest.mark.django_db
def test_each_of_the_team_but_readers_is_told_once() -> None:
    action = opened(reminded(make.user("meneuse")))
    counsel = reminded(make.user("conseil"), "conseil@exemple.invalid")
    reader = reminded(make.user("lectrice"), "lectrice@exemple.invalid")
    services.seat(action, user=counsel, role="COUNSEL", now=at("01-21"))
    services.seat(action, user=reader, role="READER", now=at("01-21"))
    texts = say("03-01")
    assert len(texts) == 2
    assert all("Déposer la requête au tribunal administratif" in text for text in texts)
    assert all("15 mars 2026" in text and action.title in text for text in texts)
    assert say("03-01", 15) == []
    assert say("03-05") == []
    assert len(say("03-08")) == 2


@pytest.mark.django_db
def test_the_claim_to_confirm_a_hearing_and_the_closing_are_said() -> None:
    action = opened(reminded(make.user("meneuse")))
    record(action, Kind.CLAIM_FILED, "02-10")
    record(action, Kind.SUSPENSION_ASKED, "02-11")
    record(action, Kind.SUSPENSION_REFUSED, "03-02", why="NO_DOUBT")
    record(action, Kind.HEARING, "03-03", day="2026-04-08")
    record(action, Kind.INQUIRY_CLOSES, "03-03", day="2026-04-09")
    (text,) = say("03-26")
    assert "Droits en jeu. Confirmer la requête au fond" in text
    assert "Audience le 8 avril 2026 (dans 13 jours)." in text
    assert "après le 9 avril 2026" in text


@pytest.mark.django_db
def test_a_day_that_moves_is_said_again_and_what_was_done_is_not() -> None:
    action = opened(reminded(make.user("meneuse")))
    assert len(say("03-01")) == 1
    record(action, Kind.CLAIM_FILED, "03-02")
    assert say("03-08") == []


@pytest.mark.django_db
def test_one_is_told_in_ones_own_language() -> None:
    user = reminded(make.user("meneuse"))
    opened(user)
    Person(user, language="en").sends("/actions/rappels", voeu="courriel-oui")
    (text,) = say("03-01")
    assert "File the claim" in text or "Your actions" in text
    assert "Ce que vos actions" not in text


@pytest.mark.django_db
def test_one_button_stops_the_mails_and_one_hides_the_titles() -> None:
    user = reminded(make.user("meneuse"))
    action = opened(user, title="Zorglub contre Valbrume")
    someone = Person(user)
    assert someone.sends("/actions/rappels", voeu="titres-non").status == 302
    (text,) = say("03-01")
    assert "Zorglub" not in text
    assert f"/actions/{action.pk}" in text
    someone.sends("/actions/rappels", voeu="courriel-non")
    assert say("03-08") == []
    assert "Zorglub" in someone.opens("/actions/les-miennes").text
    assert someone.sends("/actions/rappels", voeu="zorglub").status == 404


@pytest.mark.django_db
@pytest.mark.parametrize("secret", ["private", "dossier", "public"])
def test_an_action_on_a_private_request_is_never_named(secret: str) -> None:
    user = reminded(make.user("meneuse"))
    asked = requests.asked(user)
    if secret == "dossier":
        Request.objects.filter(pk=asked.pk).update(dossier="dsr-0000000001")
    elif secret == "public":
        Request.objects.filter(pk=asked.pk).update(is_public=True)
    opened(user, target_kind=TargetKind.REQUEST, target=asked.pk, title="Zorglub")
    (text,) = say("03-01")
    assert ("Zorglub" in text) is (secret == "public")


@pytest.mark.django_db
def test_who_has_left_the_team_is_told_nothing() -> None:
    action = opened(reminded(make.user("meneuse")))
    other = reminded(make.user("relais"), "relais@exemple.invalid")
    services.seat(action, user=other, role="MEMBER", now=at("01-21"))
    services.note_due(now=at("03-01"))
    services.unseat(action, user=other)
    mail.outbox.clear()
    with MAIL:
        services.send_reminders(now=at("03-01"))
    assert [one.to for one in mail.outbox] == [["moi@exemple.invalid"]]
    assert "Contre les caméras" not in Person(other).opens("/actions/les-miennes").text


@pytest.mark.django_db
def test_a_reminder_is_put_away_and_brought_back_by_its_owner_alone() -> None:
    user = make.user("meneuse")
    opened(user)
    services.note_due(now=at("03-01"))
    row = Reminder.objects.get()
    Person(make.user("autre")).sends(f"/actions/rappels/{row.pk}")
    assert "À ne pas manquer" in Person(user).opens("/actions/les-miennes").text
    Person(user).sends(f"/actions/rappels/{row.pk}")
    assert "À ne pas manquer" not in Person(user).opens("/actions/les-miennes").text
    Person(user).sends(f"/actions/rappels/{row.pk}", remettre="1")
    assert "À ne pas manquer" in Person(user).opens("/actions/les-miennes").text


@pytest.mark.django_db
def test_ones_calendar_holds_requests_and_actions_and_hides_what_is_secret() -> None:
    user = make.user("meneuse")
    asked = requests.asked(user, title="Le registre")
    action = opened(user, title="Contre Valbrume")
    hidden = opened(user, target_kind=TargetKind.REQUEST, target=asked.pk, title="Zorglub")
    token = foi.open_feed("PERSON", owner=user, now=at("01-22"))
    text = Person().opens(reverse("foi:feed", args=[token])).text
    plain = text.replace("\r\n ", "")
    assert "Le registre" in plain
    assert "Contre Valbrume" in plain
    assert "Zorglub" not in plain
    assert f"/actions/{hidden.pk}" in plain
    assert f"UID:ta-{action.pk}@" in plain


@pytest.mark.django_db
def test_a_public_calendar_does_not_move_with_what_the_team_keeps_to_itself() -> None:
    action = opened()
    services.set_public(action, is_public=True, now=at("01-22"))
    before = Person().opens(f"/actions/{action.pk}.ics").content
    record(action, Kind.NOTE, "01-23")
    record(action, Kind.LEGAL_AID_ASKED, "01-24")
    assert Person().opens(f"/actions/{action.pk}.ics").content == before
    assert b"SEQUENCE:3" in Person(action.author).opens(f"/actions/{action.pk}.ics").content


@pytest.mark.django_db
def test_a_day_that_was_fixed_and_is_past_leaves_the_list() -> None:
    action = opened()
    record(action, Kind.CLAIM_FILED, "02-10")
    record(action, Kind.HEARING, "02-11", day="2026-04-10")
    assert str(action.act_by) == "2026-04-10"
    services.derive_due(now=at("04-11"))
    assert Action.objects.get().act_by is None
