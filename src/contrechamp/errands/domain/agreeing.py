"""When an errand is done: two people who did not know of each other say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

UNSURE = "unsure"
"""The choice of who cannot tell: it decides nothing."""
NEEDED, MOST = 2, 5


class State(Enum):
    """How far an errand is."""

    OPEN = "OPEN"
    AGREED = "AGREED"
    DISPUTED = "DISPUTED"
    """So many answers, and no two that are the same: a reviewer looks."""
    UNCLEAR = "UNCLEAR"
    """Nobody can tell: the question or its proof is at fault."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person said: a choice, and a value where one was asked for (an address)."""

    choice: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far an errand is, and what was agreed."""

    state: State
    answer: Answer | None = None


def outcome(answers: Sequence[Answer]) -> Outcome:
    """Return what answers come to; each is of another person.

    Two that are equal, value and all, decide, when no other has as many. Values are compared
    without spaces at their ends, a last slash or the case of letters.
    """
    sure = [each for each in answers if each.choice != UNSURE]
    counted = Counter(_same(each) for each in sure)
    best = counted.most_common(2)
    if best and best[0][1] >= NEEDED and (len(best) == 1 or best[1][1] < best[0][1]):
        return Outcome(State.AGREED, next(each for each in sure if _same(each) == best[0][0]))
    if len(answers) >= MOST:
        return Outcome(State.DISPUTED if sure else State.UNCLEAR)
    if len(answers) - len(sure) >= NEEDED + 1 and not sure:
        return Outcome(State.UNCLEAR)
    return Outcome(State.OPEN)


def _same(answer: Answer) -> tuple[str, str]:
    return answer.choice, answer.value.strip().rstrip("/").casefold()
