"""Answers of members to notices: they are handed to the room that told them, and kept nowhere.

A member's message is no evidence: once it was taken its bytes are deleted, and of its row stays
what keeps the same message from being taken twice.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction

from contrechamp.accounts.services import answering
from contrechamp.accounts.services.answering import Answer
from contrechamp.mail.domain.message import Kind, Message
from contrechamp.mail.models import Incoming
from contrechamp.mail.queries import ours

from .filing import message_of

PREFIX = "avi"
FAILURES = {Kind.HARD_BOUNCE}
MACHINES = {
    Kind.HARD_BOUNCE,
    Kind.SOFT_BOUNCE,
    Kind.DELIVERY_NOTICE,
    Kind.READ_RECEIPT,
    Kind.AUTOMATIC,
}
ROBOTS = ("Auto-Submitted:", "X-Auto", "Precedence:", "X-Autoreply", "X-Autorespond")
State = Incoming.State


def address_of(key: str) -> str | None:
    """Return the address at which a notice is answered; None while no mailbox is read."""
    if not settings.CONTRECHAMP.mailbox or ours.domain() == ours.NO_DOMAIN:
        return None
    return ours.reply_address(key)


def take_answers(now: datetime) -> int:
    """Hand the answers that came to the room below, each once; return how many."""
    filed = Incoming.objects.filter(
        state=State.FILED,
        filings__thread__startswith=f"{PREFIX}-",
        filings__undone_at__isnull=True,
    )
    tray = Incoming.objects.filter(state=State.TRAY, has_token=True)
    ids = [*filed.values_list("pk", flat=True).distinct()]
    ids += [row.pk for row in tray if _names_only_ours(row)]
    return sum(_take(id, now) for id in ids)


def _names_only_ours(row: Incoming) -> bool:
    named = row.parsed.get("named") or []
    return all(str(key).startswith(f"{PREFIX}-") for key in named)


def _take(id: str, now: datetime) -> bool:
    """Take one message; the post and the note that it was taken are one transaction."""
    try:
        with transaction.atomic():
            row = Incoming.objects.select_for_update().filter(pk=id).first()
            if row is None or row.state not in {State.FILED, State.TRAY}:
                return False
            keys = _keys(row)
            if keys is None:
                return False  # It is also in a thread of another room: there it is evidence.
            _hand(row, keys, now)
            _empty(row, now)
    # One message that nobody foresaw must not keep the others from being taken.
    except Exception:
        logging.getLogger(__name__).exception("The answer %s was not taken", id)
        return False
    return True


def _keys(row: Incoming) -> list[str] | None:
    threads = list(row.filings.filter(undone_at__isnull=True).values_list("thread", flat=True))
    is_ours = all(thread.startswith(f"{PREFIX}-") for thread in threads)
    return threads if is_ours else None


def _hand(row: Incoming, keys: list[str], now: datetime) -> None:
    message = message_of(row)
    if message is None:
        return
    answer = _answer(row, message)
    if not keys:
        answering.take_unproved(answer, now=now)
    # Of a message to several of our addresses the first counts: one text is one post.
    for key in keys[:1]:
        answering.take(key, answer, now=now)


def _answer(row: Incoming, message: Message) -> Answer:
    report = message.report
    why = (report.diagnostic if report else "") or row.subject or "—"
    is_robot = any(sign.startswith(ROBOTS) for sign in message.signs)
    return Answer(
        from_address=row.from_address,
        text=message.fresh,
        has_files=any(not part.is_inline for part in message.parts),
        is_automatic=message.kind in MACHINES or is_robot,
        is_genuine=message.authenticity.dmarc not in {"fail", "temperror", "permerror"},
        failure=why if message.kind in FAILURES else "",
    )


def _empty(row: Incoming, now: datetime) -> None:
    """Delete what a member wrote: bytes, names, addresses."""
    row.state, row.seen_at = State.TAKEN, now
    row.from_address = row.from_name = row.from_domain = row.subject = row.message_id = ""
    row.parsed, row.authenticity, row.problems = {}, {}, []
    row.save()
    row.filings.all().delete()
    transaction.on_commit(lambda: ours.kept().forget(row.sha256))
