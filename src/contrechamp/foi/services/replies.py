"""What comes back: kept as replies, read by a machine that proposes, decided by a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.documents import services as documents
from contrechamp.foi.domain.facts import Kind, Proof
from contrechamp.foi.models import FactRow, Obtained, Reply, Request
from contrechamp.foi.queries.reading import propose
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.mail import queries as mail
from contrechamp.mail import services as mail_services
from contrechamp.mail.domain.shapes import Span

from .deriving import derive
from .recording import record

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.mail.models import Incoming

BY_MACHINE = {"AUTOMATIC": Kind.AUTOMATIC_REPLY}
"""Kinds of message that need no person: none of them changes a date or a state."""


def on_arrived(incoming: Incoming, thread: str, *, actor: User, now: datetime) -> Reply | None:
    """Keep a message that came to a request as a reply to be read; the same message once."""
    request = Request.objects.filter(pk=thread).first()
    if request is None:
        return None
    with transaction.atomic():
        reply, is_new = Reply.objects.get_or_create(
            request=request,
            message=incoming.pk,
            defaults={
                "day": min(localdate(incoming.received_at), localdate(now)),
                "kind": incoming.kind,
                "text": fresh_text(incoming),
                "made_at": now,
            },
        )
        if not is_new:
            return reply
        reply.reading = propose(request, reply)
        _by_machine(request, reply, incoming, actor=actor, now=now)
        reply.save()
        derive(request, now=now)
    return reply


def fresh_text(incoming: Incoming) -> str:
    """Return the words that a message adds: what it quotes of ours is left out."""
    message = mail_services.message_of(incoming)
    if message is None:
        return ""
    kept = (each for each in message.blocks if each.span is not Span.QUOTED)
    return "".join(message.text[each.start : each.end] for each in kept).strip()


def _by_machine(
    request: Request, reply: Reply, incoming: Incoming, *, actor: User, now: datetime
) -> None:
    """Do with a message what needs no person: fold an absence, note a delivery."""
    # A server's clock may be ahead of ours.
    day = min(localdate(incoming.received_at), localdate(now))
    is_sent = request.facts.filter(kind=Kind.SENT, first__lte=day).exists()
    if incoming.kind == "AUTOMATIC" and is_sent:
        reply.fact = record(
            request, Kind.AUTOMATIC_REPLY, first=day, actor=actor, now=now, message=incoming.pk
        )
        reply.state = Reply.State.SET_ASIDE
    elif incoming.kind == "DELIVERY_NOTICE" and is_sent:
        reply.fact = record(
            request, Kind.ACCEPTED, first=day, proof=Proof.SMTP_OF_BODY, actor=actor, now=now,
            message=incoming.pk,
        )  # fmt: skip
        reply.state = Reply.State.SET_ASIDE
    elif incoming.kind == "READ_RECEIPT" and is_sent:
        sent = request.facts.filter(kind=Kind.SENT).order_by("first").last()
        reply.fact = record(
            request, Kind.RECEIPT, first=sent.first if sent else day, last=day,
            proof=Proof.READ_RECEIPT, actor=actor, now=now, message=incoming.pk,
        )  # fmt: skip
        reply.state = Reply.State.SET_ASIDE
    elif incoming.kind in {"HARD_BOUNCE", "SOFT_BOUNCE"}:
        reply.state = Reply.State.SET_ASIDE


@transaction.atomic
def on_taken_out(message: str, thread: str, *, actor: User, now: datetime) -> None:
    """Set aside a message that a person took out of a request; what it proved counts no more."""
    reply = (
        Reply.objects.select_for_update()
        .select_related("request", "fact")
        .filter(request=thread, message=message)
        .first()
    )
    if reply is None:
        return
    decide(reply, None, actor=actor, now=now, note="Message classé ailleurs.")


def enter_letter(
    request: Request,
    *,
    day: date,
    text: str,
    actor: User,
    now: datetime,
    scan: tuple[str, bytes] | None = None,
) -> Reply:
    """Keep a paper letter that came by post, with its scan, as a reply to be read."""
    if day > localdate(now):
        raise Refused(gettext_noop("Le {day} n'est pas encore venu."), day=day)
    # Reading a file takes seconds: not while the database waits.
    document = keep_file(*scan, actor=actor, now=now) if scan else ""
    with transaction.atomic():
        locked = Request.objects.select_for_update().get(pk=request.pk)
        reply = Reply(
            request=locked,
            day=day,
            kind="LETTER",
            text=text.strip(),
            document=document,
            made_at=now,
        )
        reply.reading = propose(locked, reply)
        reply.save()
        derive(locked, now=now)
    return reply


@transaction.atomic
def decide(
    reply: Reply,
    kind: Kind | None,
    *,
    actor: User,
    now: datetime,
    first: date | None = None,
    values: Mapping[str, object] | None = None,
    note: str = "",
) -> FactRow | None:
    """Say what a reply is: the fact that it makes, or none. A decision can be taken anew.

    The one before is then corrected, not erased.
    """
    locked = Reply.objects.select_for_update().select_related("request", "fact").get(pk=reply.pk)
    old = locked.fact
    row = None
    if kind is not None:
        row = record(
            locked.request,
            kind,
            first=first or locked.day,
            proof=_proof(kind, locked),
            values=values,
            message=locked.message,
            document=locked.document,
            note=note,
            corrects=old.pk if old else "",
            actor=actor,
            now=now,
        )
    elif old is not None:
        record(
            locked.request, Kind(old.kind), first=old.first, last=old.last,
            values={"is_removal": True}, corrects=old.pk, note=note, actor=actor, now=now,
        )  # fmt: skip
    locked.fact = row
    locked.state = Reply.State.READ if row else Reply.State.SET_ASIDE
    locked.read_by, locked.read_at = actor, now
    locked.save()
    if locked.message:
        mail_services.mark_read(locked.message, actor=actor, now=now)
    derive(locked.request, now=now)
    return row


def _proof(kind: Kind, reply: Reply) -> Proof:
    if kind is Kind.ACKNOWLEDGED:
        return Proof.ACKNOWLEDGEMENT
    return Proof.LETTER


def keep_attachments(
    reply: Reply, numbers: Collection[str], *, actor: User, now: datetime, item: int | None = None
) -> list[Obtained]:
    """Put chosen files of a message into the library, private; each once.

    A file to which the scan for viruses objects stays in the message: raise `Refused` for it
    once the others are kept.
    """
    kept, objections = [], []
    incoming = mail.find_incoming(reply.message)
    for each in mail_services.attachments_of(incoming) if incoming else ():
        part = each.part
        if part.number not in numbers:
            continue
        if not each.scan.may_be_opened:
            objections.append(f"{part.name} ({each.scan.detail})")
            continue
        kept.append(
            keep_obtained(
                reply.request,
                part.name,
                part.content,
                message=reply.message,
                part=part.number,
                item=item,
                actor=actor,
                now=now,
            )
        )
    if objections:
        raise Refused(
            gettext_noop("Gardé dans le message, hors de la bibliothèque : {why}."),
            why=" ; ".join(objections),
        )
    return kept


def keep_obtained(
    request: Request,
    name: str,
    content: bytes,
    *,
    actor: User,
    now: datetime,
    message: str = "",
    part: str = "",
    item: int | None = None,
) -> Obtained:
    """Keep one file as a document that came of a request; the same file once."""
    document = keep_file(name, content, actor=actor, now=now)
    row, _ = Obtained.objects.get_or_create(
        request=request,
        document=document,
        message=message,
        part=part,
        defaults={"name": name, "made_by": actor, "made_at": now, "item_id": item},
    )
    return row


def keep_file(name: str, content: bytes, *, actor: User, now: datetime) -> str:
    """Put one file into the library, private, as obtained by a request; return `doc-…`.

    Raise `Refused` with the library's own sentence when it cannot be kept.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        report = documents.add_paths(
            [path],
            actor=actor,
            now=now,
            names={path: name or "document"},
            origin="FOI",
            access="PRIVATE",
            obtained_on=localdate(now),
        )
    entry = report.documents[0]
    if not entry.id:
        raise Refused(gettext_noop("« {name} » : {why}"), name=name, why=entry.message or "")
    return entry.id
