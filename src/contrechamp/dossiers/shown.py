"""A dossier made ready for its page: each thing with its exhibits and what one can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contrechamp.documents.domain.dossiers import Passage, Statement, cited, flowing
from contrechamp.dossiers import services
from contrechamp.dossiers.domain import Ask, Item
from contrechamp.foundation.plug import Entry

QUOTE_SHOWN, LONG = 320, 60
"""Signs of a quote that are shown, and from how many things on none is: the page stays light."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A passage in a list: which exhibit, which page, which words."""

    exhibit: int
    page: int
    words: str
    url: str
    stance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing of a dossier."""

    number: int
    item: Item
    statement: Statement | None
    """None when it is public no more, or never was."""
    note: str = ""
    passages: tuple[Shown, ...] = ()
    is_first: bool = False
    is_last: bool = False
    is_short: bool = False
    """In a long dossier: where its passages stand, not what they say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A dossier as its page shows it."""

    lines: tuple[Line, ...]
    exhibits: int
    lost: int

    @property
    def count(self) -> int:
        return len(self.lines)


def page_of(ask: Ask) -> Page:
    """Make a dossier ready to be shown."""
    statements = services.statements_of(ask, "")
    keys = cited([each for each in statements if each])
    notes = (*ask.notes, *[""] * len(ask.items))
    is_long = len(ask.items) > LONG
    lines = [
        Line(
            number=place + 1,
            item=item,
            statement=statement,
            note=note,
            passages=_passages(statement, keys),
            is_short=is_long,
            is_first=place == 0,
            is_last=place + 1 == len(ask.items),
        )
        for place, (item, statement, note) in enumerate(
            zip(ask.items, statements, notes, strict=False)
        )
    ]
    lost = sum(each is None for each in statements)
    return Page(lines=tuple(lines), exhibits=len(keys), lost=lost)


def _passages(statement: Statement | None, keys: Sequence[str]) -> tuple[Shown, ...]:
    return tuple(
        _shown(passage, keys.index(passage.sha256) + 1)
        for passage in (statement.passages if statement else ())
    )


def _shown(passage: Passage, number: int) -> Shown:
    words = flowing(passage.exact)
    if len(words) > QUOTE_SHOWN:
        words = f"{words[:QUOTE_SHOWN].rpartition(' ')[0]} …"
    return Shown(
        exhibit=number,
        page=passage.page_from,
        words=words,
        url=passage.url,
        stance=passage.stance,
    )


def item_of(entry: Entry) -> Item | None:
    """Return what a result of a search is in a dossier, None for what cannot be in one."""
    room, kind, key = [*entry.ref.split(":", 2), "", ""][:3]
    match room, kind:
        case "census", "fact":
            return Item("f", key)
        case "census", "entity":
            return Item("r", key)
        case "documents", _:
            return Item("d", entry.document) if entry.document else None
        case "watch", _:
            return Item("a", entry.url.rpartition("/")[2])
    return None
