"""Whether pages are being made for a copy of the site in files, and for which day.

A copy is read later than it is made, somewhere else, and without a server: what a page says of
"today" must hold then too, and nothing may be asked of it. Pages look here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from django.utils import timezone


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy that is being made."""

    day: date
    """The day that it tells: what is true "today" is true of this day."""
    live: str = ""
    """Where the site itself is (`https://example.org`), without a slash at the end; or empty."""


_COPY: ContextVar[Copy | None] = ContextVar("copy", default=None)


def current_copy() -> Copy | None:
    """Return the copy that a page is being made for; None for a page of the site itself."""
    return _COPY.get()


def localdate() -> date:
    """Return today, or the day that the copy tells which is being made."""
    copy = _COPY.get()
    return copy.day if copy else timezone.localdate()


@contextmanager
def copying(copy: Copy) -> Iterator[None]:
    """Make pages for a copy."""
    token = _COPY.set(copy)
    try:
        yield
    finally:
        _COPY.reset(token)
