"""One thing in a dossier, by a letter for its kind and its key; what is done with a row of them.

`f` a fact (`clm-…`, `rel-…`), `q` a passage (`q-…`), `d` a document (its SHA-256 or 12 digits and
more of it), `a` an act of the watch (the end of its address). `r`, a record, stands only in what
was asked: it is the facts about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl

SIGNS = "[0-9a-hjkmnp-tv-z]{10}"
KEYS = {
    "f": re.compile(f"(?:clm|rel)-{SIGNS}"),
    "q": re.compile(f"q-{SIGNS}"),
    "d": re.compile("[0-9a-f]{12,64}"),
    "a": re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{1,180}"),
    "r": re.compile(f"(?:prj|tec|act|plc|ctr)-{SIGNS}"),
}
MOST = 120
"""Things of one dossier: its page stays under 150 kB. The command line takes more."""
PLACES = (
    ("f", re.compile(rf"(?:^|[/\s])(?:fait/)?((?:clm|rel)-{SIGNS})(?![\w-])")),
    ("q", re.compile(rf"(?:^|[#/\s])(q-{SIGNS})(?![\w-])")),
    ("d", re.compile(r"(?:^|/documents/|\s)([0-9a-f]{12,64})(?![0-9a-f])")),
    ("r", re.compile(rf"(?:^|[/\s])((?:prj|tec|act|plc|ctr)-{SIGNS})(?![\w-])")),
    ("a", re.compile(r"/actes/([A-Za-z0-9][A-Za-z0-9_-]{1,180})(?![\w/.])")),
)
"""How each kind is found in what was pasted; the first that is there counts."""


class Item(NamedTuple):
    """One thing of a dossier."""

    kind: str
    key: str

    @property
    def ref(self) -> str:
        """Return it as one word: `f:clm-…`."""
        return f"{self.kind}:{self.key}"


def read_item(kind: str, key: str) -> Item | None:
    """Return the thing, or None when the key has not the form of its kind."""
    form = KEYS.get(kind)
    return Item(kind, key) if form is not None and form.fullmatch(key) else None


def read_ref(ref: str) -> Item | None:
    """Return the thing of a word such as `f:clm-…`, or None."""
    kind, _, key = ref.partition(":")
    return read_item(kind, key)


def with_items(items: Sequence[Item], more: Iterable[Item]) -> tuple[Item, ...]:
    """Add things at the end, each once."""
    return tuple(dict.fromkeys((*items, *more)))


def without(items: Sequence[Item], place: int) -> tuple[Item, ...]:
    """Take out the thing at a place, counted from 0."""
    return tuple(item for at, item in enumerate(items) if at != place)


def put_back(items: Sequence[Item], item: Item, place: int) -> tuple[Item, ...]:
    """Put a thing at a place again; one that is there stays where it is."""
    if item in items:
        return tuple(items)
    return (*items[:place], item, *items[place:])


def moved(items: Sequence[Item], place: int, step: int) -> tuple[Item, ...]:
    """Move a thing up (-1) or down (1); beyond the ends it stays."""
    to = place + step
    if not (0 <= place < len(items) and 0 <= to < len(items)):
        return tuple(items)
    row = list(items)
    row[place], row[to] = row[to], row[place]
    return tuple(row)


def read_addresses(text: str) -> tuple[list[Item], list[str]]:
    """Return the things that pasted lines name, and the lines that name none.

    A line may be an address of the observatory, an identifier, or the address of a dossier.
    """
    found: list[Item] = []
    unread: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        many = _of_dossier(line) or _of_line(line)
        found += many
        if not many:
            unread.append(line[:120])
    return list(dict.fromkeys(found)), unread


def _of_dossier(line: str) -> list[Item]:
    if "/dossier" not in line or "?" not in line:
        return []
    pairs = parse_qsl(line.partition("?")[2].partition("#")[0])
    return [item for kind, key in pairs if (item := read_item(kind, key))]


def _of_line(line: str) -> list[Item]:
    for kind, form in PLACES:
        if found := form.search(line):
            return [Item(kind, found.group(1))]
    return []
