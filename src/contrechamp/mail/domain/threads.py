"""What a room above says of its threads, so that mail can propose where a message belongs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A thread as an editor sees it."""

    key: str
    """`req-7h3kq0w2xz`."""
    title: str
    url: str
    detail: str = ""
    """Who was asked, since when: one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is known of a message that nobody could file."""

    from_address: str
    from_domain: str
    subject: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A thread that a message may belong to, and why."""

    thread: Thread
    why: str
    """`sender`, `domain`, `subject` or `date`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threads:
    """The threads of one room (an offer of its `plug.py`), for editors only.

    `find` yields those of the given keys that exist; `suggest` those that a letter may belong
    to, best first: a body's known address, a domain that serves three bodies or fewer, words of
    the title, the date. Nothing of it is ever filed without a person.
    """

    prefix: str
    """`req`."""
    find: Callable[[Sequence[str]], Sequence[Thread]]
    suggest: Callable[[Letter], Sequence[Suggestion]]
