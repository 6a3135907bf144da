"""Every table of an export, its rows read once for all formats that are written together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from contrechamp.census.domain.exchange import flat
from contrechamp.census.domain.exchange.bundle import Census
from contrechamp.documents import queries as documents
from contrechamp.foundation.plug import offered
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.tables import Column, Row, Table
from contrechamp.places import queries as places

from .bundles import all_documents
from .rating import chunks

VOCABULARIES = (
    *("entity_types", "properties", "relations", "technologies", "document_types", "registers"),
    *("legal_bases", "purposes", "stages", "amount_kinds", "watched"),
)
PLACES = Table(
    name="places",
    about=gettext_noop("Les territoires dont parlent les autres tables, tirés du répertoire officiel."),  # noqa: E501
    columns=(
        Column("key", gettext_noop("Clé : commune:06088, departement:06…")),
        Column("kind", gettext_noop("Sorte : commune, arrondissement, epci, departement, region, country.")),  # noqa: E501
        Column("code", gettext_noop("Code INSEE ; SIREN pour une intercommunalité.")),
        Column("name", gettext_noop("Nom.")),
        Column("population", gettext_noop("Population municipale."), "integer"),
        Column("departement", gettext_noop("Code du département.")),
        Column("region", gettext_noop("Code de la région.")),
        Column("lon", gettext_noop("Longitude du centre, en degrés."), "number"),
        Column("lat", gettext_noop("Latitude du centre, en degrés."), "number"),
    ),
    rows=lambda: (),
)  # fmt: skip
LABELS = Table(
    name="labels",
    about=gettext_noop("Ce que veulent dire les codes, en français et en anglais."),
    columns=(
        Column("vocabulary", gettext_noop("Liste dont le code fait partie.")),
        Column("code", gettext_noop("Code.")),
        Column("fr", gettext_noop("En français.")),
        Column("en", gettext_noop("En anglais.")),
    ),
    rows=lambda: (),
    is_keyed=False,
)
Progress = Callable[[int], None]
EVERY = 5_000


class Sink(Protocol):
    """A format that takes rows as they come, of several tables by turns."""

    def begin(self, tables: Sequence[Table]) -> None:
        """Make ready for these tables."""

    def add(self, table: str, row: Row) -> None:
        """Take one row."""

    def end(self) -> None:
        """Write what is left."""


@dataclass(slots=True)
class Sheets:
    """All tables of one export, and how many rows each had."""

    census: Census
    scope: str = "public"
    with_texts: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    _keys: set[str] = field(default_factory=set)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Return the tables: the census's own, those that rooms offer, places and labels."""
        found = (*flat.TABLES, *map(self._of_scope, offered(Table)), PLACES, LABELS)
        return tuple(each for each in found if self.with_texts or not each.is_large)

    def write(self, sinks: Sequence[Sink], progress: Progress = lambda done: None) -> None:
        """Read every row once, and give it to each format."""
        tables = self.tables
        for sink in sinks:
            sink.begin(tables)
        self.counts.update({table.name: 0 for table in tables})
        for done, (name, row) in enumerate(self._every_row(tables), 1):
            self.counts[name] += 1
            for sink in sinks:
                sink.add(name, row)
            if not done % EVERY:
                progress(self.counts["edges"] + self.counts["claims"])
        for sink in sinks:
            sink.end()

    def _of_scope(self, table: Table) -> Table:
        if self.scope == "all" and table.name == "documents":
            return replace(table, rows=lambda: documents.document_rows(all_documents()))
        return table

    def _every_row(self, tables: Sequence[Table]) -> Iterator[tuple[str, Row]]:
        lead = {
            each.name: [i for i, c in enumerate(each.columns) if c.type == "territory"]
            for each in tables
        }
        for name, row in self._told(tables):
            for column in lead[name]:
                # A column may hold several keys: a document speaks of several places.
                self._keys.update(str(row[column] or "").split(" | "))
            yield name, row
        yield from ((PLACES.name, row) for row in place_rows(self._keys))
        yield from ((LABELS.name, row) for row in label_rows())

    def _told(self, tables: Sequence[Table]) -> Iterator[tuple[str, Row]]:
        yield from flat.rows(self.census, labels())
        for table in tables:
            yield from ((table.name, row) for row in table.rows())


def place_rows(keys: Iterable[str]) -> Iterator[Row]:
    """Yield the territories of these keys that the gazetteer knows, by key."""
    for part in chunks(sorted(set(keys) - {""})):
        found = places.territories(part)
        for key in part:
            if row := found.get(key):
                about: list[Any] = [row.key, row.kind, row.code, row.name, row.population]
                yield [*about, row.departement, row.region, row.lon, row.lat]


def label_rows() -> Iterator[Row]:
    """Yield every code with its words in both languages."""
    for name in sorted(VOCABULARIES):
        for code, term in sorted(terms(name).items()):
            yield [name, code, term["label"]["fr"], term["label"].get("en", "")]


def labels() -> dict[str, str]:
    """Return the French words of properties and relations by code."""
    found = {code: term["label"]["fr"] for code, term in terms("properties").items()}
    return found | {code: term["label"]["fr"] for code, term in terms("relations").items()}
