"""When a mail of an alert is due, what it holds, and what of an act told before has changed.

How a mail words it is for `shown.mails`: a mail is written in the language of its alert.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

PACES = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}
MOST = 50
"""Lines of one part of a mail; the rest is counted."""
SETTLED = timedelta(minutes=5)
"""So long ago something must have become public to be told: by then its transaction has ended."""
SOON = timedelta(days=14)
"""So long before the safe day a mail reminds of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing as a mail tells of it."""

    title: str
    url: str
    """From the root of the site, `/actes/…`."""
    summary: str
    ref: str = ""
    """`room:kind:key`, as in the plugs."""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of a mail under one heading; without a heading when it is the mail's subject."""

    title: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail, ready to be sent."""

    subject: str
    body: str
    headers: dict[str, str] = field(default_factory=dict)


def is_due(pace: str, told_until: datetime, until: datetime) -> bool:
    """Answer whether an alert is to be told again."""
    return until - told_until >= PACES[pace]


def is_reminded(safe: date | None, told_on: date, today: date) -> bool:
    """Answer whether the safe day of an act has come near since the last mail, and is not past."""
    if safe is None or safe < today:
        return False
    return told_on < safe - SOON <= today


def print_of(values: Mapping[str, object]) -> dict[str, str]:
    """Return a short mark of each public value of an act: enough to see that it was changed."""
    return {
        name: hashlib.sha256(repr(value).encode()).hexdigest()[:8] for name, value in values.items()
    }


def changed_names(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return the names of the values that are not what they were, in the order of `after`."""
    return [name for name, mark in after.items() if before.get(name) != mark]
