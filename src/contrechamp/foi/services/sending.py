"""Sending: by e-mail through the mail room, or by other ways that somebody tells of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.directory import queries as directory
from contrechamp.directory import services as bodies
from contrechamp.foi.domain.facts import Kind, Proof
from contrechamp.foi.domain.states import State
from contrechamp.foi.models import Paper, Request
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.mail import queries as mail_queries
from contrechamp.mail import services as mail

from .papers import make_paper, pdf_of
from .recording import record

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.mail.models import Outgoing


@transaction.atomic
def send(request: Request, *, actor: User, now: datetime) -> Outgoing:
    """Queue a ready request as an e-mail with its letter as PDF; it can be recalled for a while.

    The fact that it was sent is recorded when it has left. Raise `Refused` when it is not ready,
    when it is under way already, or when the body has no address that mail may go to.
    """
    locked = (
        Request.objects.select_for_update().select_related("requester", "body").get(pk=request.pk)
    )
    if locked.state not in {State.READY, State.UNDELIVERED}:
        raise Refused(
            gettext_noop("Relisez la demande et marquez-la prête : alors seulement elle part.")
        )
    if any(each.state == "QUEUED" for each in mail_queries.outgoing_of(locked.pk)):
        raise Refused(gettext_noop("La demande attend déjà son départ."))
    address = address_of(locked)
    locked.address = address
    locked.channel = Request.Channel.EMAIL
    locked.identity = signed_by(locked)
    locked.save(update_fields=["address", "channel", "identity"])
    paper = make_paper(locked, "request", actor=actor, now=now)
    return queue_paper(locked, paper, actor=actor, now=now)


def signed_by(request: Request) -> dict[str, object]:
    """Return the identity that signs, to be kept as it is today."""
    requester = request.requester
    return {"kind": requester.kind, **requester.identity} if requester else {}


def address_of(request: Request) -> str:
    """Return the address that mail to the body goes to; raise `Refused` with what to do.

    On an instance that sends nothing the address may be one that leads nowhere.
    """
    if request.body is None:
        raise Refused(gettext_noop("Choisissez l'administration à qui demander."))
    choice = directory.address_for(request.body.pk)
    way = choice.address
    if way is None or not way.is_mail or (mail_queries.is_live() and not choice.can_send):
        raise Refused(
            gettext_noop(
                "L'annuaire n'a pas d'adresse électronique utilisable pour {body} : corrigez sa "
                "fiche, ou envoyez la lettre par courrier."
            ),
            body=str(request.body),
        )
    return way.value


def queue_paper(
    request: Request,
    paper: Paper,
    *,
    actor: User,
    now: datetime,
    to: str = "",
    in_reply_to: str = "",
    attachments: Sequence[mail.Enclosed] = (),
) -> Outgoing:
    """Queue a paper as an e-mail of this request: its words, and the same as PDF."""
    outgoing = mail.queue(
        thread=request.pk,
        to=to or request.address,
        subject=paper.subject,
        text=paper.text,
        attachments=(
            mail.Enclosed(name="lettre.pdf", media_type="application/pdf", content=pdf_of(paper)),
            *attachments,
        ),
        actor=actor,
        now=now,
        in_reply_to=in_reply_to,
    )
    Paper.objects.filter(pk=paper.pk).update(message=outgoing.pk, is_final=True)
    return outgoing


@transaction.atomic
def record_sent(
    request: Request,
    *,
    channel: str,
    day: date,
    proof: Proof,
    actor: User,
    now: datetime,
    received_on: date | None = None,
    document: str = "",
) -> Request:
    """Record that a request left by post, by hand or through an online service.

    `proof` says how its receipt is known: a slip that gives `received_on`, a stamp, or the post
    alone. The identity is kept as it was on that day.
    """
    locked = Request.objects.select_for_update().select_related("requester").get(pk=request.pk)
    locked.channel = channel
    locked.identity = signed_by(locked)
    locked.save(update_fields=["channel", "identity"])
    if (
        locked.state == State.READY
        and not locked.facts.filter(kind=Kind.READY, first__lte=day).exists()
    ):
        # Printed and posted first, told of here days later: it was ready when it left.
        record(locked, Kind.READY, first=day, actor=actor, now=now)
    record(locked, Kind.SENT, first=day, proof=proof, actor=actor, now=now, document=document)
    if received_on is not None and proof is not Proof.POST:
        record(
            locked, Kind.RECEIPT, first=received_on, proof=proof, actor=actor, now=now,
            document=document,
        )  # fmt: skip
    elif proof is Proof.POST:
        record(locked, Kind.ACCEPTED, first=day, proof=proof, actor=actor, now=now)
    locked.refresh_from_db()
    return locked


def on_sent(outgoing: Outgoing, *, actor: User, now: datetime) -> None:
    """Record what follows from a letter that left: of a request, that it was sent."""
    request = Request.objects.filter(pk=outgoing.thread).first()
    paper = Paper.objects.filter(message=outgoing.pk, series=None).first()
    if request is None or paper is None:
        return
    day = outgoing.paris_day or localdate(now)
    kind = _KINDS.get(paper.kind)
    if kind is None:
        return
    record(request, kind, first=day, actor=actor, now=now, message=outgoing.pk, proof=Proof.SAID)
    if kind is Kind.SENT and outgoing.is_live:
        record(
            request, Kind.ACCEPTED, first=day, actor=actor, now=now, message=outgoing.pk,
            proof=Proof.SMTP_OF_RELAY,
        )  # fmt: skip


_KINDS = {
    "request": Kind.SENT,
    "follow_up": Kind.FOLLOWED_UP,
    "precision": Kind.CLARIFIED,
    "referral": Kind.CADA_FILED,
    "reasons": Kind.MOTIVES_ASKED,
}
"""What it means that a paper has left. A reply to a refusal moves nothing (CRPA L412-4)."""


def on_bounced(outgoing: Outgoing, message: str, *, hard: bool, actor: User, now: datetime) -> None:
    """Record that a letter came back; nobody writes to that address until a person has looked."""
    if not hard:
        return
    request = Request.objects.filter(pk=outgoing.thread).first()
    if request is not None and request.body_id:
        for way in directory.ways_of(request.body_id):
            if way.value.lower() == outgoing.to_address.lower():
                bodies.record_bounce(way.pk, now=now)
    paper = Paper.objects.filter(message=outgoing.pk, kind="request").first()
    if request is not None and paper is not None and request.facts.filter(kind=Kind.SENT).exists():
        record(request, Kind.BOUNCED, first=localdate(now), actor=actor, now=now, message=message)
