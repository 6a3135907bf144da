"""One byte range of a file (RFC 9110, 14): long downloads over Tor break, and go on."""

from __future__ import annotations

import re
from dataclasses import dataclass

_RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z")


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes from `start` up to and without `end`."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.end - self.start


class Unsatisfiable(ValueError):
    """The range lies outside the file."""


def asked(header: str, size: int) -> Span | None:
    """Return the span that a `Range` field asks for, None for the whole file.

    A field that is not one simple range is ignored, as RFC 9110 allows; one that starts beyond
    the file raises Unsatisfiable.
    """
    found = _RANGE.match(header.replace(" ", ""))
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        wanted = min(int(last), size)
        if wanted == 0:
            raise Unsatisfiable
        return Span(size - wanted, size)
    start = int(first)
    end = min(int(last) + 1, size) if last else size
    if start >= size:
        raise Unsatisfiable
    return Span(start, end) if end > start else None
