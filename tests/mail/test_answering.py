"""Members answer notices by mail: their text alone is taken, once, and no mail stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from hashlib import sha256

import pytest
from django.core import mail
from django.test import TestCase

from contrechamp.accounts.domain.notices import Frequency
from contrechamp.accounts.models import AnswerKey, NoticeSettings, User
from contrechamp.accounts.services import mailing
from contrechamp.mail import services
from contrechamp.mail.models import Filing, Incoming
from contrechamp.mail.queries import ours
from tests import make
from tests.accounts.telling import Room, opened, wants
from tests.mail.conftest import Set
from tests.mail.letters import NOW, THREAD

pytestmark = pytest.mark.django_db
ADDRESS = "noor@courriel.example"

GMAIL = """Je suis d'accord avec toi.

La délibération est du 3 mars.

Le lun. 3 mars 2031 à 11:02, Contrechamp <avis@reponses.nulle-part.fr> a
écrit :

> marianne a écrit
> https://exemple.fr/forum/m/ab12/1
>
>   Un texte cité.
"""
OUTLOOK = """Je suis d'accord avec toi.

La délibération est du 3 mars.

________________________________
De : Contrechamp <avis@reponses.nulle-part.fr>
Envoyé : lundi 3 mars 2031 11:02
À : noor@courriel.example
Objet : Fil ab12

Un texte cité.
"""
PHONE = """Je suis d'accord avec toi.

La délibération est du 3 mars.

Envoyé de mon iPhone

> Le 3 mars 2031 à 11:02, Contrechamp <avis@reponses.nulle-part.fr> a écrit :
>
> Un texte cité.
"""
THUNDERBIRD = """Le 03/03/2031 à 11:02, Contrechamp a écrit :
> marianne a écrit
>   Un texte cité.

Je suis d'accord avec toi.

La délibération est du 3 mars.

--\x20
Noor Exemple
06 00 00 00 00
"""
ENGLISH = """Je suis d'accord avec toi.

La délibération est du 3 mars.

