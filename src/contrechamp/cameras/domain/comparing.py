"""Cameras authorised beside cameras found: what the difference may and may not say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from .camera import Camera

SEEN_FROM_THE_STREET = frozenset({"public", "outdoor", "traffic", "unknown"})
"""An inside cannot be counted by who walks by: it is told apart, never compared."""


class Says(Enum):
    """How two numbers of one commune stand to each other."""

    NOTHING_KNOWN = "nothing_known"
    NOBODY_LOOKED = "nobody_looked"
    """Authorised, and none found: nobody has looked, or they are not there."""
    NONE_AUTHORISED = "none_authorised"
    """Found, and no authorisation published here: ask for it."""
    MORE_FOUND = "more_found"
    MORE_AUTHORISED = "more_authorised"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The numbers of one commune. `authorised` and `listed` are None where nothing is published."""

    authorised: int | None
    found: int
    listed: int | None = None
    indoor: int = 0
    near_border: int = 0
    """Of those found: so near to the border that they may stand in the next commune."""

    @property
    def says(self) -> Says:
        """Return what the two numbers say together."""
        if self.authorised is None:
            return Says.NONE_AUTHORISED if self.found else Says.NOTHING_KNOWN
        if not self.found:
            return Says.NOBODY_LOOKED
        if self.found == self.authorised:
            return Says.SAME
        return Says.MORE_FOUND if self.found > self.authorised else Says.MORE_AUTHORISED

    @property
    def difference(self) -> int | None:
        """Return found less authorised; None where one is not known."""
        if self.authorised is None or not self.found:
            return None
        return self.found - self.authorised


def counted(cameras: Iterable[Camera]) -> tuple[int, int]:
    """Return how many can be seen from the street, and how many are inside."""
    rows = list(cameras)
    outside = sum(camera.scope in SEEN_FROM_THE_STREET for camera in rows)
    return outside, len(rows) - outside
