"""All that is public as a `Census`: read from the projection part by part, whatever its size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain, islice
from typing import TypeVar

from contrechamp.census import published
from contrechamp.census.domain.exchange.bundle import Linked, Node, Paper, Told
from contrechamp.documents import queries as documents

from .bundles import add_rectangles, public_node, public_statement

Thing = TypeVar("Thing")

RECORDS, FACTS, PAPERS = 200, 400, 900
"""How many are read at once. A record is read with all values that it has."""


class PublicCensus:
    """What visitors get, and nothing else. In memory: a part, and the hashes of cited documents."""

    def every_node(self) -> Iterator[Node]:
        """Yield the records."""
        return map(public_node, published.records())

    def every_told(self) -> Iterator[Told]:
        """Yield the records with what their lines say."""
        for part in _parts(published.records(), RECORDS):
            keys = [record.id for record in part]
            facts = published.value_facts_of(keys)
            values = {key: list(map(public_statement, said)) for key, said in facts.items()}
            add_rectangles(chain.from_iterable(values.values()))
            buyers = published.sources_of_relation(keys, "buyer_of")
            used = published.names_of_targets(keys, "uses_technology")
            parents = published.targets_of_relation(keys, "part_of")
            for record in part:
                yield Told(
                    node=public_node(record),
                    values=values.get(record.id, []),
                    buyers=buyers.get(record.id, []),
                    used=used.get(record.id, []),
                    parents=parents.get(record.id, []),
                )

    def every_statement(self) -> Iterator[Linked]:
        """Yield values and relations."""
        return _linked(published.facts())

    def every_relation(self) -> Iterator[Linked]:
        """Yield the relations alone."""
        return _linked(published.relations())

    def every_paper(self) -> Iterator[Paper]:
        """Yield the public documents that evidence rests on, by hash."""
        for part in _parts(published.every_document_cited(), PAPERS):
            for sha256, sha1, title in documents.public_papers(part):
                yield Paper(sha256=sha256, sha1=sha1, title=title)

    def has_paper(self, sha256: str) -> bool:
        """Answer whether `every_paper` yields this document."""
        return len(sha256) == 64 and bytes.fromhex(sha256) in self._papers

    def has_buyer(self, key: str) -> bool:
        """Answer whether somebody is known to have bought by this call."""
        return key in self._bought

    @cached_property
    def _papers(self) -> frozenset[bytes]:
        # Bytes, because a million of them as text would take three times as much.
        return frozenset(bytes.fromhex(paper.sha256) for paper in self.every_paper())

    @cached_property
    def _bought(self) -> set[str]:
        return published.ends_of_type("buyer_of", "call")


def _linked(facts: Iterable[published.Fact]) -> Iterator[Linked]:
    for part in _parts(facts, FACTS):
        said = [public_statement(fact) for fact in part]
        add_rectangles(said)
        for fact, statement in zip(part, said, strict=True):
            yield Linked(
                statement=statement,
                source=_end(fact.subject),
                target=_end(fact.target) if fact.target else None,
            )


def _end(ref: published.Ref) -> Node:
    return Node(
        key=ref.id, id=ref.id, kind=ref.kind, type=ref.type, name=ref.name, territory=ref.territory
    )


def _parts(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    rows = iter(things)
    while part := list(islice(rows, size)):
        yield part
