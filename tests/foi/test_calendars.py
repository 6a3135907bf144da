"""What is due: lists, calendars, reminders."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client, override_settings
from icalendar import Calendar

from contrechamp.foi import services
from contrechamp.foi.domain.facts import Kind
from contrechamp.foi.models import Reminder, ReminderAddress, Request
from contrechamp.foi.queries import calendars, listing
from tests import make

from .requests import asked, at, editor, record

pytestmark = pytest.mark.django_db
MAIL = override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")


def events(request: Request, on: str, *, private: bool = True) -> dict[str, object]:
    """Return the events of one request's calendar by their identifier."""
    from contrechamp.foi.domain.calendar import entries
    from contrechamp.kernel.icalendar import calendar

    found = calendars.deadlines([request], site="https://x.example", now=at(on), is_private=private)
    text = "".join(calendar(entries(found, is_private=private), host="x.example", name="x"))
    return {str(event["UID"]): event for event in Calendar.from_ical(text).walk("VEVENT")}


def test_the_safe_day_is_in_the_calendar_with_alarms_and_the_cap_is_not() -> None:
    request = record(asked(), Kind.REFUSED, "02-01")
    found = events(request, "02-02")
    safe = found[f"cada-{request.pk}@x.example"]
    assert safe["DTSTART"].dt.isoformat() == "2026-03-31"  # type: ignore[index]
    assert len(safe.subcomponents) == 3  # type: ignore[attr-defined]
    assert not any("cap" in key for key in found)


def test_a_window_that_a_fact_closed_is_cancelled_not_left_out() -> None:
    request = record(asked(), Kind.REFUSED, "02-01")
    key = f"cada-{request.pk}@x.example"
    before = events(request, "02-02")[key]
    record(request, Kind.CADA_FILED, "02-10")
    after = events(request, "02-11")[key]
    assert after["STATUS"] == "CANCELLED"  # type: ignore[index]
    assert after["SEQUENCE"] > before["SEQUENCE"]  # type: ignore[index]


def test_a_step_whose_fact_was_taken_back_is_cancelled() -> None:
    request = record(record(asked(), Kind.REFUSED, "02-01"), Kind.CADA_FILED, "02-10")
    record(request, Kind.CADA_REGISTERED, "02-12")
    row = request.facts.get(kind=Kind.CADA_REGISTERED)
    services.take_back(row.pk, actor=request.author, now=at("02-13"), note="Autre dossier.")
    request.refresh_from_db()
    assert events(request, "02-14")[f"ta-{request.pk}@x.example"]["STATUS"] == "CANCELLED"  # type: ignore[index]


def test_a_request_about_a_dossier_says_nothing_of_itself() -> None:
    request = record(asked(), Kind.REFUSED, "02-01")
    Request.objects.filter(pk=request.pk).update(dossier="desk:dossier:1")
    request.refresh_from_db()
    found = events(request, "02-02")
    assert {str(event["SUMMARY"]) for event in found.values()} == {"Échéance"}  # type: ignore[index]
    assert not any("DESCRIPTION" in event for event in found.values())  # type: ignore[operator]
    assert events(request, "02-02", private=False) == {}


def test_a_private_calendar_opens_by_its_address_alone_until_it_is_closed(client: Client) -> None:
    request = record(asked(), Kind.REFUSED, "02-01")
    token = services.open_feed("PERSON", owner=request.author, now=at("02-02"))
    answer = client.get(f"/demandes/agenda/{token}.ics")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert f"cada-{request.pk}@" in text.replace("\r\n ", "")
    services.close_feed("PERSON", owner=request.author, now=at("02-03"))
    assert client.get(f"/demandes/agenda/{token}.ics").status_code == 404


def test_a_new_address_replaces_the_old_one() -> None:
    request = asked()
    old = services.open_feed("PERSON", owner=request.author, now=at("02-02"))
    services.open_feed("PERSON", owner=request.author, now=at("02-03"))
    assert calendars.find_feed(old) is None


def test_the_calendar_of_everybody_is_for_editors_while_they_are() -> None:
    request = asked()
    boss = editor()
    token = services.open_feed("COLLECTIVE", owner=boss, now=at("02-02"))
    feed = calendars.find_feed(token)
    assert feed is not None
    assert list(calendars.rows_of(feed)) == [request]
    boss.role = "MEMBER"
    boss.save()
    feed = calendars.find_feed(token)
    assert feed is not None
    assert list(calendars.rows_of(feed)) == []


def test_what_is_due_is_ones_own_and_for_visitors_what_is_public() -> None:
    request = record(asked(), Kind.REFUSED, "02-01")
    until = at("06-01").date()
    other = make.user("autre")
    assert list(listing.due(request.author, until=until)) == [request]
    assert list(listing.due(other, until=until)) == []
    Request.objects.filter(pk=request.pk).update(is_public=True)
    assert list(listing.due(other, until=until)) == []
    from django.contrib.auth.models import AnonymousUser

    assert list(listing.due(AnonymousUser(), until=until)) == [request]


def test_a_reminder_is_kept_once() -> None:
    request = record(asked(), Kind.REFUSED, "02-01")
    assert services.note_due(now=at("03-20")) == 1
    assert services.note_due(now=at("03-20", 15)) == 0
    row = Reminder.objects.get(request=request)
    assert "31\u00a0mars 2026" in row.sentence
    assert "jour sûr" in row.sentence


def test_the_silence_to_verify_is_said_once_the_month_is_over() -> None:
    request = asked()
    services.derive_due(now=at("02-16"))
    services.note_due(now=at("02-16"))
    sentences = [row.sentence for row in Reminder.objects.filter(request=request)]
    assert any("Vérifiez que rien" in sentence for sentence in sentences)
    assert not any("personne n'a répondu" in sentence for sentence in sentences)


@MAIL
def test_mail_goes_to_who_confirmed_and_only_once() -> None:
    request = record(asked(), Kind.REFUSED, "02-01")
    services.note_due(now=at("03-20"))
    assert services.send_reminders(now=at("03-20")) == 0
    ReminderAddress.objects.create(
        owner=request.author, address="moi@ici.example", made_at=at("02-01")
    )
    assert services.send_reminders(now=at("03-20")) == 0
    ReminderAddress.objects.update(confirmed_at=at("02-02"))
    assert services.send_reminders(now=at("03-20")) == 1
    assert services.send_reminders(now=at("03-20") + timedelta(minutes=5)) == 0
    message = mail.outbox[-1]
    assert message.to == ["moi@ici.example"]
    assert request.title in message.body
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


@MAIL
def test_a_mail_about_a_dossier_gives_a_link_alone() -> None:
    request = record(asked(), Kind.REFUSED, "02-01")
    Request.objects.filter(pk=request.pk).update(dossier="desk:dossier:1")
    services.note_due(now=at("03-20"))
    ReminderAddress.objects.create(
        owner=request.author, address="moi@ici.example", made_at=at("02-01"),
        confirmed_at=at("02-01"),
    )  # fmt: skip
    services.send_reminders(now=at("03-20"))
    assert request.title not in mail.outbox[-1].body
    assert request.pk in mail.outbox[-1].body
