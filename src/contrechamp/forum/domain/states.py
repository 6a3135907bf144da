"""Which state of a post may follow which: the note of the forum, section 4.

    draft → pending → published → hidden (flags) → published | removed
                    ↘ rejected   published → withdrawn (by its author) → published
    any state that has a place → erased, moved; nothing follows these two.

A post with a number keeps its place for ever; where its text may not be read, one line with the
reason stands there.
"""

from __future__ import annotations

from enum import StrEnum

from contrechamp.kernel.errors import Refused, gettext_noop


class State(StrEnum):
    """Where a post stands."""

    DRAFT = "DRAFT"
    PENDING = "PENDING"
    PUBLISHED = "PUBLISHED"
    HIDDEN = "HIDDEN"
    REMOVED = "REMOVED"
    WITHDRAWN = "WITHDRAWN"
    ERASED = "ERASED"
    MOVED = "MOVED"
    """It went to another thread; a link to it stands here."""
    REJECTED = "REJECTED"
    """It was refused while it waited: it never had a place."""


NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PENDING, State.PUBLISHED}),
    State.PENDING: frozenset({State.PUBLISHED, State.REJECTED, State.DRAFT, State.ERASED}),
    State.PUBLISHED: frozenset(
        {State.HIDDEN, State.REMOVED, State.WITHDRAWN, State.ERASED, State.MOVED}
    ),
    State.HIDDEN: frozenset({State.PUBLISHED, State.REMOVED, State.ERASED, State.MOVED}),
    State.REMOVED: frozenset({State.PUBLISHED, State.ERASED, State.MOVED}),
    State.WITHDRAWN: frozenset({State.PUBLISHED, State.REMOVED, State.ERASED, State.MOVED}),
    State.REJECTED: frozenset({State.PENDING, State.PUBLISHED, State.ERASED}),
    State.ERASED: frozenset(),
    State.MOVED: frozenset(),
}
NUMBERED = frozenset(
    {
        State.PUBLISHED,
        State.HIDDEN,
        State.REMOVED,
        State.WITHDRAWN,
        State.MOVED,
    }
)
"""States in which a post has a place in its thread. (An erased one has it if it had one before.)"""
EMPTY = frozenset({State.HIDDEN, State.REMOVED, State.WITHDRAWN, State.ERASED, State.MOVED})
"""States in which its place says why it is empty."""


class WrongState(Refused):
    """The post is not where this could be done with it."""


def can_become(now: str, then: State) -> bool:
    """Answer whether a post in one state may come to another."""
    return then in NEXT[State(now)]


def check_can_become(now: str, then: State) -> None:
    """Raise `WrongState` unless the step is allowed."""
    if not can_become(now, then):
        raise WrongState(
            gettext_noop(
                "Ce message a changé d'état entre-temps : ce n'est plus possible. "
                "Rechargez la page pour voir où il en est."
            )
        )
