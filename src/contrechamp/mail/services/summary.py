"""What of a message is kept in its row, for lists and pages. The raw message is what counts."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, is_dataclass
from datetime import date
from enum import Enum

from contrechamp.mail.domain.departing import domain_of
from contrechamp.mail.domain.message import Message

EXCERPT = 300
MOST = 200
"""Of each list: a message with ten thousand parts must not make a row of megabytes."""


def summary_of(message: Message) -> dict[str, object]:
    """Return the fields of `Incoming` that a message fills."""
    return {
        "kind": str(message.kind),
        "message_id": message.message_id[:998],
        "from_address": message.sender_address.lower()[:320],
        "from_domain": (message.from_domain or domain_of(message.sender_address)).lower()[:255],
        "from_name": message.sender_name[:320],
        "subject": message.subject[:998],
        "authenticity": _plain(message.authenticity),
        "problems": [
            {"sentence": each.sentence, "values": _plain(each.values)}
            for each in message.problems[:MOST]
        ],
        "parsed": {
            "excerpt": " ".join(message.fresh.split())[:EXCERPT],
            "to": list(message.to[:MOST]),
            "cc": list(message.cc[:MOST]),
            "sent_at": message.sent_at.isoformat() if message.sent_at else None,
            "signs": list(message.signs[:MOST]),
            "reports": _plain(message.reports[:MOST]),
            "receipt": _plain(message.receipt),
            "portal": _plain(message.portal),
            "cada": _plain(message.cada),
            "parts": [
                {
                    "number": part.number,
                    "name": part.name[:300],
                    "media_type": part.media_type[:200],
                    "size": len(part.content),
                    "sha256": hashlib.sha256(part.content).hexdigest(),
                    "is_inline": part.is_inline,
                }
                for part in message.parts[:MOST]
            ],
        },
    }


def _plain(value: object) -> object:
    """Return a value as JSON holds it."""
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else value
