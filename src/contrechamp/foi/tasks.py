"""What requests do by themselves: follow the mail, and the days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.transaction import on_commit
from django.utils import timezone

from contrechamp.accounts.queries import find_account_by_id
from contrechamp.accounts.services import system_account
from contrechamp.foundation import jobs

from . import services
from .queries import batches

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.foi.models import Batch
    from contrechamp.mail.models import Incoming, MailboxCheck, Outgoing

PREFIX = "req-"


def _machine() -> User:
    """Return the account that signs what the mail shows by itself."""
    return system_account("courrier")


def sent(sender: object, outgoing: Outgoing, **_: object) -> None:
    """A letter left."""
    if outgoing.thread.startswith(PREFIX):
        services.on_sent(outgoing, actor=_machine(), now=timezone.now())


def arrived(sender: object, incoming: Incoming, threads: Sequence[str], **_: object) -> None:
    """A message is in threads."""
    for thread in threads:
        if thread.startswith(PREFIX):
            services.on_arrived(incoming, thread, actor=_machine(), now=timezone.now())


def taken_out(sender: object, incoming: Incoming, thread: str, **_: object) -> None:
    """A person took a message out of a thread again."""
    if thread.startswith(PREFIX):
        services.on_taken_out(incoming.pk, thread, actor=_machine(), now=timezone.now())


def bounced(
    sender: object, outgoing: Outgoing, incoming: Incoming | None, hard: bool, **_: object
) -> None:
    """A letter came back."""
    if outgoing.thread.startswith(PREFIX):
        services.on_bounced(
            outgoing,
            incoming.pk if incoming else "",
            hard=hard,
            actor=_machine(),
            now=timezone.now(),
        )


def checked(sender: object, check: MailboxCheck, **_: object) -> None:
    """The mailbox was read: what waits for that may now be known."""
    if check.ok:
        services.derive_silences(now=timezone.now())


def look() -> None:
    """Look at the requests whose day has come, and once an hour at what is to be said."""
    now = timezone.now()
    services.number_received()
    services.derive_due(now=now)
    if now.minute == 0:
        jobs.run_beside("reminders", remind)


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
