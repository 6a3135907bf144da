"""How many wrong tries are allowed, and how long one then waits.

Tries are counted by what was typed, never by a visitor's address: nothing about visitors is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from contrechamp.kernel.errors import Refused, gettext_noop

FREE_TRIES = 5
CIRCUIT_TRIES = 20
"""Tries at one name in an hour that circuits of Tor may make, each with a wait of its own."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
"""Bounded, so that a stranger who types somebody's name cannot shut them out for the day."""
FORGOTTEN_AFTER = timedelta(days=1)


class TooManyTries(Refused):
    """Somebody, perhaps a machine, tries too fast."""

    status = 429


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong tries so far, and when the last one was."""

    count: int = 0
    last_at: datetime | None = None


def waits_until(tries: Tries) -> datetime | None:
    """Return when the next try is allowed; None when it is allowed at once."""
    if tries.last_at is None or tries.count < FREE_TRIES:
        return None
    doublings = min(tries.count - FREE_TRIES, 20)
    wait: timedelta = FIRST_WAIT * int(2**doublings)
    return tries.last_at + min(wait, LONGEST_WAIT)


def check_may_try(tries: Tries, now: datetime) -> None:
    """Raise `TooManyTries` while one has to wait."""
    until = waits_until(tries)
    if until and now < until:
        raise TooManyTries(
            gettext_noop(
                "Trop d'essais à la suite. Attendez {minutes} min, puis réessayez. Personne n'est "
                "averti, et rien n'est perdu."
            ),
            minutes=ceil((until - now).total_seconds() / 60),
        )


def count_try(tries: Tries, now: datetime) -> Tries:
    """Return the tries with one more; those of another day are forgotten."""
    if tries.last_at and now - tries.last_at > FORGOTTEN_AFTER:
        tries = Tries()
    return Tries(tries.count + 1, now)
