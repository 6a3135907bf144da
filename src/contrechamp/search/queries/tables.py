"""Tables as lines of CSV, made while they are read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.urls import reverse

from .batch import pages_of

NAME_COLUMNS = (
    *("nom", "documents_du_nom", "pages_du_nom", "fiche"),
    *("document", "adresse", "pages", "nombre_de_pages", "premier_passage"),
)


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the lines of a table; no cell of it is a formula."""
    writer = csv.writer(_Echo())
    yield "\ufeff"  # Else spreadsheets do not read the accents.
    yield str(writer.writerow(columns))
    for row in rows:
        yield str(writer.writerow([_cell(value) for value in row]))


def name_table(names: Iterable[str], site: str) -> Iterator[tuple[object, ...]]:
    """Yield one row for each name and document; a name that is nowhere has one row."""
    for each in pages_of(names):
        address = reverse("documents:document", args=[each.sha256]) if each.sha256 else ""
        yield (
            each.name,
            each.documents,
            each.pages,
            f"{site}{each.record_url}" if each.record_url else "",
            each.title,
            f"{site}{address}" if address else "",
            " ".join(map(str, each.numbers)),
            len(each.numbers),
            each.first.text if each.first else "",
        )


def _cell(value: object) -> object:
    """Keep a spreadsheet from taking a text for a formula."""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{value}"
    return value
