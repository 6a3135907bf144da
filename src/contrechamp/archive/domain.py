"""When an outside page is looked at again, and when it counts as dead."""

from __future__ import annotations

from datetime import datetime, timedelta

EVERY = timedelta(days=30)
"""A page that answers is looked at again after this."""
SOON = timedelta(days=2)
"""One that does not answer, after this."""
REST = timedelta(days=90)
"""One that refuses us, after this: it may be there for people."""
FAILURES = 3
"""A page that did not answer so many times in a row is dead; one that says "gone" is at once."""


def next_look(state: str, now: datetime) -> datetime:
    """Return when to look again after an answer: alive, gone, unreached or refused."""
    return now + {"alive": EVERY, "gone": EVERY, "refused": REST}.get(state, SOON)


def dead_since(
    state: str, before: datetime | None, failures: int, now: datetime
) -> datetime | None:
    """Return since when a page is dead, None while it lives.

    `before`: since when it was dead until now. A refusal says nothing of that.
    """
    if state == "alive":
        return None
    if state == "gone" or (state == "unreached" and failures >= FAILURES):
        return before or now
    return before
