"""Whether a silence can be stated, as far as mail can tell."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

from django.db.models import Q

from contrechamp.mail.domain import silence
from contrechamp.mail.domain.silence import Blocker
from contrechamp.mail.models import Incoming, MailboxCheck

from .correspondence import outgoing_of
from .ours import PARIS

READ_BY_A_PERSON = ("HUMAN", "ACKNOWLEDGEMENT", "PORTAL", "CADA", "SPAM", "")
"""Kinds that may be an answer: not bounces, receipts and automatic answers."""


def silence_blockers(
    thread: str,
    *,
    since: datetime,
    until_end_of_day: date,
    now: datetime,
    body_addresses: Collection[str],
    body_domains: Collection[str],
) -> tuple[Blocker, ...]:
    """Return why it cannot be said that nobody answered; none: mail has nothing against it.

    `since` is the last sending, `until_end_of_day` the last day of the body's period in Paris,
    `body_domains` only domains that tell which body writes (three bodies or fewer).
    """
    last = MailboxCheck.objects.filter(to_at__isnull=False).order_by("-to_at").first()
    whole = MailboxCheck.objects.filter(ok=True, to_at__lte=now).order_by("-to_at").first()
    over = datetime.combine(silence.end_of(until_end_of_day), time.min, tzinfo=PARIS)
    letter = outgoing_of(thread).exclude(state="RECALLED").last()
    sending = None
    if letter is not None:
        sending = silence.Sending(id=letter.pk, state=letter.state, is_live=letter.is_live)
    return (
        *silence.of_checks(
            whole.to_at if whole else None,
            day_is_over=over,
            now=now,
            error=last.error if last and not last.ok else "",
        ),
        *silence.of_sending(sending),
        *silence.of_messages(
            _unread(thread, since), addresses=body_addresses, domains=body_domains
        ),
    )


def _unread(thread: str, since: datetime) -> list[silence.Message]:
    here = Q(filings__thread=thread, filings__undone_at__isnull=True, state="FILED")
    waiting = Q(state__in=("TRAY", "UNREADABLE", "NEW")) | Q(state="SPAM", decided_by=None)
    rows = Incoming.objects.filter(here | waiting, received_at__gte=since, seen_at__isnull=True)
    in_thread = set(rows.filter(here).values_list("pk", flat=True))
    return [
        silence.Message(
            id=row.pk,
            is_unreadable=row.state in {"UNREADABLE", "NEW"},
            is_here=row.pk in in_thread,
            from_address=row.from_address,
            from_domain=row.from_domain,
            has_token=row.has_token and thread not in row.parsed.get("named", []),
            is_junk=row.state == "SPAM",
        )
        for row in rows.distinct().order_by("received_at", "pk")
        if row.kind in READ_BY_A_PERSON
    ]
