"""What the index of words answers: which opinions, the nearest first, and how a word is spelt."""

from __future__ import annotations

from django.db import connection
from django.db.models.expressions import RawSQL

from contrechamp.opinions.domain.asking import (
    Asked,
    goes_on_freely,
    is_near,
    read_query,
    stem,
)

OBJECT = "asked"
"""The column of what was asked for; a kind of document is looked for there alone."""
SHORTEST = 5
"""Shorter words are taken as they are typed."""


def entries_of(asked: Asked, column: str = "") -> RawSQL:
    """Return the lines of the index that a query finds, to be used as a subquery."""
    said = f"{{{column}}} : ({asked.match})" if column else asked.match
    return RawSQL("SELECT rowid FROM opinions_words WHERE opinions_words MATCH %s", [said])


def understood(text: str) -> tuple[Asked, dict[str, str]]:
    """Return a query, and what was put for each word that no opinion holds."""
    asked = read_query(text)
    mended = {word: near for word in asked.single_words if (near := _near(word)) != word}
    return asked.respelt(lambda word: mended.get(word, word)) if mended else asked, mended


def _near(word: str) -> str:
    """Return the commonest word of opinions one slip away, where nothing begins as this does."""
    if not goes_on_freely(word) or len(word) < SHORTEST:
        return word
    with connection.cursor() as cursor:
        base = stem(word)
        cursor.execute(
            "SELECT 1 FROM opinions_terms WHERE term >= %s AND term < %s LIMIT 1",
            [base, f"{base}\U0010ffff"],
        )
        if cursor.fetchone():
            return word
        cursor.execute(
            "SELECT term, doc FROM opinions_terms WHERE term >= %s AND term < %s",
            [word[0], f"{word[0]}\U0010ffff"],
        )
        near = [
            (doc, term)
            for term, doc in cursor.fetchall()
            if abs(len(term) - len(word)) <= 1 and (is_near(word, term) or is_near(base, term))
        ]
    return max(near)[1] if near else word
