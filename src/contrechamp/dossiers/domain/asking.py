"""A whole dossier in an address: nothing of a visitor's is kept, and the address can be shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from .items import MOST, Item, moved, put_back, read_item, read_ref, without

TITLE, AUTHOR, INTRODUCTION, LANGUAGE, REMOVED = "titre", "par", "intro", "langue", "retire"
WHOLE = "dossier"
LONGEST_QUERY = 60_000
LONGEST_TITLE, LONGEST_AUTHOR, LONGEST_INTRODUCTION = 160, 80, 2000
LANGUAGES = ("fr", "en")
STEPS = {"monter": -1, "descendre": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a dossier is asked to be."""

    items: tuple[Item, ...] = ()
    title: str = ""
    author: str = ""
    introduction: str = ""
    language: str = ""
    """Empty: that of the page."""
    removed: tuple[int, Item] | None = None
    """What was taken out last, and from where, to be put back."""
    notes: tuple[str, ...] = ()
    """Beside each thing, of a kept dossier."""
    is_cut: bool = False
    """More was asked than a dossier holds: the rest is left out."""

    def with_items(self, items: Sequence[Item]) -> Ask:
        """Return the same dossier with other things."""
        return replace(self, items=tuple(items), removed=None)

    def acted(self, act: str) -> Ask:
        """Return the dossier after what a button says: `monter 3`, `descendre 3`, `enlever 3`.

        Numbers are those of the page, from 1. What makes no sense changes nothing.
        """
        verb, _, number = act.partition(" ")
        place = int(number) - 1 if number.isdecimal() and len(number) <= 3 else -1
        if not 0 <= place < len(self.items):
            return self
        if verb in STEPS:
            return self.with_items(moved(self.items, place, STEPS[verb]))
        if verb == "enlever":
            rest = self.with_items(without(self.items, place))
            return replace(rest, removed=(place, self.items[place]))
        return self

    def undone(self) -> Ask:
        """Return the dossier as it was before something was taken out."""
        if self.removed is None:
            return self
        place, item = self.removed
        return self.with_items(put_back(self.items, item, place))


def read_query(query: str) -> Ask:
    """Return what an address asks, in its own order; what is malformed is left out."""
    pairs = _pairs(query)
    if inner := dict(pairs).get(WHOLE):
        # A form carries the whole of a dossier as one value; what it says itself comes after.
        pairs = [*_pairs(inner), *pairs]
    items = [item for kind, key in pairs if (item := read_item(kind, key))]
    unique = tuple(dict.fromkeys(items))
    said = dict(pairs)
    return Ask(
        items=unique[:MOST],
        title=_line(said.get(TITLE, ""))[:LONGEST_TITLE],
        author=_line(said.get(AUTHOR, ""))[:LONGEST_AUTHOR],
        introduction=said.get(INTRODUCTION, "").strip()[:LONGEST_INTRODUCTION],
        language=said.get(LANGUAGE, "") if said.get(LANGUAGE) in LANGUAGES else "",
        removed=_removed(said.get(REMOVED, "")),
        is_cut=len(unique) > MOST,
    )


def query_of(ask: Ask) -> str:
    """Return the address of what is asked: the same things give the same one."""
    pairs = [
        *((item.kind, item.key) for item in ask.items),
        (TITLE, ask.title),
        (AUTHOR, ask.author),
        (INTRODUCTION, ask.introduction),
        (LANGUAGE, ask.language),
    ]
    if ask.removed is not None:
        pairs.append((REMOVED, f"{ask.removed[0]}:{ask.removed[1].ref}"))
    return urlencode([(name, value) for name, value in pairs if value])


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query[:LONGEST_QUERY].replace("%00", ""), keep_blank_values=True)


def _line(text: str) -> str:
    return " ".join(text.split())


def _removed(text: str) -> tuple[int, Item] | None:
    place, _, ref = text.partition(":")
    item = read_ref(ref)
    return (int(place), item) if item and place.isdecimal() and len(place) <= 3 else None
