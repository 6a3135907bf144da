"""What editors look after: messages to file, letters that wait, readings of the mailbox."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, QuerySet

from contrechamp.foundation.plug import offered
from contrechamp.mail.domain.threads import Letter, Suggestion, Thread, Threads
from contrechamp.mail.models import Incoming, MailboxCheck, Outgoing

PERIOD = timedelta(minutes=10)
"""Between two readings of the mailbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the mailbox is."""

    is_set: bool
    last: MailboxCheck | None
    last_whole: MailboxCheck | None
    running: MailboxCheck | None
    next_at: datetime | None
    is_late: bool
    """No complete reading for an hour: somebody should look."""


def messages(state: str) -> QuerySet[Incoming]:
    """Return the messages in a state, the newest first."""
    return Incoming.objects.filter(state=state).order_by("-received_at", "id")


def tray() -> QuerySet[Incoming]:
    """Return the messages that nobody has filed, the newest first."""
    return messages("TRAY")


def counts() -> dict[str, int]:
    """Return how many messages are in each state."""
    rows = Incoming.objects.values_list("state").annotate(count=Count("pk"))
    return dict(rows)


def suggestions(incoming: Incoming) -> list[Suggestion]:
    """Return the threads that a message may belong to, as the rooms above see it."""
    letter = Letter(
        from_address=incoming.from_address,
        from_domain=incoming.from_domain,
        subject=incoming.subject,
        received_at=incoming.received_at,
    )
    named = [key for key in incoming.parsed.get("named", []) if isinstance(key, str)]
    found = {thread.key: Suggestion(thread=thread, why="address") for thread in find_threads(named)}
    for offer in offers():
        for each in offer.suggest(letter):
            found.setdefault(each.thread.key, each)
    return list(found.values())


def find_threads(keys: Sequence[str]) -> list[Thread]:
    """Return the threads of these keys that a room knows, each with its title."""
    found: list[Thread] = []
    for offer in offers():
        own = [key for key in keys if key.startswith(f"{offer.prefix}-")]
        if own:
            found += offer.find(own)
    return found


def titled(keys: Sequence[str]) -> list[Thread]:
    """Return a thread for each key: those that no room knows carry their key as a title."""
    known = {thread.key: thread for thread in find_threads(keys)}
    return [known.get(key) or Thread(key=key, title=key, url="") for key in keys]


def offers() -> Iterator[Threads]:
    """Yield what rooms above offer."""
    return offered(Threads)


def letters(*states: str) -> QuerySet[Outgoing]:
    """Return the letters in these states, the newest first."""
    rows = Outgoing.objects.filter(state__in=states) if states else Outgoing.objects.all()
    return rows.order_by("-queued_at", "id")


def letter_counts() -> dict[str, int]:
    """Return how many letters are in each state."""
    return dict(Outgoing.objects.values_list("state").annotate(count=Count("pk")))


def checks() -> QuerySet[MailboxCheck]:
    """Return the readings of the mailbox, the newest first."""
    return MailboxCheck.objects.order_by("-from_at", "-pk")


def health(now: datetime) -> Health:
    """Return how the mailbox is: when it was read, and when it will be."""
    done = checks().filter(to_at__isnull=False)
    last, whole = done.first(), done.filter(ok=True).first()
    is_set = bool(settings.CONTRECHAMP.mailbox)
    late = is_set and (whole is None or whole.to_at is None or now - whole.to_at > 6 * PERIOD)
    return Health(
        is_set=is_set,
        last=last,
        last_whole=whole,
        running=checks().filter(to_at__isnull=True).first(),
        next_at=max(last.from_at + PERIOD, now) if is_set and last else None,
        is_late=late,
    )
