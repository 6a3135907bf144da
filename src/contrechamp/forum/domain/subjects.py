"""What a thread can be about: kinds that rooms above offer in their `plug.py`.

A thread keeps `kind:id` with the public identifier, so that it survives export and import. Who may
see the thing may see its threads: its own rows decide, asked in the same query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet

ALWAYS_PUBLIC = frozenset({"place", "technology", "experiment"})
"""Kinds of which nothing is private: their threads are read even where the room is not installed.
Of others nobody could say who may see them, so that nobody does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectCard:
    """What a thread shows of the thing that it is about."""

    title: str
    url: str
    quote: str = ""
    """Its own words, where it is a passage."""
    lines: tuple[str, ...] = ()
    """Where it stands, in a few words each."""
    due: date | None = None
    """The next day that counts: a deadline, the end of an authorisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectKind:
    """One kind of thing that can be talked about."""

    kind: str
    label: str
    """`projet`, `document` …, in French."""
    cards: Callable[[Sequence[str]], Mapping[str, SubjectCard]]
    """Of many identifiers, those that exist, in one query. It does not ask who reads."""
    visible: Callable[[Any], QuerySet[Any] | None]
    """The rows that a user may see; None: there is nothing private in this kind."""
    key: str = "pk"
    """The column of these rows that holds the identifier."""
    watchers: Callable[[str], Iterable[int]] = lambda key: ()
    """Numbers of the accounts that the thing concerns: its team, its author."""
    places: Callable[[str], Iterable[str]] = lambda key: ()
    """Keys of its territories: its threads are filed under them."""
    technologies: Callable[[str], Iterable[str]] = lambda key: ()
    named: Callable[[Sequence[str]], Iterable[str]] = lambda refs: ()
    """Of the refs that `public_changed` tells (`room:kind:key`), the identifiers of this kind:
    what is said about these enters search or leaves it in the same transaction. Nothing to say
    where nothing is private."""
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentStore:
    """Who keeps the files that go with posts: offered by the doors, which know `documents`.

    `keep` takes the name and the bytes, takes away what tells who made the file, and returns what
    is kept; it refuses (`Refused`) what is neither a picture nor a PDF. `bring` keeps bytes that
    were cleaned before, of a dump, as they are. `read` gives the bytes of a hash, and `preview` a
    small picture of it (hash, media type), or they raise `KeyError`; `forget` drops them; `old`
    yields the hashes of what nobody brought since a moment; `sweep` drops half-written files.
    Inside `alone` nobody else names or forgets bytes.
    """

    keep: Callable[[str, bytes], KeptFile]
    bring: Callable[[bytes], KeptFile]
    read: Callable[[str], bytes]
    preview: Callable[[str, str], bytes]
    forget: Callable[[str], None]
    old: Callable[[datetime], Iterable[str]]
    sweep: Callable[[], None]
    alone: Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file as it is kept."""

    sha256: str
    name: str
    media_type: str
    size: int
    removed: tuple[str, ...] = ()
    """What was taken away of it: position, author, camera."""
    description: str = ""
    """What it shows, in the words of who brings it."""


def split(subject: str) -> tuple[str, str]:
    """Return kind and identifier of `kind:id`; two empty texts for anything else."""
    kind, found, key = subject.partition(":")
    return (kind, key) if found and kind and key else ("", "")


def after(prefix: str) -> Callable[[Sequence[str]], Iterable[str]]:
    """Return what reads identifiers out of refs where these are a prefix and the identifier."""
    return lambda refs: [ref.removeprefix(prefix) for ref in refs if ref.startswith(prefix)]
