"""The lines of a text cut into records of a CSV, where one broken record does not eat the rest.

A cell may hold line breaks. A quote that is never closed would make the reader of Python's library
take the remainder of the file for one cell: here a record that is still open ends before a line
that begins as only a new opinion does (number, administration, type).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HEAD = re.compile(r'"?\d{8}"?([,;\t])(?:"(?:[^"]|"")*"|[^",;\t]*)\1"?(?:Avis|Conseil|Sanction)"?\1')
"""How a line begins that is a new opinion."""
LONGEST = 4_000_000
"""Signs of one record: the longest opinion has some 40,000."""


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record, and the line of the file on which it begins (the first is 1)."""

    line: int
    cells: tuple[str, ...]
    is_broken: bool = False
    """A quote was not closed: its cells are not to be trusted."""


def delimiter_of(header: str) -> str:
    """Return what separates the cells of a file, by its first line: comma, semicolon or tab."""
    return max(",;\t", key=header.count)


def records(lines: Iterable[str]) -> Iterator[Record]:
    """Yield the records of a file; the first is its header. Empty lines are passed over."""
    delimiter, start, quotes, size = "", 0, 0, 0
    held: list[str] = []
    for number, line in enumerate(lines, 1):
        text = line.replace("\x00", "")
        if not delimiter:
            text = text.removeprefix("\ufeff")
            delimiter = delimiter_of(text)
        if held and (size > LONGEST or HEAD.match(text)):
            yield _record(start, held, delimiter, is_broken=True)
            held, quotes, size = [], 0, 0
        if not held:
            start = number
        held.append(text)
        quotes, size = quotes + text.count('"'), size + len(text)
        if quotes % 2 == 0:
            if text.strip() or len(held) > 1:
                yield _record(start, held, delimiter)
            held, quotes, size = [], 0, 0
    if held:
        yield _record(start, held, delimiter, is_broken=True)


def _record(line: int, held: list[str], delimiter: str, *, is_broken: bool = False) -> Record:
    """Return what a record holds; the limit of the library on a cell is ours on a record."""
    csv.field_size_limit(2 * LONGEST)
    cells = next(csv.reader(["".join(held)], delimiter=delimiter), [])
    return Record(line, tuple(cells), is_broken)
