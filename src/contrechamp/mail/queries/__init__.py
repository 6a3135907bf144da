"""Reads of the mail. Nothing here is for visitors."""

from __future__ import annotations

from .correspondence import (
    attempts_of,
    filed_since,
    find_incoming,
    find_outgoing,
    messages_of,
    outgoing_of,
    outgoing_of_many,
    sent_since,
    thread_of_message_id,
    threads_of,
)
from .inbox import (
    Health,
    checks,
    counts,
    find_threads,
    health,
    letter_counts,
    letters,
    messages,
    suggestions,
    titled,
    tray,
)
from .ours import domain, is_demo, is_live, outbox, raw_of, reply_address, secrets, subject_tag
from .silence import silence_blockers

__all__ = [
    "Health",
    "attempts_of",
    "checks",
    "counts",
    "domain",
    "filed_since",
    "find_incoming",
    "find_outgoing",
    "find_threads",
    "health",
    "is_demo",
    "is_live",
    "letter_counts",
    "letters",
    "messages",
    "messages_of",
    "outbox",
    "outgoing_of",
    "outgoing_of_many",
    "raw_of",
    "reply_address",
    "secrets",
    "sent_since",
    "silence_blockers",
    "subject_tag",
    "suggestions",
    "thread_of_message_id",
    "threads_of",
    "titled",
    "tray",
]
