"""What requests do by themselves: follow the mail, and the days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.transaction import on_commit
from django.utils import timezone

from contrechamp.accounts.queries import find_account_by_id
from contrechamp.accounts.services import system_account
from contrechamp.foundation import jobs
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused
from contrechamp.mail import queries as mail

from . import services
from .queries import batches, tallies

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.foi.models import Batch, Request
    from contrechamp.mail.models import Incoming, MailboxCheck, Outgoing

PREFIX = "req-"
RECENT = timedelta(hours=48)
"""How far back is looked for what was left undone: longer than a server stays off unseen."""


def _machine() -> User:
    """Return the account that signs what the mail shows by itself."""
    return system_account("courrier")


def _do(thread: str, verb: Callable[..., object], *args: object, **more: object) -> None:
    """Do what a piece of mail calls for. A refusal is noted in the request for a person to read.

    It must not break the sending or the reading of what comes after.
    """
    actor, now = _machine(), timezone.now()
    try:
        verb(*args, actor=actor, now=now, **more)
    except Refused as error:
        services.note_for_person(thread, say(error), actor=actor, now=now)


def sent(sender: object, outgoing: Outgoing, **_: object) -> None:
    """A letter left."""
    if outgoing.thread.startswith(PREFIX):
        _do(outgoing.thread, services.on_sent, outgoing)


def arrived(sender: object, incoming: Incoming, threads: Sequence[str], **_: object) -> None:
    """A message is in threads."""
    for thread in threads:
        if thread.startswith(PREFIX):
            _do(thread, services.on_arrived, incoming, thread)


def taken_out(sender: object, incoming: Incoming, thread: str, **_: object) -> None:
    """A person took a message out of a thread again."""
    if thread.startswith(PREFIX):
        _do(thread, services.on_taken_out, incoming.pk, thread)


def bounced(
    sender: object, outgoing: Outgoing, incoming: Incoming | None, hard: bool, **_: object
) -> None:
    """A letter came back."""
    if outgoing.thread.startswith(PREFIX):
        key = incoming.pk if incoming else ""
        _do(outgoing.thread, services.on_bounced, outgoing, key, hard=hard)


def checked(sender: object, check: MailboxCheck, **_: object) -> None:
    """The mailbox was read: what waits for that may now be known."""
    if check.ok:
        services.derive_silences(now=timezone.now())


def look() -> None:
    """Look at the requests whose day has come, and once an hour at what is to be said."""
    now = timezone.now()
    services.number_received()
    services.derive_due(now=now)
    services.publish_due(now=now)
    if services.is_old(now=now):
        jobs.run_beside("foi numbers", count)
    catch_up()
    if now.minute == 0:
        jobs.run_beside("reminders", remind)


def count() -> None:
    """Count anew how bodies answer."""
    services.recount(now=timezone.now())


@jobs.job()
def count_body(body: str) -> None:
    """Count one body anew: something of its public requests changed."""
    services.recount_body(body, now=timezone.now())


def public_changed(sender: object, request: Request, **_: object) -> None:
    """What visitors see of a request changed: where numbers are kept its body is counted anew."""
    if request.body_id and tallies.is_kept():
        count_body.enqueue(request.body_id)


def catch_up() -> None:
    """Do what a process that died between two steps left undone: each of these happens once."""
    since = timezone.now() - RECENT
    letters = {(letter.thread, letter.pk): letter for letter in mail.sent_since(PREFIX, since)}
    for told in letters.keys() & services.unseen_letters(letters):
        sent(None, outgoing=letters[told])
    messages = {(thread, each.pk): each for each, thread in mail.filed_since(PREFIX, since)}
    for told in messages.keys() & services.unseen_messages(messages):
        arrived(None, incoming=messages[told], threads=[told[0]])


def remind() -> None:
    """Keep and send the reminders of the day."""
    now = timezone.now()
    services.note_due(now=now)
    services.send_reminders(now=now)


@jobs.job()
def go_on_batch(batch: str, act: str, actor: int) -> None:
    """Do with a whole batch what its author asked for, unless it is gone meanwhile."""
    found, who = batches.find_batch(batch), find_account_by_id(actor)
    if found is not None and who is not None:
        services.go_on(found, act, actor=who, now=timezone.now())


def go_on_soon(sender: object, *, batch: Batch, act: str, actor: User, **_: object) -> None:
    """Let a batch go on, once it is sure that it was asked for."""
    on_commit(lambda: go_on_batch.enqueue(batch.pk, act, actor.pk))
