"""Notices: who is told of what, how often a mail may leave, and what rooms above tell.

A notice holds no text. What it says is asked of the room that told it, at the moment of showing
or sending: what somebody may not read any more by then is not said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any


class Scope(StrEnum):
    """What one can watch or mute."""

    THREAD = "thread"
    SUBJECT = "subject"
    BOARD = "board"
    PLACE = "place"
    TECHNOLOGY = "technology"
    GROUP = "group"
    """A local group that one is in: its members are told, unless they mute it."""
    MENTION = "mention"
    """Being named or answered: watched by all, unless it is muted. Its key is empty."""


class Level(StrEnum):
    """What a person wants of a scope."""

    WATCH = "watch"
    MUTE = "mute"


class Frequency(StrEnum):
    """How often a mail may leave."""

    NOW = "now"
    DAY = "day"
    WEEK = "week"
    NEVER = "never"


class Detail(StrEnum):
    """What a mail may say: whoever looks at a mailbox learns no more than that."""

    NOTHING = "nothing"
    """"Du nouveau dans 2 dossiers suivis", and a link."""
    TITLE = "title"
    FULL = "full"


WIDTH = {
    Scope.THREAD: 0,
    Scope.MENTION: 0,
    Scope.SUBJECT: 1,
    Scope.BOARD: 2,
    Scope.PLACE: 3,
    Scope.TECHNOLOGY: 3,
    Scope.GROUP: 3,
}
"""The narrowest wish decides: a muted thread of a watched town is muted."""
MAIL_HOUR = time(7)
"""When daily and weekly mails leave, on the clock of the observatory; weekly ones on Mondays."""
PAUSE = timedelta(days=180)
"""Nobody is written to who has not signed in for so long (note on the forum, §5.4)."""
TRIES = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=12),
)
"""After a failure. The fifth is the last: then the operator is told."""
KEPT_READ = timedelta(days=90)
KEPT = timedelta(days=365)
KEPT_SENT = timedelta(days=7)
REPLY_DAYS = 90
"""How long an address to answer to is good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one person wants of one scope that a thing is in."""

    scope: Scope
    level: Level
    frequency: Frequency | None = None
    """Of mails about it; None: what the person wants of all mails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a notice says to one person, in the language that is active."""

    text: str
    """One line: "noor a répondu"."""
    url: str
    """From the root of the site."""
    group: str
    """What it is about, as `Notice.about`: `forum:thread:ab12`."""
    title: str
    """Of the group, as its page has it."""
    group_url: str
    body: str = ""
    """All of it as plain text, for those who want whole mails."""
    can_reply: bool = False
    """Whether this person may answer it now: a mail then says how."""


Render = Callable[[Sequence[str], Any], Mapping[str, Card]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeKind:
    """What a room above tells people of (an offer of its `plug.py`).

    `render` gets ids and an account, and says each that this person may read now: one that is
    missing is said nowhere. It asks once for all of them, never once for each.
    """

    kind: str
    """`forum-reply`: at most 20 characters, once in the house."""
    label: str
    """In French, for lists of settings."""
    render: Render
    is_always: bool = False
    """What concerns one's own texts and rights: it is told whatever is muted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchable:
    """A scope as a room above knows it (an offer of its `plug.py`).

    `titles` gets keys and an account, and returns the title and the address of each; a key that
    this person may not read is missing from the answer.
    """

    scope: Scope
    label: str
    """In French: "Discussion"."""
    titles: Callable[[Sequence[str], Any], Mapping[str, tuple[str, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerable:
    """What can be answered by mail (an offer of the `plug.py` of the room that keeps it).

    `answer` gets an account, the rest of the group's name, a text and a moment; it does what a form
    of the site would do, refuses with the same sentences (`Refused`), and returns the address of
    what it made.
    """

    prefix: str
    """Of a group: `forum:thread:`."""
    answer: Callable[[Any, str, str, datetime], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAddress:
    """Who reads the mailbox (an offer of its room): the address at which a key is answered.

    None when no mailbox is read. The address proves by itself that we gave it out.
    """

    prefix: str
    """What a key begins with: `avi`."""
    address: Callable[[str], str | None]


def verdict(wishes: Iterable[Wish]) -> Wish | None:
    """Return the wish that decides, None when there is none: the narrowest, and of two a mute."""
    ordered = sorted(wishes, key=lambda wish: (WIDTH[wish.scope], wish.level != Level.MUTE))
    return next(iter(ordered), None)


def mail_at(frequency: Frequency, now: datetime) -> datetime:
    """Return when what happens now is mailed. `now` is on the clock of the observatory."""
    if frequency is Frequency.NOW:
        return now
    at = datetime.combine(now.date(), MAIL_HOUR, now.tzinfo)
    if at <= now:
        at = datetime.combine(now.date() + timedelta(days=1), MAIL_HOUR, now.tzinfo)
    if frequency is Frequency.WEEK:
        days = -at.weekday() % 7
        at = datetime.combine(at.date() + timedelta(days=days), MAIL_HOUR, now.tzinfo)
    return at


def try_at(tries: int, now: datetime) -> datetime | None:
    """Return when to try again after so many failures; None: the operator is told."""
    return now + TRIES[tries - 1] if 1 <= tries <= len(TRIES) else None


_ADDRESS = re.compile(r"[^\s<>@,;:]{1,80}@[^\s<>@,;]{1,200}")


def without_addresses(text: str) -> str:
    """Return what a server said without the mail addresses in it."""
    return _ADDRESS.sub("…", text)


def is_paused(seen_at: datetime | None, now: datetime) -> bool:
    """Answer whether somebody has been away for too long to be written to."""
    return seen_at is not None and now - seen_at > PAUSE
