"""What was written and what came, by thread. Who may see a thread, rooms above know."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from contrechamp.mail.models import Attempt, Filing, Incoming, Outgoing


def messages_of(thread: str) -> QuerySet[Incoming]:
    """Return the messages filed in a thread, in the order in which they came."""
    return (
        Incoming.objects.filter(filings__thread=thread, filings__undone_at__isnull=True)
        .order_by("received_at", "id")
        .distinct()
    )


def outgoing_of(thread: str) -> QuerySet[Outgoing]:
    """Return the letters of a thread in the order in which they were written."""
    return Outgoing.objects.filter(thread=thread).order_by("queued_at", "id")


def outgoing_of_many(threads: Iterable[str]) -> dict[str, list[Outgoing]]:
    """Return the letters of many threads, by thread, each in the order of writing."""
    found: dict[str, list[Outgoing]] = {}
    for row in Outgoing.objects.filter(thread__in=list(threads)).order_by("queued_at", "id"):
        found.setdefault(row.thread, []).append(row)
    return found


def attempts_of(outgoing: Outgoing) -> QuerySet[Attempt]:
    """Return the tries to hand a letter over, with what was said."""
    return Attempt.objects.filter(outgoing=outgoing).order_by("begun_at", "pk")


def threads_of(incoming: Incoming) -> tuple[str, ...]:
    """Return the threads that a message is in now."""
    rows = incoming.filings.filter(undone_at__isnull=True).order_by("at", "pk")
    return tuple(rows.values_list("thread", flat=True))


def thread_of_message_id(message_id: str) -> str | None:
    """Return the thread of a letter or a filed message of that Message-ID (without brackets)."""
    plain = message_id.strip().strip("<>")
    if not plain:
        return None
    return Outgoing.objects.filter(message_id=plain).values_list("thread", flat=True).first()


def filed_since(prefix: str, since: datetime) -> list[tuple[Incoming, str]]:
    """Return the messages filed in threads of a prefix since a moment, each with its thread.

    For rooms above that missed a signal: a process may die after filing and before telling.
    """
    rows = Filing.objects.filter(thread__startswith=prefix, at__gte=since, undone_at__isnull=True)
    return [(row.incoming, row.thread) for row in rows.select_related("incoming").order_by("pk")]


def sent_since(prefix: str, since: datetime) -> QuerySet[Outgoing]:
    """Return the letters of threads of a prefix that left since a moment."""
    return Outgoing.objects.filter(
        thread__startswith=prefix, state="SENT", sent_at__gte=since
    ).order_by("sent_at", "pk")


def find_incoming(id: str) -> Incoming | None:
    """Return a message, or None."""
    return Incoming.objects.filter(pk=id).first()


def find_outgoing(id: str) -> Outgoing | None:
    """Return a letter, or None."""
    return Outgoing.objects.filter(pk=id).first()
