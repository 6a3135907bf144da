"""What a room above offers so that the page of an opinion names the requests that cite it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One public page that cites an opinion."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """Public pages that cite an opinion, by its number; the newest first, what is private never."""

    label: str
    cited_by: Callable[[str], Sequence[Mention]]
    order: int = 50
