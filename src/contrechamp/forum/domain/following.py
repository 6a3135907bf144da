"""What can be followed from elsewhere: rooms above offer it in their `plug.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .activitypub import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A thing that has an actor: where it stands here, and what it is filed under."""

    name: str
    """As in `@saint-etienne-42218@host`: small letters, figures, hyphens; never changes."""
    title: str
    about: str
    path: str
    kind: str
    """`board`, `place` or `technology`: with `key` what its threads are filed under."""
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Followable:
    """Things of one sort that can be followed."""

    find: Callable[[str], Followed | None]
    """Of a name, the public thing, or None."""
    of: Callable[[str, str], Followed | None]
    """Of kind and key, the thing, or None where this room does not know it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """What a room above says of such things: public acts, each with what it is filed under."""

    prefix: str
    """What the keys of its notes begin with: `acte-`."""
    newest: Callable[[str, str, int, str], Iterable[Note]]
    """Of kind, key, a number and the site's address: so many of its newest notes."""
