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
from contrechamp.opinions.models import Term

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
    """Return the commonest word of what was asked for one slip away, where no opinion has it."""
    if not goes_on_freely(word) or len(word) < SHORTEST:
        return word
    base = stem(word)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM opinions_words WHERE opinions_words MATCH %s LIMIT 1", [f'"{base}" *']
        )
        if cursor.fetchone():
            return word
    same_start = Term.objects.filter(term__gte=word[0], term__lt=f"{word[0]}\U0010ffff")
    near = [
        (count, term)
        for term, count in same_start.values_list("term", "count")
        if abs(len(term) - len(word)) <= 1 and (is_near(word, term) or is_near(base, term))
    ]
    return max(near)[1] if near else word
