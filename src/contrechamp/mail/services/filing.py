"""What a person decides of a message: where it belongs, that it is nothing, that it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.ids import is_id
from contrechamp.mail import queries, signals
from contrechamp.mail.connectors.scanner import Scan
from contrechamp.mail.connectors.scanner import scan as scan_by
from contrechamp.mail.domain.message import Message, Part, read
from contrechamp.mail.models import Incoming
from contrechamp.mail.queries import ours

from .taking import add_filings, read_one, settle_report

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

State = Incoming.State
PERSON = "PERSON"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file of a message and what the scanner says of it: open it only when it may be."""

    part: Part
    scan: Scan


@transaction.atomic
def file_to(incoming: str, threads: Sequence[str], *, actor: User, now: datetime) -> Incoming:
    """Put a message into threads; those it is in already change nothing.

    Raise `Refused` for a thread that no room knows and nothing was written in.
    """
    message = _get(incoming)
    if not threads:
        raise Refused(gettext_noop("Choisissez un dossier où classer ce message."))
    known = {each.key for each in queries.find_threads(threads)}
    for thread in threads:
        if not is_id(thread) or not (thread in known or queries.outgoing_of(thread).exists()):
            raise Refused(gettext_noop("Aucun dossier ne s'appelle « {thread} »."), thread=thread)
    new = add_filings(message, tuple(threads), by=PERSON, now=now, person=actor.pk)
    message.state, message.decided_by_id, message.retry_at = State.FILED, actor.pk, None
    message.save(update_fields=["state", "decided_by", "retry_at"])
    if new:
        if (parsed := message_of(message)) is not None:
            settle_report(message, parsed, new, now=now)
        transaction.on_commit(lambda: signals.arrived.send(None, incoming=message, threads=new))
    return message


@transaction.atomic
def unfile(incoming: str, thread: str, *, actor: User, now: datetime) -> Incoming:
    """Take a message out of a thread; out of its last one it is back in the tray."""
    message = _get(incoming)
    undone = message.filings.filter(thread=thread, undone_at__isnull=True).update(
        undone_at=now, undone_by=actor
    )
    if not undone:
        return message
    if not queries.threads_of(message):
        message.state, message.decided_by_id, message.seen_at = State.TRAY, None, None
        message.save(update_fields=["state", "decided_by", "seen_at"])
    transaction.on_commit(lambda: signals.taken_out.send(None, incoming=message, thread=thread))
    return message


def set_aside(incoming: str, *, actor: User, now: datetime) -> Incoming:
    """Say that a message concerns no thread; it stays, and can be taken back."""
    return _put(incoming, State.SET_ASIDE, actor, now)


def mark_spam(incoming: str, *, actor: User, now: datetime) -> Incoming:
    """Say that a message is unwanted; it stays, and can be taken back."""
    return _put(incoming, State.SPAM, actor, now)


def back_to_tray(incoming: str, *, actor: User, now: datetime) -> Incoming:
    """Put a message back before people: set aside or unwanted by mistake."""
    message = _get(incoming)
    if message.state in {State.SET_ASIDE, State.SPAM}:
        message.state, message.decided_by_id, message.seen_at = State.TRAY, None, None
        message.save(update_fields=["state", "decided_by", "seen_at"])
    return message


def _put(incoming: str, state: Incoming.State, actor: User, now: datetime) -> Incoming:
    message = _get(incoming)
    if message.state == State.FILED:
        raise Refused(gettext_noop("Ce message est classé : retirez-le d'abord de son dossier."))
    message.state, message.decided_by_id, message.seen_at = state, actor.pk, now
    message.retry_at = None
    message.save(update_fields=["state", "decided_by", "seen_at", "retry_at"])
    return message


def mark_read(incoming: str, *, actor: User, now: datetime) -> Incoming:
    """Say that a person has read a message: it does not forbid to state a silence any more."""
    message = _get(incoming)
    if message.seen_at is None:
        message.seen_at = now
        message.save(update_fields=["seen_at"])
    return message


def read_again(incoming: str, *, now: datetime) -> Incoming:
    """Let the machine read a message once more, now."""
    return read_one(_get(incoming).pk, now=now)


def message_of(incoming: Incoming) -> Message | None:
    """Return a message read from its bytes, None when nothing can read it."""
    try:
        raw = ours.raw_of(incoming.sha256)
        return read(raw, authserv_id=settings.CONTRECHAMP.mail_authserv)
    # Foreign bytes, as in `read_one`.
    except Exception:  # noqa: BLE001
        return None


def attachments_of(incoming: Incoming) -> tuple[Attachment, ...]:
    """Return the files of a message, archives and wrappers opened, each with its scan.

    One that the scanner could not judge is in quarantine: ask again later, it is not lost.
    """
    message = message_of(incoming)
    parts = message.parts if message else ()
    return tuple(Attachment(part=part, scan=scan(part.content)) for part in parts)


def scan(content: bytes) -> Scan:
    """Ask the scanner of this instance (CONTRECHAMP_VIRUS_SCAN) about a file."""
    return scan_by(content, settings.CONTRECHAMP.virus_scan)


def _get(id: str) -> Incoming:
    found = queries.find_incoming(id)
    if found is None:
        raise Refused(gettext_noop("Aucun message ne s'appelle « {id} »."), id=id)
    return found
