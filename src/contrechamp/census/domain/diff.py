"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECES = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: kept (`=`), taken out (`-`) or put in (`+`)."""

    sign: str
    text: str


def words(before: str, after: str) -> list[Piece]:
    """Return the pieces that lead from one text to the other, in reading order."""
    return list(_merged(before, after))


def _merged(before: str, after: str) -> Iterator[Piece]:
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("=", "".join(old[a:b]))
            continue
        if a < b:
            yield Piece("-", "".join(old[a:b]))
        if c < d:
            yield Piece("+", "".join(new[c:d]))
