"""Taking in a message: its bytes first, then its row, and only then what is in it.

Whatever happens in between loses nothing: bytes without a row come again with the next reading
of the mailbox, and a row that was not read is read later. The hash makes it one message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from contrechamp.kernel.errors import ContrechampError, gettext_noop
from contrechamp.kernel.ids import new_id
from contrechamp.mail import queries, signals
from contrechamp.mail.connectors.box import Spot
from contrechamp.mail.domain.departing import SOFT_AFTER, SOFT_MOST
from contrechamp.mail.domain.kinds import kind_after
from contrechamp.mail.domain.matching import By, Match, match
from contrechamp.mail.domain.message import Kind, Message, read
from contrechamp.mail.domain.retrying import retry_at
from contrechamp.mail.models import Filing, Incoming, Outgoing, Place
from contrechamp.mail.queries import ours

from .summary import summary_of

State = Incoming.State
BOUNCES = {Kind.HARD_BOUNCE, Kind.SOFT_BOUNCE}
REPORTS = {*BOUNCES, Kind.DELIVERY_NOTICE, Kind.READ_RECEIPT}
NOT_READ = gettext_noop("La machine n'a pas su lire ce message ({why}).")
NAMED = re.compile(r"(?i)([a-z]{1,4}-[0-9a-z]{10})-[0-9a-z]{4,20}@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A message that is kept now, and whether it was not before."""

    incoming: Incoming
    is_new: bool


def take_in(
    raw: bytes,
    *,
    now: datetime,
    received_at: datetime | None = None,
    folder: str = "",
    is_junk: bool = False,
) -> Taken:
    """Keep a message and read it; the same bytes again change nothing."""
    taken = keep(raw, now=now, received_at=received_at, folder=folder, is_junk=is_junk)
    if taken.incoming.state == State.NEW:
        return Taken(incoming=read_one(taken.incoming.pk, now=now), is_new=taken.is_new)
    return taken


def keep(
    raw: bytes,
    *,
    now: datetime,
    received_at: datetime | None = None,
    folder: str = "",
    is_junk: bool = False,
    mailbox: str = "",
    spot: Spot | None = None,
) -> Taken:
    """Keep the bytes of a message, then its row and where it was; nothing is read yet."""
    sha256 = ours.kept().put(BytesIO(raw))
    with transaction.atomic():
        incoming, is_new = _row(
            sha256,
            size=len(raw),
            taken_at=now,
            received_at=received_at or now,
            folder=folder[:250],
            is_junk=is_junk,
        )
        if spot is not None:
            Place.objects.get_or_create(
                mailbox=mailbox,
                folder=spot.folder,
                validity=spot.validity,
                uid=spot.uid,
                defaults={"incoming": incoming},
            )
    if incoming.state == State.TAKEN:  # Of a member's answer nothing is kept (`answering`).
        ours.kept().forget(sha256)
    return Taken(incoming=incoming, is_new=is_new)


def _row(sha256: str, **fields: object) -> tuple[Incoming, bool]:
    if known := Incoming.objects.filter(sha256=sha256).first():
        return known, False
    try:
        with transaction.atomic():
            return Incoming.objects.create(id=new_id("msg"), sha256=sha256, **fields), True
    except IntegrityError:  # Another process was first.
        return Incoming.objects.get(sha256=sha256), False


def read_waiting(now: datetime) -> int:
    """Read the messages that nobody has read yet, and those whose next try has come."""
    waiting = Incoming.objects.filter(
        Q(state=State.NEW) | Q(state=State.UNREADABLE, retry_at__lte=now)
    )
    ids = list(waiting.order_by("taken_at", "pk").values_list("pk", flat=True))
    for id in ids:
        read_one(id, now=now)
    return len(ids)


def read_one(id: str, *, now: datetime) -> Incoming:
    """Read a message anew from its bytes and file it; one that cannot be read waits, unreadable.

    What a person decided stays.
    """
    incoming = Incoming.objects.get(pk=id)
    try:
        message = read(ours.raw_of(incoming.sha256), authserv_id=settings.CONTRECHAMP.mail_authserv)
        fields = summary_of(message)
    # Foreign bytes: whatever they do to the reader, the message stays and a person sees it.
    except Exception as error:  # noqa: BLE001
        return _unreadable(incoming, error, now)
    with transaction.atomic():
        return _file(incoming, message, fields, now)


def _unreadable(incoming: Incoming, error: Exception, now: datetime) -> Incoming:
    incoming.tries += 1
    incoming.retry_at = retry_at(incoming.tries, now)
    if isinstance(error, ContrechampError):
        values = {name: str(value)[:500] for name, value in error.values.items()}
        problem = {"sentence": error.sentence, "values": values}
    else:
        why = f"{type(error).__name__}: {error}"[:500]
        problem = {"sentence": NOT_READ, "values": {"why": why}}
    incoming.problems = [problem]
    if incoming.decided_by_id is None:
        incoming.state = State.UNREADABLE
    incoming.save()
    return incoming


