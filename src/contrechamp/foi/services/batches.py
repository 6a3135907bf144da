"""Batches: one text to many bodies. Each request is its own draft, checked and sent like any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.directory import queries as directory
from contrechamp.foi.domain.facts import Kind
from contrechamp.foi.domain.pasting import MOST
from contrechamp.foi.domain.states import State
from contrechamp.foi.models import Batch, Request
from contrechamp.foi.signals import batch_asked
from contrechamp.kernel.errors import ContrechampError, Refused, gettext_noop
from contrechamp.mail import queries as mail_queries
from contrechamp.mail import services as mail

from .addressing import channel_for
from .drafting import Wanted, mark_ready, start, throw_away, write
from .recording import record
from .sending import send

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


AT_ONCE = 12
"""Requests of a batch that a page waits for: each is checked and set as a PDF."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the requests of a batch: how many went on, and why others did not."""

    done: int
    refused: tuple[tuple[Request, ContrechampError], ...] = ()


@transaction.atomic
def make_batch(
    template: Request, bodies: Sequence[str], *, actor: User, now: datetime, title: str = ""
) -> Batch:
    """Make a batch of a draft: a draft with its text for each body, itself included.

    Called again for the same draft it adds the bodies that are new. Raise `Refused` for no body,
    too many, or a request that has left.
    """
    locked = Request.objects.select_for_update().get(pk=template.pk)
    if locked.sent_on is not None:
        raise Refused(gettext_noop("Cette demande est partie : faites le lot d'un brouillon."))
    batch = locked.batch or Batch.objects.create(
        title=(title or locked.title)[:200], campaign=locked.campaign, author=actor, made_at=now
    )
    known = dict.fromkeys(bodies)
    living = set(directory.living().filter(pk__in=list(known)).values_list("pk", flat=True))
    there = set(batch.requests.values_list("body", flat=True))
    wanted = [key for key in known if key in living and key not in there]
    _check_count(len(wanted) + len(there - {None}))
    if locked.batch_id is None:
        _join(locked, batch, wanted, actor=actor, now=now)
    for key in wanted:
        _copy(locked, key, batch, actor=actor, now=now)
    return batch


def _check_count(count: int) -> None:
    if not count:
        raise Refused(gettext_noop("Choisissez au moins une administration."))
    if count > MOST:
        raise Refused(
            gettext_noop("{count} administrations, {most} au plus : faites plusieurs lots."),
            count=count,
            most=MOST,
        )


def _join(
    template: Request, batch: Batch, wanted: list[str], *, actor: User, now: datetime
) -> None:
    """Put the draft itself into the batch; without a body it takes the first one."""
    if template.body_id is None and wanted:
        key = wanted.pop(0)
        write(template, actor=actor, now=now, body_id=key, channel=channel_for(key))
    elif template.body_id in wanted:
        wanted.remove(template.body_id)
    Request.objects.filter(pk=template.pk).update(batch=batch)


def _copy(template: Request, body: str, batch: Batch, *, actor: User, now: datetime) -> Request:
    items = [Wanted(code=each.code, wording=each.wording) for each in _items(template)]
    made = start(
        actor=actor,
        now=now,
        body=body,
        title=template.title,
        items=items,
        project=template.project,
        slots=template.slots,
        requester=template.requester,
        campaign=template.campaign,
        batch=batch,
        dossier=template.dossier,
    )
    return write(made, actor=actor, now=now, channel=channel_for(body), text="")


def _items(request: Request) -> list[Wanted]:
    rows = request.items.order_by("position")
    return [Wanted(code=row.code, wording=row.wording) for row in rows]


def rewrite_batch(batch: Batch, template: Request, *, actor: User, now: datetime) -> int:
    """Give the text of one draft of a batch to the others that have not left; return how many."""
    done = 0
    template.refresh_from_db()
    for row in batch.requests.filter(sent_on=None).exclude(pk=template.pk):
        write(
            row,
            actor=actor,
            now=now,
            title=template.title,
            slots=template.slots,
            requester=template.requester,
            project=template.project,
            items=_items(template),
        )
        done += 1
    return done


def mark_batch_ready(batch: Batch, *, actor: User, now: datetime) -> Outcome:
    """Mark ready each draft that nothing stops; tell what stops the others. Twice: none again."""
    done, refused = 0, []
    for row in _of(batch, State.DRAFT):
        try:
            mark_ready(row, actor=actor, now=now)
        except Refused as refusal:
            refused.append((row, refusal))
        else:
            done += 1
    return Outcome(done, tuple(refused))


def send_batch(batch: Batch, *, actor: User, now: datetime, most: int = MOST) -> Outcome:
    """Queue what is ready of a batch, by e-mail, until so many; the mail room keeps the pace.

    What waits already, and what no e-mail can carry, is passed over. Twice: nothing twice.
    """
    done, refused = 0, []
    for row in _of(batch, State.READY):
        if done >= most:
            break
        if row.channel != Request.Channel.EMAIL or _is_under_way(row):
            continue
        try:
            send(row, actor=actor, now=now)
        except ContrechampError as refusal:
            refused.append((row, refusal))
        else:
            done += 1
    return Outcome(done, tuple(refused))


def stop_batch(batch: Batch, *, actor: User, now: datetime) -> Outcome:
    """Keep back what waits to leave; what was ready is a draft again, so that nothing follows."""
    done, refused = 0, []
    for row in _of(batch, State.READY):
        try:
            for letter in mail_queries.outgoing_of(row.pk):
                if letter.state == "QUEUED":
                    mail.recall(letter.pk, actor=actor, now=now)
            record(row, Kind.REOPENED, first=localdate(now), actor=actor, now=now)
        except Refused as refusal:
            refused.append((row, refusal))
        else:
            done += 1
    return Outcome(done, tuple(refused))


@transaction.atomic
def take_out(batch: Batch, request: Request, *, actor: User) -> None:
    """Take a draft out of a batch: it is thrown away. What has left stays."""
    found = batch.requests.filter(pk=request.pk).first()
    if found is not None:
        throw_away(found, actor=actor)


def _is_under_way(request: Request) -> bool:
    letters = mail_queries.outgoing_of(request.pk)
    return any(letter.state in {"QUEUED", "SENDING", "MAYBE"} for letter in letters)


def _of(batch: Batch, state: State) -> list[Request]:
    return list(batch.requests.filter(state=state).order_by("body__folded", "pk"))


def go_on(batch: Batch, act: str, *, actor: User, now: datetime) -> Outcome:
    """Mark ready (`ready`) or send (`send`) a whole batch."""
    verb = send_batch if act == "send" else mark_batch_ready
    return verb(batch, actor=actor, now=now)


def ask_batch(batch: Batch, act: str, *, actor: User, now: datetime) -> Outcome:
    """Do it now for a small batch; let a large one go on by itself, and come back to see."""
    if batch.requests.count() <= AT_ONCE:
        return go_on(batch, act, actor=actor, now=now)
    batch_asked.send(None, batch=batch, act=act, actor=actor)
    return Outcome(0)
