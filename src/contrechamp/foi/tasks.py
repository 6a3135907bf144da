"""What requests do by themselves: follow the mail, and the days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils import timezone

from contrechamp.accounts.services import system_account
from contrechamp.foundation import jobs

from . import services
from .queries import tallies

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.foi.models import Request
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
    services.derive_due(now=now)
    services.publish_due(now=now)
    if services.is_old(now=now):
        jobs.run_beside("foi numbers", count)
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


def remind() -> None:
    """Keep and send the reminders of the day."""
    now = timezone.now()
    services.note_due(now=now)
    services.send_reminders(now=now)
