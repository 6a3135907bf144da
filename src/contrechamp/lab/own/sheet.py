"""Reading a CSV that anybody made: its delimiter, its letters, and which lines are not understood.

The bytes are foreign. A line, a cell, a number of columns has its limit, and a file beyond one is
refused with the line at fault rather than read into memory. It is read once, line by line: a large
file costs what its numbers cost. Each line is UTF-8, or else Windows-1252 as spreadsheets of
France write it, so that a file of both is read too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from contrechamp.lab.errors import LabRefused
from contrechamp.lab.model import Text

DELIMITERS = (",", ";", "\t")
LONGEST_LINE = 20_000
"""Bytes of a line."""
LONGEST_RECORD = 100
"""Lines of the file that one row may take, when a cell in quotes holds line breaks."""
MOST_COLUMNS = 200
LONGEST_NAME = 80
TASTED = 1_000
"""Rows by which a column is known: its kind, its values, whether it names people."""
TRIED = 50
"""Rows by which the delimiter is chosen."""
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
MARK = b"\xef\xbb\xbf"


class Unreadable(LabRefused):
    """The file is no table that can be read. The sentence says where and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, and the line of the file on which it begins."""

    line: int
    cells: list[str]


@dataclass(slots=True)
class Sheet:
    """A table being read: its columns, its first rows, and the rest to come.

    `rows` gives every row once: the first ones again, then the rest of the stream.
    """

    names: tuple[str, ...]
    delimiter: str
    first: tuple[Row, ...]
    rest: Iterator[Row]

    def rows(self) -> Iterator[Row]:
        """Yield all rows, the first ones too. Only once."""
        yield from self.first
        yield from self.rest

    def at(self, name: str) -> int:
        """Return the place of a column; raise `Unreadable` with the names that there are."""
        if name in self.names:
            return self.names.index(name)
        shown, names = name[:LONGEST_NAME], ", ".join(self.names[:30])
        raise Unreadable(
            Text(
                f"Il n'y a pas de colonne « {shown} ». Il y a : {names}.",
                f"There is no column “{shown}”. There are: {names}.",
            )
        )

    def column(self, name: str) -> list[str]:
        """Return the cells of a column in the first rows, none for a row that is too short."""
        place = self.at(name)
        return [row.cells[place].strip() for row in self.first if place < len(row.cells)]


def open_sheet(source: BinaryIO | bytes) -> Sheet:
    """Read the head of a table, and stand ready for the rest.

    Raise `Unreadable` for what is empty, no text, of one column, without a line of names.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    lines = _lines(stream)
    head: list[str] = []
    for line in lines:
        head.append(line)
        if len(head) > TRIED:
            break
    if not any(line.strip() for line in head):
        raise Unreadable(Text("Le fichier est vide.", "The file is empty."))
    delimiter = _delimiter(head)
    records = _records(_again(head, lines), delimiter)
    names = _names(next(records).cells)
    first: list[Row] = []
    for row in records:
        first.append(row)
        if len(first) == TASTED:
            break
    if not first:
        raise Unreadable(
            Text(
                "Le fichier n'a qu'une ligne, celle des noms de colonnes.",
                "The file has one line only, that of the names of columns.",
            )
        )
    return Sheet(names, delimiter, tuple(first), records)


def _again(head: Sequence[str], rest: Iterator[str]) -> Iterator[str]:
    yield from head
    yield from rest


def _lines(stream: BinaryIO) -> Iterator[str]:
    """Yield the lines of a file as text, each with its end."""
    number = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            _check_text(raw)
            raw = raw.removeprefix(MARK)
        if len(raw) > LONGEST_LINE:
            raise Unreadable(
                Text(
                    f"La ligne {number} dépasse {LONGEST_LINE} caractères : est-ce bien un CSV ?",
                    f"Line {number} is longer than {LONGEST_LINE} characters: is it a CSV?",
                )
            )
        if b"\0" in raw:
            raise Unreadable(
                Text(
                    f"La ligne {number} contient des octets qui ne sont pas du texte : "
                    "enregistrez le tableau en CSV, puis recommencez.",
                    f"Line {number} holds bytes that are no text: save the table as CSV, then "
                    "try again.",
                )
            )
        yield _text(raw)


