"""Documents of an invented observatory: text files with pages, and passages that facts cite."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING, Any

from contrechamp.documents.models import Document, File, Page, Quote, TextLayer, Version
from contrechamp.foundation.store import store
from contrechamp.foundation.vocabulary import terms

if TYPE_CHECKING:
    from bench.invent import World
    from contrechamp.accounts.models import User

PART = 400
LINES = 14
"""Sentences on a page."""
QUOTES = 2
"""Passages of a page that facts rest on."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What a fact cites."""

    document: str
    page: int
    quote: str
    text: str


class Shelf:
    """All documents, drawn by Zipf's law: a few reports are cited by thousands of facts."""

    def __init__(self, world: World, *, count: int, by: User, at: datetime) -> None:
        self.world, self.count, self.by, self.at = world, count, by, at
        self.hashes: list[str] = []
        self.passages: list[list[Passage]] = []

    def write(self) -> None:
        """Write files and rows."""
        for start in range(0, self.count, PART):
            self._write([self._pages(n) for n in range(start, min(start + PART, self.count))])
        self.sums = list(accumulate(1 / (n + 1) ** 0.8 for n in range(self.count)))

    def draw(self, chance: Random) -> Passage:
        document = chance.choices(range(self.count), cum_weights=self.sums)[0]
        return chance.choice(self.passages[document])

    def _pages(self, number: int) -> list[list[str]]:
        """Return the sentences of each page of one document."""
        world = self.world
        pages = int(world.chance.paretovariate(1.2) * 2) % 60 + 1
        return [
            [f"Pièce {number}, feuillet {page + 1}.", *self._sentences()] for page in range(pages)
        ]

    def _sentences(self) -> Iterator[str]:
        chance = self.world.chance
        for _ in range(LINES):
            company = chance.choice(self.world.companies).name
            yield (
                f"Article {chance.randint(1, 40)} : {self.world.words(9)}, {company}, "
                f"{chance.randint(1, 900)} 000 euros."
            )

    def _write(self, made: list[list[list[str]]]) -> None:
        files, pages, layers, quotes = [], [], [], []
        for document in made:
            content = "\f".join("\n".join(lines) for lines in document).encode()
            sha256 = store().put(BytesIO(content))
            self.hashes.append(sha256)
            files.append(
                File(
                    sha256=sha256,
                    sha1=hashlib.sha1(content, usedforsecurity=False).hexdigest(),
                    bytes=len(content),
                    mime="text/plain",
                    kind="text",
                    pages_count=len(document),
                    read_state="read",
                )
            )
            cited = []
            for number, lines in enumerate(document, 1):
                page = Page(file=files[-1], number=number, has_image=False)
                text = "\n".join(lines)
                pages.append(page)
                layer = TextLayer(page=page, kind="FILE", engine="text", text=text, made_at=self.at)
                layers.append(layer)
                cited += [self._quote(layer, sha256, number, line) for line in lines[1:][:QUOTES]]
            quotes += cited
            self.passages.append(
                [Passage(sha256, one.page_from, one.pk, one.exact) for one in cited]
            )
        self._insert(files, pages, layers, quotes)

    def _quote(self, layer: TextLayer, sha256: str, page: int, line: str) -> Quote:
        return Quote(
            id=self.world.new_id("q"),
            file_id=sha256,
            page_from=page,
            page_to=page,
            exact=line,
            layer=layer,
            is_public=True,
            made_by=self.by,
            made_at=self.at,
        )

    def _insert(
        self,
        files: list[File],
        pages: list[Page],
        layers: list[TextLayer],
        quotes: list[Quote],
    ) -> None:
        documents = [self._document(file) for file in files]
        File.objects.bulk_create(files, batch_size=PART)
        Document.objects.bulk_create(documents, batch_size=PART)
        Version.objects.bulk_create(
            [
                Version(document=document, file=file, seen_on=self.at.date())
                for document, file in zip(documents, files, strict=True)
            ],
            batch_size=PART,
        )
        Page.objects.bulk_create(pages, batch_size=PART)
        TextLayer.objects.bulk_create(layers, batch_size=PART)
        Quote.objects.bulk_create(quotes, batch_size=PART)

    def _document(self, file: File) -> Document:
        chance = self.world.chance
        place: Any = chance.choices(self.world.places, cum_weights=self.world.town_sums)[0]
        year = chance.randint(2005, 2025)
        return Document(
            id=self.world.new_id("doc"),
            title=f"{self.world.words(3).capitalize()}, {place.name}",
            doc_type=chance.choice(list(terms("document_types"))),
            dated_text=str(year),
            dated_earliest=f"{year}-01-01",
            dated_latest=f"{year}-12-31",
            language="fr",
            origin="OFFICIAL_SITE",
            place_codes=[place.territory],
            state="PUBLISHED",
            access="PUBLIC",
            added_by=self.by,
            added_at=self.at,
            published_by=self.by,
            published_at=self.at,
        )