def _file(
    incoming: Incoming, message: Message, fields: dict[str, object], now: datetime
) -> Incoming:
    found = match(
        message,
        secrets=ours.secrets(),
        domain=ours.domain(),
        thread_of_message_id=queries.thread_of_message_id,
    )
    for name, value in fields.items():
        setattr(incoming, name, value)
    incoming.retry_at = None
    named = _named(message)
    incoming.has_token = bool(named)
    incoming.parsed["named"] = named
    incoming.kind = kind_after(_timed(message, incoming), _last_sent(found.threads))
    is_decided = incoming.decided_by_id is not None
    if not is_decided:
        incoming.state = _state(incoming, message, found)
    incoming.save()
    threads = () if is_decided else add_filings(incoming, found.threads, by=found.by, now=now)
    settle_report(incoming, message, found.threads, now=now)
    if threads:
        transaction.on_commit(
            lambda: signals.arrived.send(None, incoming=incoming, threads=threads)
        )
    return incoming


def _state(incoming: Incoming, message: Message, found: Match) -> str:
    if found.by is not By.NOTHING:
        return State.FILED
    is_unwanted = incoming.is_junk or message.kind is Kind.SPAM
    # Junk of somebody whom a room knows is for a person to look at.
    if is_unwanted and not queries.suggestions(incoming):
        return State.SPAM
    return State.TRAY


def add_filings(
    incoming: Incoming,
    threads: tuple[str, ...],
    *,
    by: str,
    now: datetime,
    person: int | None = None,
) -> tuple[str, ...]:
    """Put a message into threads and return those that it was not in, nor taken out of by hand."""
    known = incoming.filings.all()
    there = set(known.filter(undone_at__isnull=True).values_list("thread", flat=True))
    if person is None:
        there |= set(known.filter(undone_at__isnull=False).values_list("thread", flat=True))
    new = tuple(each for each in dict.fromkeys(threads) if each not in there)
    for thread in new:
        Filing.objects.create(incoming=incoming, thread=thread, by=by, at=now, decided_by_id=person)
    return new


def settle_report(
    incoming: Incoming, message: Message, threads: tuple[str, ...], *, now: datetime
) -> None:
    """Tie a bounce or a receipt to its letter, once, and say what follows for the letter."""
    if incoming.about_id or message.kind not in REPORTS:
        return
    letter = _letter_of(message, threads)
    if letter is None:
        return
    incoming.about = letter
    incoming.save(update_fields=["about"])
    if message.kind not in BOUNCES:
        return
    report = message.report
    hard = message.kind is Kind.HARD_BOUNCE
    # "Delayed": their server goes on trying; to send again would make two letters of one.
    if not hard and not (report and report.action == "delayed"):
        letter.soft_bounces += 1
        hard = letter.soft_bounces >= SOFT_MOST
        if not hard:
            letter.state, letter.next_try_at = Outgoing.State.QUEUED, now + SOFT_AFTER
    if hard:
        letter.state = Outgoing.State.BOUNCED
    letter.why = (report.diagnostic if report else "")[:1000] or incoming.subject
    letter.save(update_fields=["state", "why", "soft_bounces", "next_try_at"])
    transaction.on_commit(
        lambda: signals.bounced.send(None, outgoing=letter, incoming=incoming, hard=hard)
    )


def _letter_of(message: Message, threads: tuple[str, ...]) -> Outgoing | None:
    """Find the letter that a report speaks of: by its Message-ID, else the thread's last one."""
    named = [report.original_message_id for report in message.reports]
    ids = [each.strip("<>") for each in (*named, *message.reported_ids, *message.in_reply_to)]
    letters = Outgoing.objects.filter(sent_at__isnull=False)
    if found := letters.filter(message_id__in=[each for each in ids if each]).first():
        return found
    return letters.filter(thread__in=threads).order_by("sent_at").last() if threads else None


def _timed(message: Message, incoming: Incoming) -> Message:
    """Return the message with our server's clock where its headers have none."""
    return message if message.received_at else replace(message, received_at=incoming.received_at)


def _last_sent(threads: tuple[str, ...]) -> datetime | None:
    last = Outgoing.objects.filter(thread__in=threads, sent_at__isnull=False).order_by("sent_at")
    letter = last.last()
    return letter.sent_at if letter else None


def _named(message: Message) -> list[str]:
    """Return the threads that addresses of ours name, proved or not."""
    tail = f"@{ours.domain()}"
    addresses = (*message.envelope_recipients, *message.to, *message.cc)
    own = [each for each in addresses if each.lower().rstrip(">").endswith(tail)]
    found = [match[1].lower() for each in own if (match := NAMED.search(each))]
    return list(dict.fromkeys(found))[:50]
