"""What a message is, from its headers and its words: the machine proposes, the raw stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from .shapes import Kind, Message

AT_ONCE = timedelta(seconds=90)
"""No agent answers faster (mysociety/alaveteli#2045)."""


def kind_after(message: Message, our_last_sent_at: datetime | None) -> Kind:
    """Return the message's kind, knowing when we last wrote (aware): at once is automatic."""
    at = message.received_at or message.sent_at
    if message.kind is Kind.HUMAN and our_last_sent_at and at:
        if timedelta(0) <= at - our_last_sent_at < AT_ONCE:
            return Kind.AUTOMATIC
    return message.kind