On Mon, 3 Mar 2031 at 11:02, Contrechamp <avis@reponses.nulle-part.fr> wrote:
> Un texte cité.
"""
PLAIN = "Je suis d'accord avec toi.\n\nLa délibération est du 3 mars.\n"


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch, set_mail: Set) -> Iterator[Room]:
    set_mail(mailbox="imaps://quelqu-un:secret@boite.nulle-part.fr")
    with opened(monkeypatch) as found:
        yield found


@pytest.fixture
def noor(room: Room) -> User:
    """Somebody who got a mail about a thread and may answer it."""
    user = wants(make.user("noor"), Frequency.NOW, "full")
    room.post("ab12/1", [user], NOW, "Un texte cité.")
    mailing.send_due(clock=lambda: NOW)
    return user


def answer(
    to: str = "", text: str = PLAIN, *, sender: str = ADDRESS, html: bool = False, **headers: str
) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f"Noor Exemple <{sender}>"
    message["To"] = to or mail.outbox[0].reply_to[0]
    message["Subject"] = "Re: Fil ab12"
    message["Date"] = "Mon, 03 Mar 2031 11:10:00 +0100"
    message["Message-ID"] = f"<{sha256((text + sender + str(headers)).encode()).hexdigest()}@x.fr>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def comes(message: EmailMessage | bytes) -> Incoming:
    """Let a message come and be handed on; return what is left of it."""
    raw = message if isinstance(message, bytes) else message.as_bytes()
    mail.outbox.clear()
    with TestCase.captureOnCommitCallbacks(execute=True):
        row = services.take_in(raw, now=NOW).incoming
    with TestCase.captureOnCommitCallbacks(execute=True):
        services.take_answers(NOW)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("text", [PLAIN, GMAIL, OUTLOOK, PHONE, THUNDERBIRD, ENGLISH], ids=range(6))
def test_what_one_wrote_is_posted_without_quotation_and_signature(
    room: Room, noor: User, text: str
) -> None:
    comes(answer(text=text))

    ((who, where, said),) = room.answers
    assert (who, where) == ("noor", "ab12")
    assert " ".join(said.split()) == " ".join(PLAIN.split())
    assert not mail.outbox


def test_nothing_of_the_mail_stays_and_it_is_taken_once(room: Room, noor: User) -> None:
    message = answer()
    row = comes(message)
    with TestCase.captureOnCommitCallbacks(execute=True):
        services.take_in(message.as_bytes(), now=NOW + timedelta(days=1))
        services.take_answers(NOW + timedelta(days=1))

    assert len(room.answers) == 1
    assert row.state == "TAKEN"
    assert (row.from_address, row.from_name, row.subject, row.parsed) == ("", "", "", {})
    assert not Filing.objects.exists()
    assert not ours.kept().exists(row.sha256)


def test_the_mail_says_how_it_can_be_answered_and_where_failures_come_back(noor: User) -> None:
    (message,) = mail.outbox
    (address,) = message.reply_to
    assert address.startswith("avi-")
    assert address.endswith("@reponses.nulle-part.fr")
    assert message.from_email == address
    assert "Vous pouvez répondre" in message.body


def test_another_sender_is_not_posted_and_the_owner_is_told(room: Room, noor: User) -> None:
    comes(answer(sender="mechant@ailleurs.fr"))

    assert not room.answers
    (back,) = mail.outbox
    assert back.to == [ADDRESS]
    assert "d'une autre adresse que la vôtre" in back.body


def test_a_wrong_token_is_told_once_what_to_do(room: Room, noor: User) -> None:
    local, _, domain = mail.outbox[0].reply_to[0].partition("@")
    forged = f"{local[:-4]}9999@{domain}"

    row = comes(answer(forged, sender="lea@ailleurs.fr"))
    assert not room.answers
    (back,) = mail.outbox
    assert back.to == ["lea@ailleurs.fr"]
    assert back.extra_headers["Auto-Submitted"] == "auto-replied"
    assert row.state == "TAKEN"

    comes(answer(forged, "Encore", sender="lea@ailleurs.fr"))
    assert not mail.outbox


def test_an_old_address_posts_nothing(room: Room, noor: User) -> None:
    AnswerKey.objects.update(until=NOW.date() - timedelta(days=1))

    comes(answer())

    assert not room.answers
    assert "quatre-vingt-dix jours" in mail.outbox[0].body


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"X_Autoreply": "yes"},
        {"Precedence": "auto_reply"},
        {"Subject_": "x", "Auto_Submitted": "auto-generated"},
    ],
    ids=range(4),
)
def test_machines_are_neither_posted_nor_answered(
    room: Room, noor: User, headers: dict[str, str]
) -> None:
    comes(answer(text="Je suis absente jusqu'au 10 mars.", html=False, **headers))

    assert not room.answers
    assert not mail.outbox


def test_an_answer_that_is_only_a_quotation_is_told_so(room: Room, noor: User) -> None:
    comes(answer(text="> Un texte cité.\n"))

    assert not room.answers
    assert "votre réponse est vide" in mail.outbox[0].body


def test_what_the_site_refuses_is_told_with_its_sentence_and_the_text(
    room: Room, noor: User
) -> None:
    room.refuses = "Ce fil est fermé."

    comes(answer())

    (back,) = mail.outbox
    assert "Ce fil est fermé." in back.body
    assert "La délibération est du 3 mars." in back.body


def test_files_are_refused_and_the_text_is_posted(room: Room, noor: User) -> None:
    message = answer()
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")

    comes(message)

    assert len(room.answers) == 1
    assert "Les fichiers joints n'ont pas été pris" in mail.outbox[0].body


def test_a_mail_about_several_things_cannot_be_answered(room: Room) -> None:
    noor = wants(make.user("noor"), Frequency.DAY, "title")
    room.post("ab12/1", [noor], NOW)
    room.post("cd34/1", [noor], NOW)
    mailing.send_due(clock=lambda: NOW + timedelta(days=1))

    comes(answer())

    assert not room.answers
    assert "ne parle pas d'une seule discussion" in mail.outbox[0].body


def test_a_mail_that_comes_back_marks_the_address_as_refused(room: Room, noor: User) -> None:
    message = mail.outbox[0]
    raw = bounce_of(message.reply_to[0], message.extra_headers["Message-ID"])

    comes(raw)

    wanted = NoticeSettings.objects.get(user=noor)
    assert wanted.refused_on == NOW.date()
    assert "5.1.1" in wanted.refused_why or "unknown" in wanted.refused_why.lower()
    assert not room.answers
    assert not mail.outbox


def test_an_answer_that_also_concerns_a_request_stays_evidence(room: Room, noor: User) -> None:
    both = f"{mail.outbox[0].reply_to[0]}, {ours.reply_address(THREAD)}"

    row = comes(answer(both))

    assert row.state == "FILED"
    assert ours.kept().exists(row.sha256)


def test_without_a_mailbox_no_mail_asks_for_an_answer(room: Room, set_mail: Set) -> None:
    set_mail(mailbox="")
    noor = wants(make.user("io"), Frequency.NOW, "full")
    room.post("ab12/7", [noor], NOW)

    mailing.send_due(clock=lambda: NOW)

    (message,) = mail.outbox
    assert not message.reply_to
    assert "Vous pouvez répondre" not in message.body


def bounce_of(to: str, message_id: str) -> bytes:
    return f"""Return-Path: <>
From: MAILER-DAEMON@courriel.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Date: Mon, 03 Mar 2031 11:10:00 +0100
Message-ID: <b1@courriel.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

Your message could not be delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; courriel.example

Final-Recipient: rfc822; {ADDRESS}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--B
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: Fil ab12

--B--
""".replace("\n", "\r\n").encode()
