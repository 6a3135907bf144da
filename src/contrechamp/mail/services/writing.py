"""Writing a letter: its exact bytes are made and kept when it is queued, and never change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from io import BytesIO
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.kernel.errors import Misconfigured, Refused, gettext_noop
from contrechamp.kernel.ids import is_id, new_id
from contrechamp.mail import queries
from contrechamp.mail.domain.departing import COOLING, is_address, is_nobody
from contrechamp.mail.models import Outgoing
from contrechamp.mail.queries import ours

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

WIRE = SMTP.clone(cte_type="7bit")
"""Every server carries seven bits; nothing on the way has a reason to rewrite them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file that goes with a letter."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


def queue(
    *,
    thread: str,
    to: str,
    subject: str,
    text: str,
    attachments: Sequence[Enclosed] = (),
    actor: User,
    now: datetime,
    in_reply_to: str = "",
    from_name: str = "",
    cooling: timedelta = COOLING,
) -> Outgoing:
    """Write a letter and let it wait: it leaves when its cooling period is over.

    Raise `Refused` for an address that is none or a thread without key, `Misconfigured` when
    letters leave but no domain takes answers.
    """
    _check(thread, to)
    id, sender = new_id("out"), ours.reply_address(thread)
    tag = ours.subject_tag(thread)
    titled = " ".join(subject.split())
    message = _composed(
        sender=sender,
        to=to,
        subject=titled if tag in titled else f"{titled} {tag}",
        text=text,
        in_reply_to=in_reply_to,
        now=now,
        id=id,
        from_name=from_name,
    )
    for each in attachments:
        _enclose(message, each)
    raw = message.as_bytes(policy=WIRE)
    sha256 = ours.kept().put(BytesIO(raw))
    with transaction.atomic():
        return Outgoing.objects.create(
            id=id,
            thread=thread,
            to_address=to,
            from_address=sender,
            subject=titled[:500],  # Without the tag: a token is for the letter alone.
            message_id=_message_id(id),
            in_reply_to=in_reply_to[:998],
            sha256=sha256,
            size=len(raw),
            queued_at=now,
            send_after=now + cooling,
            next_try_at=now + cooling,
            made_by=actor,
        )


def _check(thread: str, to: str) -> None:
    if not is_id(thread):
        raise Refused(gettext_noop("« {thread} » n'est pas un dossier."), thread=thread)
    if not is_address(to):
        raise Refused(
            gettext_noop(
                "« {to} » n'est pas une adresse électronique : corrigez-la dans l'annuaire."
            ),
            to=to,
        )
    if ours.is_live() and is_nobody(ours.domain()):
        raise Misconfigured(
            gettext_noop("Les réponses n'ont pas de domaine : réglez CONTRECHAMP_MAIL_DOMAIN.")
        )


def _enclose(message: EmailMessage, file: Enclosed) -> None:
    main, _, sub = file.media_type.partition("/")
    message.add_attachment(
        file.content,
        maintype=main or "application",
        subtype=sub or "octet-stream",
        filename=" ".join(file.name.split()),
    )


def _message_id(id: str) -> str:
    return f"{id}@{queries.domain()}"


def _composed(
    *,
    sender: str,
    to: str,
    subject: str,
    text: str,
    in_reply_to: str,
    now: datetime,
    id: str,
    from_name: str,
) -> EmailMessage:
    message = EmailMessage(policy=WIRE)
    name = " ".join(from_name.replace('"', "'").split())
    message["From"] = f'"{name}" <{sender}>' if name else sender
    message["To"] = to
    message["Reply-To"] = sender
    message["Subject"] = subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{_message_id(id)}>"
    if plain := "".join(in_reply_to.split()).strip("<>"):
        message["In-Reply-To"] = f"<{plain}>"
        message["References"] = f"<{plain}>"
    message.set_content(text)
    return message
