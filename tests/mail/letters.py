"""Messages and letters of invented people and towns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User
from contrechamp.mail import services
from contrechamp.mail.models import Outgoing
from tests import make

NOW = datetime(2031, 3, 2, 10, tzinfo=UTC)
THREAD = "req-7h3kq0w2xz"
OTHER = "req-8j4mr1x3yz"
TOWN = "mairie@ville-inventee.fr"
"""A real-looking address of nobody: tests must not be able to reach it."""


def editor() -> User:
    return User.objects.filter(username="amina").first() or make.user("amina", Role.EDITOR)


def queued(
    now: datetime = NOW, *, thread: str = THREAD, to: str = TOWN, **more: object
) -> Outgoing:
    """Queue a letter that asks for documents."""
    return services.queue(
        thread=thread,
        to=to,
        subject="Demande de documents administratifs",
        text="Madame, Monsieur,\n\nPourriez-vous nous communiquer …\n.\n..fin\n",
        actor=editor(),
        now=now,
        **more,  # type: ignore[arg-type]
    )


def sent(now: datetime = NOW, **more: object) -> Outgoing:
    """Queue a letter and let it leave."""
    letter = queued(now, **more)  # type: ignore[arg-type]
    services.send_due(clock=lambda: now + timedelta(minutes=36))
    letter.refresh_from_db()
    return letter


def answer(
    to: str = "quelqu-un@ailleurs.example",
    *,
    sender: str = TOWN,
    subject: str = "Votre demande",
    text: str = "Bonjour,\n\nVeuillez trouver les documents ci-joints.\n",
    **headers: str,
) -> bytes:
    """Return the bytes of a message that a server would hold."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = "Mon, 03 Mar 2031 11:00:00 +0100"
    message["Message-ID"] = f"<{abs(hash((to, subject, text))):x}@ville-inventee.fr>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes().replace(b"\n", b"\r\n")


def bounce(letter: Outgoing, *, status: str = "5.1.1", action: str = "failed") -> bytes:
    """Return a report as Postfix writes it: that a letter was not delivered, or not yet."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@relais.nulle-part.fr (Mail Delivery System)
To: {letter.from_address}
Subject: Undelivered Mail Returned to Sender
Date: Mon, 03 Mar 2031 11:00:00 +0100
Message-ID: <{status}{action}.{letter.soft_bounces}@relais.nulle-part.fr>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relais.nulle-part.fr

Final-Recipient: rfc822; {letter.to_address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} User unknown

--b
Content-Type: message/rfc822-headers

Message-ID: <{letter.message_id}>
Subject: Demande

--b--
""".replace("\n", "\r\n").encode()
