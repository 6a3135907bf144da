"""Which threads a message belongs to: by proof only; a title or a domain merely suggests."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .address import threads_in, threads_in_subject
from .shapes import Message

MOST_BODIES = 3
"""A domain that serves more bodies than this is no signal (Internet providers)."""
_PREFIX = re.compile(
    r"(?:\s*(?:re|ref|r|rép|fw|fwd|tr|lu|accepted|automatic reply|réponse automatique"
    r"|absence du bureau|out of office)\s?:)+\s*",
    re.IGNORECASE,
)


class By(StrEnum):
    """What tied a message to its threads."""

    TOKEN = "TOKEN"  # noqa: S105
    MENDED_TOKEN = "MENDED_TOKEN"  # noqa: S105
    REFERENCE = "REFERENCE"
    SUBJECT_TAG = "SUBJECT_TAG"
    NOTHING = "NOTHING"
    """It goes to the tray."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What the tray may suggest from; a person decides."""

    sender_address: str = ""
    sender_domain: str = ""
    subject: str = ""
    """Without "Re:", "TR:" and the like."""
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The threads of a message, and how they were found."""

    threads: tuple[str, ...] = ()
    by: By = By.NOTHING
    hints: Hints = Hints()


def match(
    message: Message,
    *,
    secrets: Sequence[str],
    domain: str,
    thread_of_message_id: Callable[[str], str | None],
) -> Match:
    """File a message: a token of ours, one that can be mended, a Message-ID of ours, our tag.

    The first that succeeds decides; a message to several threads belongs to each.
    """
    hints = Hints(
        sender_address=message.sender_address,
        sender_domain=message.from_domain,
        subject=bare_subject(message.subject),
        sent_at=message.sent_at,
    )
    addresses = (*message.envelope_recipients, *message.to, *message.cc)
    exact = threads_in(addresses, secrets, domain)
    mended = threads_in(addresses, secrets, domain, mend=True)
    if threads := tuple(dict.fromkeys([*exact, *mended])):
        return Match(threads=threads, by=By.TOKEN if exact else By.MENDED_TOKEN, hints=hints)
    answered = (*message.in_reply_to, *message.references, *message.reported_ids)
    known = [thread_of_message_id(one) for one in dict.fromkeys(answered)]
    if threads := tuple(dict.fromkeys(thread for thread in known if thread)):
        return Match(threads=threads, by=By.REFERENCE, hints=hints)
    tagged = threads_in_subject(message.subject, secrets)
    tagged += threads_in_subject(message.subject, secrets, mend=True)
    if threads := tuple(dict.fromkeys(tagged)):
        return Match(threads=threads, by=By.SUBJECT_TAG, hints=hints)
    return Match(hints=hints)


def bare_subject(subject: str) -> str:
    """Return a subject without what mail programs put before it."""
    return _PREFIX.sub("", subject[:1000], count=1).strip()


def is_telling_domain(domain: str, bodies_per_domain: Mapping[str, int]) -> bool:
    """Answer whether a sender's domain says which body wrote: known, and of few bodies."""
    return 0 < bodies_per_domain.get(domain.lower(), 0) <= MOST_BODIES
