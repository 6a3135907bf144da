"""Lines of the index of words: one for each version of an opinion, never changed.

What is masked when shown is masked here: nobody finds a person by the name that pages hide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from contrechamp.opinions.domain.masking import masked

ADD_ASKED = "INSERT INTO opinions_asked(rowid, asked, about) VALUES (%s, %s, %s)"
ADD = "INSERT INTO opinions_words(rowid, asked, about, body, text) VALUES (%s, %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Line:
    """What of one opinion is indexed; `text` without names already, or not."""

    entry: int
    asked: str
    about: str
    body: str
    text: str


def next_entry() -> int:
    """Return the first free line of the index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(entry), 0) + 1 FROM opinions_opinion")
        first = int(cursor.fetchone()[0])
        cursor.execute("SELECT COALESCE(MAX(rowid), 0) + 1 FROM opinions_words")
        return max(first, int(cursor.fetchone()[0]))


def add_lines(lines: Iterable[Line]) -> None:
    """Add lines to the index, in the transaction that writes their opinions."""
    rows: list[tuple[int | str, ...]] = [
        (line.entry, *(_plain(text) for text in (line.asked, line.about, line.body, line.text)))
        for line in lines
    ]
    with connection.cursor() as cursor:
        cursor.executemany(ADD_ASKED, [row[:3] for row in rows])
        cursor.executemany(ADD, rows)


def _plain(text: str) -> str:
    """Return a text as it is indexed: letters that are two (œ) are written as two."""
    text = masked(text)
    for letter, two in (("œ", "oe"), ("Œ", "OE"), ("æ", "ae"), ("Æ", "AE")):
        if letter in text:
            text = text.replace(letter, two)
    return text
