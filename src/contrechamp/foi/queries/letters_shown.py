"""Letters as everybody may read them, beside the originals for those who see to a request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from contrechamp.foi.domain import hiding
from contrechamp.foi.models import Paper, Reply, Request, ShownMessage
from contrechamp.mail import queries as mail

from .letters import requester_of

if TYPE_CHECKING:
    from contrechamp.mail.models import Incoming

NOT_LETTERS = frozenset({"HARD_BOUNCE", "SOFT_BOUNCE", "DELIVERY_NOTICE", "READ_RECEIPT", "SPAM"})
"""What a machine said to a machine: its fact is in the history, its words say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """One letter as it was: private. `message` or `reply` names it."""

    message: str
    reply: Reply | None
    direction: str
    day: date
    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A letter as it was and as everybody would read it; `shown` is None: not prepared yet."""

    original: Original
    shown: ShownMessage | None


def originals(request: Request) -> list[Original]:
    """Return every letter of a request, ours that left and those that came, by day."""
    found = [*_sent(request), *_received(request)]
    return sorted(found, key=lambda one: (one.day, one.direction == "IN", one.message))


def pairs(request: Request) -> list[Pair]:
    """Return the letters of a request with their public words."""
    rows = list(request.shown.all())
    by_reply = {row.reply_id: row for row in rows if row.reply_id}
    by_message = {row.message: row for row in rows if row.message}
    return [
        Pair(
            original=one,
            shown=by_reply.get(one.reply.pk) if one.reply else by_message.get(one.message),
        )
        for one in originals(request)
    ]


def secrets_of(request: Request) -> hiding.Secrets:
    """Return what the letters of a request must not tell: who asks and where, who answers."""
    kept = request.identity or (request.requester.identity if request.requester else {})
    kind = str(requester_of(request).kind)
    return hiding.secrets_of(kind, kept, senders_of(request))


def senders_of(request: Request) -> tuple[str, ...]:
    """Return the names that the messages of a request came under."""
    names = {one.from_name for one in _messages(request).values() if one.from_name.strip()}
    return tuple(sorted(names))


def _messages(request: Request) -> dict[str, Incoming]:
    keys = request.replies.exclude(message="").values_list("message", flat=True)
    found = (mail.find_incoming(key) for key in keys)
    return {one.pk: one for one in found if one is not None}


def _sent(request: Request) -> Sequence[Original]:
    """Return our letters that left; by post they have no message, and their own key."""
    left = {one.pk: one for one in mail.outgoing_of(request.pk) if one.sent_at is not None}
    rows = Paper.objects.filter(request=request, is_final=True).order_by("made_at", "pk")
    return [
        Original(
            message=paper.message or paper.pk,
            reply=None,
            direction=ShownMessage.Direction.OUT,
            day=(left[paper.message].paris_day if paper.message else None)
            or localdate(paper.made_at),
            subject=paper.subject,
            text=paper.text,
        )
        for paper in rows
        if not paper.message or paper.message in left
    ]


def _received(request: Request) -> Sequence[Original]:
    messages = _messages(request)
    return [
        Original(
            message=reply.message,
            reply=reply,
            direction=ShownMessage.Direction.IN,
            day=reply.day,
            subject=messages[reply.message].subject if reply.message in messages else "",
            text=reply.text,
        )
        for reply in request.replies.order_by("day", "pk")
        if reply.text.strip() and reply.kind not in NOT_LETTERS
    ]
