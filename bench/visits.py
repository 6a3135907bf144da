"""Which pages visitors ask for: addresses of every kind, drawn from what an observatory holds.

Records are drawn by Zipf's law over their number of facts, as people follow links: the large city
is read a hundred times for once that somebody opens a village.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from random import Random
from urllib.parse import quote

MIX = {
    "home": 12,
    "commune": 22,
    "project": 16,
    "actor": 14,
    "technology": 3,
    "contract": 5,
    "fact": 8,
    "document": 5,
    "search": 6,
    "list": 4,
    "feed": 2,
    "graph": 2,
    "map": 1,
}
"""Percent of the questions."""
WORDS = ("caméras", "voirie", "logiciel", "gare", "plaque", "drone", "supervision", "stade", "Nice")
MOST = 20_000
"""Addresses of one kind that are drawn from."""


def addresses(folder: Path) -> dict[str, list[str]]:
    """Return addresses by kind of page, those with the most facts first."""
    with sqlite3.connect(f"file:{folder / 'contrechamp.sqlite3'}?mode=ro", uri=True) as database:
        return {
            "home": ["/"],
            "commune": _communes(database),
            **{kind: _records(database, kind) for kind in ("project", "actor")},
            **{kind: _records(database, kind) for kind in ("technology", "contract")},
            "fact": [f"/fait/{key}" for key in _column(database, FACTS)],
            "document": [f"/documents/{sha256}/page/1" for sha256 in _column(database, DOCUMENTS)],
            "search": [f"/recherche?q={quote(word)}" for word in WORDS],
            "list": _lists(),
            "feed": ["/flux.atom", "/projets.atom"],
            "graph": [f"/graphe?autour={key}" for key in _column(database, ACTORS)],
            "map": ["/carte"],
        }


PATHS = {"project": "projet", "actor": "acteur", "technology": "technologie", "contract": "contrat"}
FACTS = "SELECT claim FROM census_publishedfact ORDER BY claim LIMIT 20000"
DOCUMENTS = (
    "SELECT file_id FROM documents_version JOIN documents_document d ON d.id = document_id "
    "WHERE d.state = 'PUBLISHED' AND d.access = 'PUBLIC' ORDER BY file_id LIMIT 20000"
)
ACTORS = "SELECT entity FROM census_published WHERE kind = 'actor' ORDER BY entity LIMIT 2000"


def _column(database: sqlite3.Connection, question: str) -> list[str]:
    return [row[0] for row in database.execute(question)]


def _records(database: sqlite3.Connection, kind: str) -> list[str]:
    question = (
        "SELECT entity FROM census_published WHERE kind = ? "
        "ORDER BY json_extract(record, '$.counts.facts') DESC, entity LIMIT ?"
    )
    return [f"/{PATHS[kind]}/{row[0]}" for row in database.execute(question, (kind, MOST))]


def _communes(database: sqlite3.Connection) -> list[str]:
    question = (
        "SELECT t.slug FROM census_published p JOIN places_territory t ON t.key = p.territory "
        "WHERE t.kind = 'commune' "
        "ORDER BY json_extract(p.record, '$.counts.facts') DESC, t.key LIMIT ?"
    )
    return [f"/commune/{row[0]}" for row in database.execute(question, (MOST,))]


def _lists() -> list[str]:
    kinds = ("projets", "acteurs", "technologies", "contrats")
    return [f"/{kind}?lettre={letter}" for letter in "abcdefglmnpst" for kind in kinds]


class Visitors:
    """Draws one address after the other."""

    def __init__(self, by_kind: dict[str, list[str]], seed: int = 1) -> None:
        self.by_kind = {kind: row for kind, row in by_kind.items() if row}
        self.chance = Random(seed)
        self.sums = {
            kind: list(accumulate(1 / (n + 1) for n in range(len(row))))
            for kind, row in self.by_kind.items()
        }

    def as_in_life(self, count: int) -> Iterator[str]:
        """Yield addresses by the mix, the busiest most often."""
        kinds = [kind for kind in MIX if kind in self.by_kind]
        for kind in self.chance.choices(kinds, [MIX[kind] for kind in kinds], k=count):
            yield self.chance.choices(self.by_kind[kind], cum_weights=self.sums[kind])[0]

    def all_distinct(self, count: int) -> Iterator[str]:
        """Yield addresses by the mix, none of them twice: nothing is kept from another visit."""
        for number, address in enumerate(self.as_in_life(count)):
            yield f"{address}{'&' if '?' in address else '?'}mesure={number}"

    def sample(self, kind: str, count: int) -> Sequence[str]:
        """Return different addresses of one kind, spread from the busiest to the quiet ones."""
        row = self.by_kind.get(kind, [])
        return row[:: max(len(row) // count, 1)][:count]
