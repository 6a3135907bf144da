"""Facts: recorded, corrected, taken back. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.foi.domain.facts import Fact, Kind, Proof
from contrechamp.foi.domain.recording import check_fact
from contrechamp.foi.models import FactRow, Paper, Reply, Request, new_fact_id
from contrechamp.foi.queries.facts import facts_of
from contrechamp.foi.queries.page import PUBLIC_KINDS
from contrechamp.foi.signals import changed
from contrechamp.kernel.errors import Refused
from contrechamp.law.domain.record import BACK_ALREADY, NOT_TAKEN_BACK, check_taking_back

from .deriving import derive
from .telling import tell

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@transaction.atomic
def record(
    request: Request,
    kind: Kind,
    *,
    first: date,
    actor: User,
    now: datetime,
    last: date | None = None,
    proof: Proof = Proof.SAID,
    values: Mapping[str, object] | None = None,
    message: str = "",
    document: str = "",
    note: str = "",
    corrects: str = "",
) -> FactRow:
    """Record a fact and derive what follows. The same fact from the same message is kept once.

    Raise `Refused` when it cannot follow what is known (`domain.recording`).
    """
    locked = Request.objects.select_for_update().get(pk=request.pk)
    if message and not corrects:
        again = locked.facts.filter(kind=kind, message=message).first()
        if again is not None:
            return again
    new = Fact(
        id=new_fact_id(),
        kind=kind,
        first=first,
        last=last or first,
        proof=proof,
        values=dict(values or {}),
        corrects=corrects,
    )
    check_fact(facts_of(locked), new, today=localdate(now))
    row = FactRow.objects.create(
        id=new.id,
        request=locked,
        kind=kind,
        first=new.first,
        last=new.last,
        proof=proof,
        values=new.values,
        corrects_id=corrects or None,
        message=message,
        document=document,
        note=note,
        made_by=actor,
        made_at=now,
    )
    locked.changed_at = request.changed_at = now
    Request.objects.filter(pk=locked.pk).update(changed_at=now)
    derive(locked, now=now)
    if locked.is_public and _is_public(row):
        tell(locked)
    request.refresh_from_db()
    transaction.on_commit(lambda: changed.send(None, request=locked))
    return row


def _is_public(row: FactRow) -> bool:
    """Answer whether visitors see a fact, or saw the one that it corrects.

    Nothing is told of a private note: to index a request anew moves others in the site's search.
    """
    old = row.corrects
    return row.kind in PUBLIC_KINDS or (old is not None and old.kind in PUBLIC_KINDS)


@transaction.atomic
def take_back(fact_id: str, *, actor: User, now: datetime, note: str) -> FactRow:
    """Say that a fact was entered by mistake: it stays to be read, and counts no more.

    Raise `Refused` without a reason, or for a fact that is corrected already.
    """
    old = FactRow.objects.select_related("request").get(pk=fact_id)
    check_taking_back(note, is_corrected=FactRow.objects.filter(corrects=old).exists())
    return record(
        old.request,
        Kind(old.kind),
        first=old.first,
        last=old.last,
        proof=Proof(old.proof),
        values={"is_removal": True},
        corrects=old.pk,
        note=note.strip(),
        actor=actor,
        now=now,
    )


def put_back(fact_id: str, *, actor: User, now: datetime) -> FactRow:
    """Undo a taking-back: the fact counts again, as a new one with the same words."""
    removal = FactRow.objects.select_related("request", "corrects").get(pk=fact_id)
    old = removal.corrects
    if old is None or removal.values.get("is_removal") is not True:
        raise Refused(NOT_TAKEN_BACK)
    if FactRow.objects.filter(corrects=removal).exists():
        raise Refused(BACK_ALREADY)
    return record(
        old.request,
        Kind(old.kind),
        first=old.first,
        last=old.last,
        proof=Proof(old.proof),
        values=old.values,
        document=old.document,
        note=old.note,
        corrects=removal.pk,
        actor=actor,
        now=now,
    )


def note_for_person(key: str, sentence: str, *, actor: User, now: datetime) -> None:
    """Note in a request's history what the mail could not do by itself; the same once a day."""
    request = Request.objects.filter(pk=key).first()
    if request is None:
        return
    today = localdate(now)
    if not request.facts.filter(kind=Kind.NOTE, first=today, note=sentence).exists():
        record(request, Kind.NOTE, first=today, note=sentence, actor=actor, now=now)


Told = tuple[str, str]
"""A request and a message or letter of its own (`req-…`, `msg-…` or `out-…`)."""


def unseen_messages(told: Collection[Told]) -> set[Told]:
    """Return the messages that their requests do not know of yet."""
    keys = {request for request, _ in told}
    there = set(Request.objects.filter(pk__in=keys).values_list("pk", flat=True))
    known = set(Reply.objects.filter(request__in=there).values_list("request_id", "message"))
    return {each for each in told if each[0] in there} - known


def unseen_letters(told: Collection[Told]) -> set[Told]:
    """Return the letters whose leaving is a fact that their requests do not know of yet.

    A letter that moves nothing, as a reply to a refusal, has nothing to be seen to.
    """
    papers = Paper.objects.filter(message__in={letter for _, letter in told}, kind__in=MOVING)
    moving = set(papers.values_list("message", flat=True))
    facts = FactRow.objects.filter(message__in=moving)
    known = set(facts.values_list("request_id", "message"))
    return {each for each in told if each[1] in moving} - known


MOVING = ("request", "follow_up", "precision", "referral", "reasons")
"""Papers whose leaving is a fact (`sending.on_sent`)."""
