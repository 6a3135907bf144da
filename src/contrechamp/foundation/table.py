"""Tables as CSV files that spreadsheets open as they are, and as JSON, line by line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping

FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def safe_cell(value: object) -> object:
    """Keep a spreadsheet from taking a text for a formula; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(FORMULAS):
        return f"'{value}"
    return value


def csv_lines(header: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield a file, without holding it. It begins with a mark, or accents are not read."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow(list(header)))
    for row in rows:
        yield str(writer.writerow([safe_cell(cell) for cell in row]))


def json_lines(
    name: str, rows: Iterable[object], *, head: Mapping[str, object] | None = None
) -> Iterator[str]:
    """Yield one JSON object, a row a line, without holding it: `{"name": [rows]}`.

    `head` stands before the rows, as the type of a GeoJSON collection does (RFC 7946). What JSON
    does not know is written as text.
    """
    begin = json.dumps(dict(head or {}), ensure_ascii=False)[:-1]
    yield f"{begin}{', ' if head else ''}{json.dumps(name)}: ["
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False, default=str)
    yield "\n]}\n"
