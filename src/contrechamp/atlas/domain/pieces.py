"""Which piece of a file a browser asks for: the `Range` header of RFC 9110, one range at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.IGNORECASE)


class Unsatisfiable(ValueError):
    """No such piece: past the end, backwards, several at once, or not a range of bytes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a file, both ends included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def piece_of(header: str, size: int) -> Piece:
    """Return the piece that a header asks for, or raise `Unsatisfiable`.

    Several ranges in one request are refused: nothing that reads tiles asks for them, and a
    hundred overlapping ones are a known way to make a server work for nothing.
    """
    asked = RANGE.fullmatch(header.strip().replace(" ", ""))
    if not asked or not any(asked.groups()) or size <= 0:
        raise Unsatisfiable(header)
    first, last = asked.groups()
    if not first:  # The last so many bytes.
        if int(last) == 0:
            raise Unsatisfiable(header)
        return Piece(max(size - int(last), 0), size - 1)
    piece = Piece(int(first), min(int(last), size - 1) if last else size - 1)
    if piece.first >= size or (last and int(last) < piece.first):
        raise Unsatisfiable(header)
    return piece
