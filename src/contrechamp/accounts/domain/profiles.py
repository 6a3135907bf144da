"""What rooms above show on the public page of a member."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One public thing that somebody wrote."""

    title: str
    url: str
    at: datetime
    text: str = ""
    """Its first words, plain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePart:
    """A list on the public page of a member: `of` takes the account, who looks (an account or a
    visitor) and how many are wanted; it returns what that person may read, the newest first."""

    label: str
    of: Callable[[Any, Any, int], Sequence[Said]]
    order: int = 50
