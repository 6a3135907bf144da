"""Precedents: what the CADA answered when others asked for the like, and the nearest opinions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.backends.utils import CursorWrapper

from contrechamp.opinions.domain.masking import masked
from contrechamp.opinions.domain.odds import Odds, odds_of
from contrechamp.opinions.models import Opinion

from .words import OBJECT, understood

SURVEILLANCE = """
SELECT o.number FROM opinions_asked w CROSS JOIN opinions_opinion o ON o.entry = w.rowid
WHERE opinions_asked MATCH %s AND o.is_surveillance
ORDER BY w.rank, o.session_on DESC, o.number DESC LIMIT %s
"""
"""Read for few opinions alone: their nearness is computed, and not that of all that fit."""
OTHERS = SURVEILLANCE.replace("AND o.is", "AND NOT o.is")
SHORT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """One opinion beside an item of a request."""

    number: str
    url: str
    administration: str
    session_on: date | None
    outcome: str
    motives: tuple[str, ...]
    subject: str
    """The beginning of what was asked for, names masked."""
    is_surveillance: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedents:
    """What a query over objects found. `mended`: words that were put for others."""

    counts: dict[str, int]
    """By outcome (`domain.Outcome`)."""
    odds: Odds
    nearest: tuple[Nearest, ...]
    mended: dict[str, str]


def precedents(query: str, limit: int = 5) -> Precedents:
    """Return counts by outcome and the nearest opinions of a query over what was asked for.

    Opinions about surveillance come first, then those whose object fits best, then the newest.
    A query that asks nothing finds nothing.
    """
    asked, mended = understood(query)
    if not asked.match:
        return Precedents(counts={}, odds=odds_of({}), nearest=(), mended={})
    match = f"{{{OBJECT}}} : ({asked.match})"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome, COUNT(*) FROM opinions_opinion WHERE entry IN "
            "(SELECT rowid FROM opinions_asked WHERE opinions_asked MATCH %s) GROUP BY outcome",
            [match],
        )
        counts = dict(cursor.fetchall())
        numbers = _numbers(cursor, SURVEILLANCE, match, limit)
        if len(numbers) < limit:
            numbers += _numbers(cursor, OTHERS, match, limit - len(numbers))
    found = Opinion.objects.in_bulk(numbers)
    return Precedents(
        counts=counts,
        odds=odds_of(counts),
        nearest=tuple(_nearest(found[number]) for number in numbers if number in found),
        mended=mended,
    )


def _numbers(cursor: CursorWrapper, sql: str, match: str, limit: int) -> list[str]:
    cursor.execute(sql, [match, limit])
    return [number for (number,) in cursor.fetchall()]


def _nearest(one: Opinion) -> Nearest:
    return Nearest(
        number=one.pk,
        url=f"/avis-cada/{one.pk}",
        administration=masked(one.administration),
        session_on=one.session_on,
        outcome=one.outcome,
        motives=tuple(one.motives),
        subject=masked(one.subject)[:SHORT],
        is_surveillance=one.is_surveillance,
    )
