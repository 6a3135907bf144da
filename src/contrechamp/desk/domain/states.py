"""What a reader may say of a sealed dossier: fixed words, since the server keeps no free text."""

from __future__ import annotations

from collections.abc import Mapping, Set
from enum import StrEnum


class State(StrEnum):
    """Where a dossier is (design note `intake.md`, 8)."""

    NEW = "NEW"
    COLLECTED = "COLLECTED"
    READING = "READING"
    KEPT = "KEPT"
    ANSWERED = "ANSWERED"
    PROMOTED = "PROMOTED"
    TO_DESTROY = "TO_DESTROY"
    DESTROYED = "DESTROYED"


class Priority(StrEnum):
    """How soon somebody should read it."""

    NONE = "NONE"
    SOON = "SOON"
    NOW = "NOW"


BY_HAND: Mapping[State, Set[State]] = {
    State.NEW: {State.COLLECTED},
    State.COLLECTED: {State.READING, State.KEPT, State.ANSWERED},
    State.READING: {State.COLLECTED, State.KEPT, State.ANSWERED},
    State.KEPT: {State.READING, State.ANSWERED},
    State.ANSWERED: {State.READING, State.KEPT},
    State.PROMOTED: {State.READING, State.KEPT, State.ANSWERED},
}
"""What one reader alone may say. Promoted, to destroy and destroyed are said by two."""
ENDED = frozenset({State.TO_DESTROY, State.DESTROYED})


def may_become(state: State, wanted: State) -> bool:
    """Answer whether one reader alone may move a dossier from a state to another."""
    return wanted in BY_HAND.get(state, frozenset())
