"""The public journal: what moderators did, never to whom, never of what (`forum.md` §8).

A line holds number, date, verb, reason, board, rule, and whether it was contested or undone. It
never holds the text, the title, the author or who flagged; nor the moment of the day, by which one
could find a post that disappeared.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from contrechamp.kernel.errors import gettext_noop

from .delays import middle


class Verb(StrEnum):
    """What a moderator can do. Never renamed: old lines keep them."""

    APPROVE = "APPROVE"
    RETURN = "RETURN"
    REMOVE = "REMOVE"
    RESTORE = "RESTORE"
    KEEP = "KEEP"
    HIDE = "HIDE"
    SILENCE = "SILENCE"
    UNSILENCE = "UNSILENCE"
    BAN = "BAN"
    UNBAN = "UNBAN"
    LOCK = "LOCK"
    UNLOCK = "UNLOCK"
    PIN = "PIN"
    UNPIN = "UNPIN"
    MOVE = "MOVE"
    PANIC = "PANIC"
    CALM = "CALM"
    UNREAD = "UNREAD"
    UPHOLD = "UPHOLD"
    UNDO = "UNDO"
    ROLE = "ROLE"
    NAME = "NAME"
    UNNAME = "UNNAME"
    WIPE = "WIPE"


LABELS: dict[Verb, str] = {
    Verb.APPROVE: gettext_noop("message approuvé"),
    Verb.RETURN: gettext_noop("message rendu à son auteur pour être changé"),
    Verb.REMOVE: gettext_noop("message retiré"),
    Verb.RESTORE: gettext_noop("message remis à sa place"),
    Verb.KEEP: gettext_noop("message signalé, gardé"),
    Verb.HIDE: gettext_noop("message caché après cinq signalements"),
    Verb.SILENCE: gettext_noop("compte mis en silence"),
    Verb.UNSILENCE: gettext_noop("silence levé"),
    Verb.BAN: gettext_noop("compte fermé par deux personnes"),
    Verb.UNBAN: gettext_noop("compte rouvert"),
    Verb.LOCK: gettext_noop("fil fermé aux réponses"),
    Verb.UNLOCK: gettext_noop("fil rouvert aux réponses"),
    Verb.PIN: gettext_noop("fil épinglé"),
    Verb.UNPIN: gettext_noop("fil désépinglé"),
    Verb.MOVE: gettext_noop("fil déplacé"),
    Verb.PANIC: gettext_noop("mode d'urgence allumé"),
    Verb.CALM: gettext_noop("mode d'urgence éteint"),
    Verb.UNREAD: gettext_noop("message publié sans relecture, après 72 heures"),
    Verb.UPHOLD: gettext_noop("décision confirmée en appel"),
    Verb.UNDO: gettext_noop("décision annulée en appel"),
    Verb.ROLE: gettext_noop("rôle changé"),
    Verb.NAME: gettext_noop("messages d'un ancien forum rendus à leur auteur"),
    Verb.UNNAME: gettext_noop("messages d'un ancien forum remis sous leur ancien nom"),
    Verb.WIPE: gettext_noop("messages d'un ancien forum effacés à la demande de leur auteur"),
}
AGAINST = frozenset({Verb.RETURN, Verb.REMOVE, Verb.SILENCE, Verb.BAN})
"""What its author may contest, and what needs a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the journal: all that the public gets of an action."""

    number: int
    on: date
    verb: str
    reason: str
    rule: int | None
    board: str
    is_appealed: bool
    is_undone: bool
    read_by_one: bool = False

    def plain(self) -> dict[str, object]:
        """Return the line for JSON; the same keys always, in the same order."""
        return {
            "number": self.number,
            "on": self.on.isoformat(),
            "verb": self.verb,
            "reason": self.reason,
            "rule": self.rule,
            "board": self.board,
            "appealed": self.is_appealed,
            "undone": self.is_undone,
            "read_by_one": self.read_by_one,
        }


KEYS = tuple(
    Line(
        number=0,
        on=date(2026, 1, 1),
        verb="",
        reason="",
        rule=None,
        board="",
        is_appealed=False,
        is_undone=False,
    ).plain()
)


def json_line(values: object) -> str:
    """Return one line of a JSONL file: the same values give the same bytes."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What was done in one month, and how long it took."""

    first: date
    counts: dict[str, int]
    median: timedelta | None

    @property
    def total(self) -> int:
        """Return how many actions."""
        return sum(self.counts.values())

    @property
    def median_hours(self) -> int | None:
        """Return the median delay in hours, rounded up."""
        return None if self.median is None else -(-int(self.median.total_seconds()) // 3600)


def months(
    acts: Iterable[tuple[date, str]], delays: Iterable[tuple[date, timedelta]]
) -> Iterator[Month]:
    """Yield each month from the first to the last that holds an act, empty ones too."""
    counts: dict[date, Counter[str]] = {}
    for on, verb in acts:
        counts.setdefault(on.replace(day=1), Counter())[verb] += 1
    took: dict[date, list[timedelta]] = {}
    for on, delay in delays:
        took.setdefault(on.replace(day=1), []).append(delay)
    if not counts:
        return
    month, last = min(counts), max(counts)
    while month <= last:
        spans = took.get(month)
        yield Month(
            first=month,
            counts=dict(sorted(counts.get(month, Counter()).items())),
            median=middle(spans or ()),
        )
        month = (month + timedelta(days=32)).replace(day=1)
