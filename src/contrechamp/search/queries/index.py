"""The index, and the rooms that know what is public: the two sides that search joins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby, islice
from pathlib import Path

from django.conf import settings

from contrechamp.foundation import vocabulary
from contrechamp.foundation.plug import Entry, Findable, offered
from contrechamp.places import queries as places
from contrechamp.search.domain import Synonyms
from contrechamp.search.engines import Engine
from contrechamp.search.engines.embedded import Embedded
from contrechamp.search.models import Dirty

Hydrate = Callable[[Sequence[str]], dict[str, Entry]]

CHECKED_DIRTY = 200
"""Up to so many changed things we look which are public still; with more, all of them wait."""


@cache
def _engine(root: Path) -> Engine:
    return Embedded(root)


def engine(root: Path | None = None) -> Engine:
    """Return the engine that the settings name, the same one for all threads."""
    return _engine(root or settings.CONTRECHAMP.data / "index")


@cache
def synonyms() -> Synonyms:
    """Return the list of other words for the same thing."""
    return Synonyms(row["terms"] for row in vocabulary.terms("synonyms").values())


def public_entries(each: int | None = None) -> Iterator[Entry]:
    """Yield everything that the public can find, from every room's plug; or so much of each."""
    for findable in offered(Findable):
        yield from islice(findable.entries(), each)


def hydrate(refs: Sequence[str]) -> dict[str, Entry]:
    """Return those of these that are public now, as they are now, by ref: to be indexed."""
    return _asked(refs, for_index=True)


def shown(refs: Sequence[str]) -> dict[str, Entry]:
    """Return those of these that are public now, as far as a page of results shows them, by ref."""
    return _asked(refs, for_index=False)


def _asked(refs: Sequence[str], *, for_index: bool) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    findables = sorted(offered(Findable), key=lambda each: -len(each.prefix))

    def owner(ref: str) -> int:
        prefixes = (n for n, each in enumerate(findables) if ref.startswith(each.prefix))
        return next(prefixes, -1)

    for number, group in groupby(sorted(refs, key=owner), key=owner):
        if number >= 0:
            room = findables[number]
            ask = room.some if for_index or room.shown is None else room.shown
            found |= {entry.ref: entry for entry in ask(list(group))}
    return found


def placed(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the entries with the territories that hold theirs: a page names its commune only."""
    above: dict[str, list[str]] = {}
    for entry in entries:
        for key in entry.places:
            if key not in above:
                above[key] = places.ancestors(key)
        keys = {*entry.places, *(holder for key in entry.places for holder in above[key])}
        yield replace(entry, places=tuple(sorted(keys)))


def hidden_refs() -> list[str]:
    """Return what changed and is not indexed again yet, and must be neither shown nor counted."""
    refs = list(Dirty.objects.values_list("ref", flat=True).distinct())
    if len(refs) > CHECKED_DIRTY:
        return refs
    public = shown(refs) if refs else {}
    return [ref for ref in refs if ref not in public]
