"""A reply to be read: its words cut where the machine saw something, and what that may be. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contrechamp.kernel.errors import gettext_noop

from .cada_letters import Letter
from .facts import Kind
from .refusals import Reading, ReplyKind, rule_named

REPLIES: tuple[Kind, ...] = (
    Kind.ACKNOWLEDGED,
    Kind.REFUSED,
    Kind.CONFIRMED,
    Kind.PARTIAL,
    Kind.DOCUMENTS,
    Kind.TRANSMITTED,
    Kind.CLARIFICATION_ASKED,
    Kind.FEE_ASKED,
    Kind.COMPLETION_ASKED,
    Kind.AUTOMATIC_REPLY,
    Kind.CADA_REGISTERED,
    Kind.CADA_ASKED_TO_COMPLETE,
    Kind.CADA_OPINION,
    Kind.ADMIN_POSITION,
    Kind.MOTIVES_GIVEN,
    Kind.NOTE,
)
"""What a letter can be, in the order in which it is asked."""
_KINDS: Mapping[ReplyKind, Kind] = {
    ReplyKind.REFUSAL: Kind.REFUSED,
    ReplyKind.PARTIAL: Kind.PARTIAL,
    ReplyKind.DOCUMENTS: Kind.DOCUMENTS,
    ReplyKind.DOES_NOT_EXIST: Kind.REFUSED,
    ReplyKind.ALREADY_PUBLIC: Kind.REFUSED,
    ReplyKind.NOT_US: Kind.TRANSMITTED,
    ReplyKind.FEE: Kind.FEE_ASKED,
    ReplyKind.CLARIFICATION: Kind.CLARIFICATION_ASKED,
    ReplyKind.ONLINE_SERVICE: Kind.NOTE,
    ReplyKind.CONSULTATION: Kind.NOTE,
    ReplyKind.PORTAL: Kind.NOTE,
    ReplyKind.HOLDING: Kind.NOTE,
    ReplyKind.ACKNOWLEDGEMENT: Kind.ACKNOWLEDGED,
    ReplyKind.AUTOMATIC: Kind.AUTOMATIC_REPLY,
}
_OF_CADA: Mapping[Letter, Kind] = {
    Letter.REGISTERED: Kind.CADA_REGISTERED,
    Letter.SERIES: Kind.CADA_REGISTERED,
    Letter.TO_COMPLETE: Kind.CADA_ASKED_TO_COMPLETE,
    Letter.OPINION: Kind.CADA_OPINION,
    Letter.OTHER: Kind.NOTE,
}
OUTCOMES: Mapping[ReplyKind, str] = {
    ReplyKind.REFUSAL: "REFUSED",
    ReplyKind.DOCUMENTS: "OBTAINED",
    ReplyKind.DOES_NOT_EXIST: "NOT_HELD",
    ReplyKind.ALREADY_PUBLIC: "ALREADY_PUBLIC",
}
"""What is proposed of each document asked for; of a reply in part, a person says it."""


def proposed(reading: Reading, *, is_registered: bool) -> Kind | None:
    """Return what a letter seems to be as a fact; None when nothing was read.

    After the CADA's registration a refusal in words is a confirmation.
    """
    if reading.cada is not None:
        return _OF_CADA[reading.cada.letter]
    kind = _KINDS.get(reading.proposed_kind) if reading.proposed_kind else None
    return Kind.CONFIRMED if kind is Kind.REFUSED and is_registered else kind


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that the machine stopped at, and why; `number` is the one beside them."""

    number: int
    start: int
    end: int
    quote: str
    what: str
    """A sentence in French: what the words may mean."""
    rule: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of the text; `number` is its mark's, 0 for none."""

    text: str
    number: int = 0


REMEDIES_STATED = gettext_noop(
    "Elle nomme la CADA et son délai de deux mois : ce délai peut vous être opposé."
)
REMEDIES_MISSING = gettext_noop(
    "Elle parle de recours sans nommer à la fois la CADA et ses deux mois : le délai vous est "
    "moins opposable."
)
RECEIVED = gettext_noop("Le jour où l'administration dit avoir reçu la demande.")
IMPLIED = gettext_noop("Le jour où, dit-elle, son silence vaudra refus.")
NUMBER = gettext_noop("Le numéro qu'elle donne à la demande.")
CADA_SENSE = gettext_noop("Le sens de l'avis.")


def marks(reading: Reading, text: str) -> tuple[Mark, ...]:
    """Return the words to highlight, numbered in the order of the text; they never overlap."""
    found = [
        (one.start, one.end, rule_named(one.rule).means, one.rule, one.code)
        for one in reading.findings
    ]
    said = reading.receipt
    found += [
        (one.start, one.end, what, "", "")
        for one, what in (
            (said.received_on, RECEIVED),
            (said.implied_on, IMPLIED),
            (said.number, NUMBER),
        )
        if one is not None
    ]
    found += [
        (one.start, one.end, CADA_SENSE, "", "")
        for one in (reading.cada.senses if reading.cada else ())
    ]
    at = text.find(reading.remedies_quote) if reading.remedies_quote else -1
    if at >= 0:
        what = REMEDIES_STATED if reading.remedies_stated else REMEDIES_MISSING
        found.append((at, at + len(reading.remedies_quote), what, "", ""))
    return _numbered(found, text)


def _numbered(found: list[tuple[int, int, str, str, str]], text: str) -> tuple[Mark, ...]:
    kept: list[Mark] = []
    for start, end, what, rule, code in sorted(found):
        begins = max(start, kept[-1].end) if kept else start
        if begins >= end:
            # Two rules at the same words: the second is told beside, at no place of its own.
            begins = end = kept[-1].end
        quote = text[start : max(start, end)] or kept[-1].quote
        kept.append(Mark(len(kept) + 1, begins, end, quote, what, rule, code))
    return tuple(kept)


def stretches(text: str, found: tuple[Mark, ...]) -> tuple[Stretch, ...]:
    """Return the whole text in runs, each with the number of its mark: joined, it is the text."""
    runs: list[Stretch] = []
    at = 0
    for mark in found:
        if mark.start > at:
            runs.append(Stretch(text[at : mark.start]))
        if mark.end > mark.start:
            runs.append(Stretch(text[mark.start : mark.end], mark.number))
        at = max(at, mark.end)
    if at < len(text):
        runs.append(Stretch(text[at:]))
    return tuple(runs)


def answers(reading: Reading) -> tuple[str, ...]:
    """Return the paragraphs of the rules that answer a reply, each once, in its order."""
    paragraphs = (rule_named(one.rule).paragraph for one in reading.findings)
    return tuple(dict.fromkeys(each for each in paragraphs if each))
