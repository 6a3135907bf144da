"""Many names searched in all documents at once: for a list of suppliers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from contrechamp.census import published
from contrechamp.documents import queries as documents
from contrechamp.foundation.plug import Entry
from contrechamp.kernel import names as folding
from contrechamp.search.domain import Atom, Clause, Parsed, Piece, Sought, excerpt, tokens
from contrechamp.search.engines import Found, Request

from .index import engine, hidden_refs, shown
from .names import KINDS

FIRST_PASSAGES = 3
PAGE = "documents:page:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage of a page that holds a name."""

    title: str
    url: str
    page: int | None
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """In how many documents and pages a name stands, and where first."""

    name: str
    documents: int
    pages: int
    record_url: str = ""
    """The page of the public record of that name, if there is one."""
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePages:
    """The pages of one document that hold a name; no document for a name that is nowhere."""

    name: str
    documents: int
    pages: int
    record_url: str = ""
    title: str = ""
    sha256: str = ""
    numbers: tuple[int, ...] = ()
    first: Passage | None = None


def search_names(names: Sequence[str]) -> list[NameRow]:
    """Return a row for each name, in the order given, with few questions to the database."""
    hidden = hidden_refs()
    found = [_find(name, hidden, limit=FIRST_PASSAGES) for name in names]
    entries = shown([hit.ref for each in found for hit in each.hits])
    urls = _record_urls(names)
    return [
        NameRow(
            name=name,
            documents=len(each.facets.get("document", ())),
            pages=each.total,
            record_url=urls.get(folding.fold(name), ""),
            passages=tuple(
                _passage(entries[hit.ref], name) for hit in each.hits if hit.ref in entries
            ),
        )
        for name, each in zip(names, found, strict=True)
    ]


def pages_of(names: Iterable[str]) -> Iterator[NamePages]:
    """Yield for each name and each document that holds it the pages, however many they are."""
    for name in names:
        hidden = hidden_refs()
        total = _find(name, hidden, limit=1).total
        hits = _find(name, hidden, limit=total).hits if total else ()
        numbers: dict[str, list[int]] = {}
        for hit in hits:
            key, _, number = hit.ref.removeprefix(PAGE).partition("/")
            numbers.setdefault(key, []).append(int(number))
        titles = documents.public_titles(list(numbers))
        held = {key: sorted(each) for key, each in numbers.items() if key in titles}
        url = _record_urls([name]).get(folding.fold(name), "")
        count = sum(map(len, held.values()))
        if not held:
            yield NamePages(name=name, documents=0, pages=0, record_url=url)
        entries = shown([f"{PAGE}{key}/{each[0]}" for key, each in held.items()])
        for key, each in held.items():
            entry = entries.get(f"{PAGE}{key}/{each[0]}")
            yield NamePages(
                name=name,
                documents=len(held),
                pages=count,
                record_url=url,
                title=titles[key],
                sha256=key,
                numbers=tuple(each),
                first=_passage(entry, name) if entry else None,
            )


def _find(name: str, hidden: Sequence[str], *, limit: int) -> Found:
    return engine().find(
        Request(
            parsed=_parsed(name),
            filters=(("kind", ("page",)),),
            hidden=hidden,
            limit=limit,
            facets=("document",),
        )
    )


def _parsed(name: str) -> Parsed:
    """These words in this order: "Eiffage Énergie" is not a page with each somewhere."""
    return Parsed((Clause((Atom(tuple(tokens(name)), exact=True),)),))


def _passage(entry: Entry, name: str) -> Passage:
    return Passage(
        title=entry.title,
        url=entry.url,
        page=entry.page,
        pieces=tuple(excerpt(entry.text, Sought.of(_parsed(name)))),
    )


def _record_urls(names: Sequence[str]) -> dict[str, str]:
    """Return the address of the public record of each name, by folded name."""
    folded = [folding.fold(name) for name in names]
    return {
        folding.fold(record.name): record.url
        for record in published.named_exactly(folded, kinds=KINDS)
    }
