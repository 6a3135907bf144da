"""A request by real mail: it leaves over SMTP, answers come over IMAP, silence is verified."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from django.test import override_settings
from django.utils import timezone

from contrechamp.directory.models import Address
from contrechamp.foi import services, tasks
from contrechamp.foi.domain.facts import Kind
from contrechamp.foi.domain.states import State
from contrechamp.foi.models import Reply, Request
from contrechamp.foi.queries.facts import status_of
from contrechamp.foi.queries.listing import lines
from contrechamp.mail import queries as mail_queries
from contrechamp.mail import services as mail
from tests import make
from tests.mail.conftest import Set, mailbox, post, set_mail
from tests.mail.servers import Mailbox, Post
from tests.people import Person

from .requests import body, draft

__all__ = ["mailbox", "post", "set_mail"]
pytestmark = pytest.mark.django_db(transaction=True)
TOWN = "mairie@valbrume.fr"
"""A real-looking address of nobody: the directory gives it, and only this machine is reached."""


def left(post: Post, mailbox: Mailbox, set_mail: Set, at: datetime) -> Request:
    """Return a request that left by mail at a moment."""
    set_mail(mail_live=True, mail=post.address, mailbox=mailbox.address)
    town = body(address=TOWN)
    request = draft(body=town.pk)
    services.mark_ready(request, actor=request.author, now=at)
    services.send(request, actor=request.author, now=at)
    mail.send_due(clock=lambda: at + timedelta(minutes=36))
    request.refresh_from_db()
    return request


def answer(
    post: Post, text: str, *, subject: str = "Votre demande", at: datetime, **headers: str
) -> bytes:
    """Return what the town answers to the address that our letter gave."""
    message = EmailMessage()
    message["From"] = f"Mairie <{TOWN}>"
    message["To"] = str(post.letters[0].mail_from)
    message["Subject"] = subject
    message["Date"] = at
    message["Message-ID"] = f"<{abs(hash((text, subject))):x}@valbrume.fr>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return bytes(message)


def test_from_the_letter_to_the_verified_silence(
    set_mail: Set, post: Post, mailbox: Mailbox
) -> None:
    now = timezone.now()
    start = now - timedelta(days=40)
    request = left(post, mailbox, set_mail, start)
    assert [letter.rcpt_tos for letter in post.letters] == [[TOWN]]
    assert request.state in {State.AWAITING, State.UNVERIFIED}
    assert request.facts.filter(kind=Kind.ACCEPTED).exists()
    status, blockers = status_of(request, now=now)
    assert status.state is State.UNVERIFIED
    assert [each.code for each in blockers] == ["never_checked"]

    # One good reading is enough, and nobody has to press anything.
    assert mail.poll().ok
    request.refresh_from_db()
    assert request.state == State.REFUSED_SILENT
    assert [line.state for line in lines([request], now=now)] == [State.REFUSED_SILENT]

    # The poller stops: nothing says "no answer" any more.
    later = now + timedelta(hours=49)
    status, blockers = status_of(request, now=later)
    assert status.state is State.UNVERIFIED
    assert [each.code for each in blockers] == ["stale_check"]
    assert [line.state for line in lines([request], now=later)] == [State.UNVERIFIED]


def test_an_answer_that_nobody_has_read_forbids_to_state_a_silence(
    set_mail: Set, post: Post, mailbox: Mailbox
) -> None:
    now = timezone.now()
    request = left(post, mailbox, set_mail, now - timedelta(days=40))
    mailbox.put(
        answer(
            post,
            "Bonjour,\n\nVotre demande est rejetée : leur communication porterait atteinte à la "
            "sécurité publique (article L. 311-5). Vous pouvez saisir la CADA dans un délai de "
            "deux mois.\n",
            at=now - timedelta(days=3),
        )
    )
    assert mail.poll().ok
    reply = Reply.objects.get(request=request)
    assert (reply.state, reply.kind) == ("UNREAD", "HUMAN")
    assert reply.reading["codes"] == ["L311-5-2d"]
    assert reply.reading["remedies"] is True
    request.refresh_from_db()
    assert request.state == State.UNVERIFIED

    # Visitors read that nothing is sure; what waits to be read, only those who see to it.
    services.publish(request, actor=request.author, now=now)
    url, waits = f"/demandes/{request.pk}", "Un message de ce dossier"
    assert "silence à vérifier" in Person().opens(url).text
    assert waits not in Person().opens(url).text
    assert waits not in Person(make.user("autre")).opens(url).text
    assert waits in Person(request.author).opens(url).text
    services.decide(reply, Kind.REFUSED, actor=request.author, now=now, values={"remedies": True})
    request.refresh_from_db()
    assert request.state == State.REFUSED_EXPRESS


def test_an_absence_and_a_receipt_change_no_state(
    set_mail: Set, post: Post, mailbox: Mailbox
) -> None:
    now = timezone.now()
    request = left(post, mailbox, set_mail, now - timedelta(days=10))
    before = Request.objects.filter(pk=request.pk).values("state", "act_by", "last_day").get()
    mailbox.put(
        answer(
            post,
            "Je suis absente du bureau jusqu'au 3 avril.",
            subject="Réponse automatique : Votre demande",
            at=now - timedelta(days=9),
            Auto_Submitted="auto-replied",
        )
    )
    assert mail.poll().ok
    reply = Reply.objects.get(request=request)
    assert (reply.kind, reply.state) == ("AUTOMATIC", "SET_ASIDE")
    after = Request.objects.filter(pk=request.pk).values("state", "act_by", "last_day").get()
    assert after == before


def test_a_letter_that_comes_back_stops_the_clock_and_sets_the_address_aside(
    set_mail: Set, post: Post, mailbox: Mailbox
) -> None:
    now = timezone.now()
    request = left(post, mailbox, set_mail, now - timedelta(days=2))
    outgoing = mail_queries.outgoing_of(request.pk).get()
    report = (
        f"From: MAILER-DAEMON@ici.example\r\nTo: {post.letters[0].mail_from}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n'
        "--x\r\nContent-Type: text/plain\r\n\r\nNo such user here.\r\n"
        "--x\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; ici.example\r\n\r\n"
        f"Final-Recipient: rfc822; {TOWN}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 No such user\r\n\r\n"
        "--x\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: <{outgoing.message_id}>\r\n\r\n--x--\r\n"
    )
    mailbox.put(report.encode())
    assert mail.poll().ok
    request.refresh_from_db()
    assert request.state == State.UNDELIVERED
    assert Address.objects.get(value=TOWN).quarantined_at is not None


def test_with_the_settings_of_a_new_site_only_the_outbox_folder_grows(
    set_mail: Set, post: Post
) -> None:
    # Well before now: a letter queued half an hour before midnight would leave on a day to come.
    now = timezone.now() - timedelta(days=1)
    set_mail(mail=post.address)
    request = draft(body=body(address=TOWN).pk)
    services.mark_ready(request, actor=request.author, now=now)
    services.send(request, actor=request.author, now=now)
    mail.send_due(clock=lambda: now + timedelta(minutes=36))
    assert post.letters == []
    assert len(list(mail_queries.outbox().glob("*.eml"))) == 1
    request.refresh_from_db()
    assert request.state == State.SENT


@override_settings(TIME_ZONE="Europe/Paris")
def test_the_letter_invokes_what_it_must_and_states_no_motive(
    set_mail: Set, post: Post, mailbox: Mailbox
) -> None:
    left(post, mailbox, set_mail, timezone.now() - timedelta(days=2))
    raw = post.letters[0].content
    assert isinstance(raw, bytes)
    assert b"application/pdf" in raw
    for sign in (b"X-Mailer", b"Disposition-Notification-To", b"Auto-Submitted", b"Precedence"):
        assert sign not in raw


def test_what_a_dead_process_left_undone_is_caught_up_with_once(
    set_mail: Set, post: Post, mailbox: Mailbox
) -> None:
    now = timezone.now()
    with pytest.MonkeyPatch.context() as patch:
        # The mail is sent and filed, and nobody lives to tell the request.
        patch.setattr(services, "on_sent", lambda *_args, **_more: None)
        patch.setattr(services, "on_arrived", lambda *_args, **_more: None)
        request = left(post, mailbox, set_mail, now - timedelta(hours=20))
        mailbox.put(answer(post, "Nous avons besoin d'une précision.", at=now))
        assert mail.poll().ok
    assert not request.facts.filter(kind=Kind.SENT).exists()
    for _ in range(2):
        tasks.catch_up()
    assert request.facts.filter(kind=Kind.SENT).count() == 1
    assert Reply.objects.filter(request=request).count() == 1
