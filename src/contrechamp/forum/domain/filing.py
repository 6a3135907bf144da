"""What threads are filed under: territories and technologies, as rooms above name them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """One kind of tag, and what its keys are called."""

    kind: str
    """`place` or `technology`."""
    label: str
    names: Callable[[Sequence[str]], Mapping[str, str]]
    """Of many keys those that exist, with their names, in one query."""
