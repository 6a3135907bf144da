"""How far a reader has come in a thread, for who wants that remembered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrechamp.accounts.domain.notices import Scope
from contrechamp.accounts.queries import notices
from contrechamp.forum.queries import posts

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.forum.models import Thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the foot of a page of a thread says of it."""

    until: int | None
    """The last post that was read; None: nothing was said yet."""
    here: int
    """The last post of this page."""

    @property
    def is_behind(self) -> bool:
        """Whether this page goes further than what was read."""
        return self.until is None or self.until < self.here


def reading_of(user: User | None, thread: Thread, here: int) -> Reading | None:
    """Return how far somebody has read a thread that they watch; None where nothing is kept."""
    if user is None or not user.remember_reading or not here:
        return None
    if not notices.watches(user, Scope.THREAD, thread.pk):
        return None
    return Reading(until=posts.read_until(user, [thread.pk]).get(thread.pk), here=here)