def _check_text(raw: bytes) -> None:
    if raw.startswith(WIDE_MARKS):
        raise Unreadable(
            Text(
                "Le fichier est en UTF-16 : enregistrez-le en CSV UTF-8, puis recommencez.",
                "The file is in UTF-16: save it as CSV UTF-8, then try again.",
            )
        )
    if raw.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"{\\rtf")):
        raise Unreadable(
            Text(
                "Ce fichier est un classeur, une archive ou un PDF : enregistrez le tableau en "
                "CSV depuis le tableur (Fichier, Enregistrer sous), puis recommencez.",
                "This file is a workbook, an archive or a PDF: save the table as CSV from the "
                "spreadsheet (File, Save as), then try again.",
            )
        )


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _delimiter(head: Sequence[str]) -> str:
    """Return the sign that cuts most rows into as many cells as the first line has."""

    def worth(sign: str) -> tuple[float, int]:
        try:
            rows = [row for row in csv.reader(head, delimiter=sign) if row]
        except csv.Error:
            return (0.0, 0)
        wide = len(rows[0]) if rows else 0
        if wide < 2:
            return (0.0, 0)
        return (sum(len(row) == wide for row in rows) / len(rows), wide)

    best = max(DELIMITERS, key=worth)
    if worth(best)[1] < 2:
        raise Unreadable(
            Text(
                "On ne trouve qu'une colonne : séparez-les par des virgules, des "
                "points-virgules ou des tabulations.",
                "Only one column is found: separate them by commas, semicolons or tabs.",
            )
        )
    return best


def _records(lines: Iterator[str], delimiter: str) -> Iterator[Row]:
    """Yield the rows that are not empty. Quotes left open are refused where they were opened."""
    reader = csv.reader(_bounded(lines), delimiter=delimiter)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _unclosed(begins) from None
        if reader.line_num - begins >= LONGEST_RECORD:
            raise _unclosed(begins)
        if any(cells):
            yield Row(begins, cells)


def _bounded(lines: Iterator[str]) -> Iterator[str]:
    """Yield the lines as the reader of rows wants them: a lone return ends none."""
    for line in lines:
        yield line.rstrip("\r\n").replace("\r", " ") + "\n"


def _unclosed(line: int) -> Unreadable:
    return Unreadable(
        Text(
            f"Ligne {line} : des guillemets sont ouverts et ne sont pas fermés.",
            f"Line {line}: quotes are opened and are not closed.",
        )
    )


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    if len(cells) > MOST_COLUMNS:
        raise Unreadable(
            Text(
                f"Le fichier a {len(cells)} colonnes ; on en lit {MOST_COLUMNS} au plus. Gardez "
                "celles qui servent.",
                f"The file has {len(cells)} columns; at most {MOST_COLUMNS} are read. Keep those "
                "that serve.",
            )
        )
    names = [_name(cell, place) for place, cell in enumerate(cells, start=1)]
    if all(_is_figure(cell) for cell in cells):
        raise Unreadable(
            Text(
                "La première ligne doit nommer les colonnes ; elle ne contient que des nombres.",
                "The first line must name the columns; it holds only numbers.",
            )
        )
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise Unreadable(
            Text(
                f"Deux colonnes portent le même nom : « {twice} ».",
                f"Two columns have the same name: “{twice}”.",
            )
        )
    return tuple(names)


def _name(cell: str, place: int) -> str:
    name = " ".join(cell.split())[:LONGEST_NAME]
    return "".join(sign for sign in name if sign.isprintable()) or f"colonne {place}"


def _is_figure(cell: str) -> bool:
    return cell.strip().replace(",", "").replace(".", "").lstrip("-").isdigit()
