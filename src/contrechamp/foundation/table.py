"""Tables as CSV files that spreadsheets open as they are, line by line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

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
