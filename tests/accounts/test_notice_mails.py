"""Mails of notices: once each, only what may be read, tried again, ended by a link."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from contrechamp.accounts.domain.notices import Frequency
from contrechamp.accounts.models import Notice, NoticeSettings, Outbox, User
from contrechamp.accounts.services import mailing
from contrechamp.accounts.services import notices as services
from tests import make
from tests.accounts.telling import Room, opened, wants

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 6, 10, tzinfo=UTC)
MORNING = datetime(2026, 5, 7, 5, tzinfo=UTC)  # Seven in Paris.


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with opened(monkeypatch) as found:
        yield found


@pytest.fixture
def noor(db: None) -> User:
    return make.user("noor")


def send(now: datetime = NOW) -> mailing.Departed:
    return mailing.send_due(clock=lambda: now)


def body() -> str:
    (message,) = mail.outbox
    return str(message.body)


def test_a_mail_that_says_nothing_names_neither_thread_nor_text_nor_author(
    room: Room, noor: User
) -> None:
    wants(noor, Frequency.NOW, "nothing")
    room.post("ab12/1", [noor], NOW)
    room.post("cd34/1", [noor], NOW)

    send()

    (message,) = mail.outbox
    assert message.subject == "Du nouveau dans 2 dossiers suivis"
    whole = message.message().as_string()
    assert not re.search("ab12|secret|marianne|Fil", whole)
    assert "/compte/avis/" in body()


def test_a_mail_of_titles_holds_no_text(room: Room, noor: User) -> None:
    wants(noor, Frequency.NOW, "title")
    room.post("ab12/1", [noor], NOW)

    send()

    assert mail.outbox[0].subject == "Fil ab12"
    assert "marianne a écrit ab12/1" in body()
    assert "secret" not in body()


def test_a_whole_mail_holds_the_text(room: Room, noor: User) -> None:
    wants(noor, Frequency.NOW, "full")
    room.post("ab12/1", [noor], NOW)

    send()

    assert "  Un texte secret." in body()
    assert mail.outbox[0].content_subtype == "plain"
    assert "/t/ab12/1" in body()


def test_a_mail_is_in_the_language_of_its_reader(room: Room, noor: User) -> None:
    wants(noor, Frequency.NOW, "nothing")
    User.objects.filter(pk=noor.pk).update(language="en")
    room.post("ab12/1", [noor], NOW)

    send()

    assert mail.outbox[0].subject == "News in 1 file that you follow"


def test_what_is_hidden_between_notice_and_digest_does_not_leave(room: Room, noor: User) -> None:
    wants(noor, Frequency.DAY, "full")
    room.post("ab12/1", [noor], NOW, "premier")
    room.post("ab12/2", [noor], NOW, "second")
    room.hidden.add("ab12/2")

    send(MORNING)

    assert "premier" in body()
    assert "second" not in body()


def test_a_mail_with_nothing_left_to_say_does_not_leave(room: Room, noor: User) -> None:
    wants(noor, Frequency.DAY)
    room.post("ab12/1", [noor], NOW)
    room.closed_to.add((noor.pk, "ab12/1"))

    told = send(MORNING)

    assert told.dropped == 1
    assert not mail.outbox
    assert not Outbox.objects.exists()


@tries(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_mail_and_no_page_says_what_its_reader_may_not_read(
    room: Room, noor: User, data: st.DataObject
) -> None:
    from contrechamp.accounts.queries import notices as queries

    mail.outbox.clear()
    Notice.objects.all().delete()
    Outbox.objects.all().delete()
    room.texts, room.hidden, room.closed_to = {}, set(), set()
    readers = [
        wants(
            make.user(name),
            data.draw(st.sampled_from([Frequency.NOW, Frequency.DAY, Frequency.WEEK])),
            data.draw(st.sampled_from(["nothing", "title", "full"])),
        )
        for name in ("noor", "io", "amina")
    ]
    ids = [f"{thread}/{n}" for thread in ("ab12", "cd34") for n in range(3)]
    for id in ids:
        room.post(id, readers, NOW, f"SECRET-{id}-")
        services.hold("post", data.draw(st.sampled_from([[], [id]])))
    room.hidden = data.draw(st.sets(st.sampled_from(ids)))
    room.closed_to = data.draw(
        st.sets(st.tuples(st.sampled_from([one.pk for one in readers]), st.sampled_from(ids)))
    )

    send(NOW + timedelta(days=8))

    held = set(Notice.objects.filter(is_held=True).values_list("object_id", flat=True))
    for reader in readers:
        mails = [str(one.message()) for one in mail.outbox if reader.email in one.to]
        groups = queries.said(list(queries.notices_of(reader, is_read=False)), reader)
        shown = {one.card.url for group in groups for one in group.said}
        for id in ids:
            if id in held or not room.may_read(id, reader):
                assert not any(id in one for one in mails)
                assert f"/t/{id}" not in shown


def test_each_mail_leaves_once(room: Room, noor: User) -> None:
    wants(noor, Frequency.DAY)
    room.post("ab12/1", [noor], NOW)

    assert send(NOW).sent == 0
    assert send(MORNING).sent == 1
    assert send(MORNING).sent == 0
    room.post("ab12/2", [noor], MORNING)
    assert send(MORNING).sent == 0
    assert send(MORNING + timedelta(days=1)).sent == 1

    assert "ab12/1" not in str(mail.outbox[1].body)


def test_what_was_read_on_the_site_is_not_mailed(room: Room, noor: User) -> None:
    wants(noor, Frequency.DAY)
    room.post("ab12/1", [noor], NOW)
    services.mark_read(noor, now=NOW)

    send(MORNING)

    assert not mail.outbox


def test_who_stopped_mail_before_the_morning_gets_none(room: Room, noor: User) -> None:
    wants(noor, Frequency.DAY)
    room.post("ab12/1", [noor], NOW)
    NoticeSettings.objects.filter(user=noor).update(frequency="never")

    send(MORNING)

    assert not mail.outbox


class Broken(locmem.EmailBackend):
    """A server that answers as it is told."""

    errors: list[Exception] = []  # noqa: RUF012

    def send_messages(self, messages: Any) -> int:
        if Broken.errors:
            raise Broken.errors.pop(0)
        return super().send_messages(messages)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    from contrechamp.accounts.connectors import post

    monkeypatch.setattr(post, "get_connection", Broken)
    Broken.errors = []
    return Broken.errors


def test_a_mail_that_fails_is_tried_five_times_and_then_shown_to_the_operator(
    room: Room, noor: User, server: list[Exception]
) -> None:
    wants(noor)
    room.post("ab12/1", [noor], NOW)
    now = NOW
    for _ in range(5):
        server.append(smtplib.SMTPDataError(451, b"try later"))
        send(now)
        send(now)  # Not before its time.
        now = Outbox.objects.get().not_before

    row = Outbox.objects.get()
    assert (row.state, row.tries) == ("FAILED", 5)
    assert row.last_error == "451 try later"
    assert not mail.outbox

    mailing.decide(row.pk, has_left=False, now=now)
    send(now)
    assert len(mail.outbox) == 1


def test_a_mailbox_that_the_server_does_not_know_is_not_written_to_again(
    room: Room, noor: User, server: list[Exception]
) -> None:
    wants(noor)
    server.append(smtplib.SMTPRecipientsRefused({"noor@courriel.example": (550, b"no such user")}))
    room.post("ab12/1", [noor], NOW)

    send()
    room.post("ab12/2", [noor], NOW)
    send()

    wanted = NoticeSettings.objects.get(user=noor)
    assert wanted.refused_why == "550 no such user"
    assert not mail.outbox


def test_a_mail_whose_server_never_answered_is_in_doubt_and_not_sent_again(
    room: Room, noor: User, server: list[Exception]
) -> None:
    wants(noor)
    room.post("ab12/1", [noor], NOW)
    server.append(smtplib.SMTPServerDisconnected("gone"))

    assert send().maybe == 1
    assert send(NOW + timedelta(days=2)).sent == 0

    row = Outbox.objects.get()
    assert row.state == "MAYBE"
    mailing.decide(row.pk, has_left=True, now=NOW)
    assert Outbox.objects.get().state == "SENT"
    assert Notice.objects.get().mail == ""


def test_the_name_of_a_mail_is_the_same_whenever_it_is_made(
    room: Room, noor: User, server: list[Exception]
) -> None:
    wants(noor)
    room.post("ab12/1", [noor], NOW)
    names = []
    for _ in range(2):
        send()
        names.append(mail.outbox[-1].extra_headers["Message-ID"])
        Outbox.objects.update(state="RETRYING", handed_at=None)
        Notice.objects.update(mail="now")

    assert names[0] == names[1]


def test_a_mail_says_how_to_end_it_in_one_click(room: Room, noor: User) -> None:
    wants(noor)
    room.post("ab12/1", [noor], NOW)
    send()

    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Unsubscribe"].strip("<>") in body()


def test_a_digest_of_many_readers_asks_little_of_the_database_for_each(room: Room) -> None:
    from django.test.utils import CaptureQueriesContext

    readers = [wants(make.user(f"n{n}"), Frequency.DAY) for n in range(12)]
    for n in range(4):
        room.post(f"ab12/{n}", readers, NOW)

    with CaptureQueriesContext(connection) as asked:
        assert send(MORNING).sent == 12

    assert len(asked) / 12 < 14
