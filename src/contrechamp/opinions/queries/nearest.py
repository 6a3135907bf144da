"""Precedents: what the CADA answered when others asked for the like, and the nearest opinions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.backends.utils import CursorWrapper

from contrechamp.opinions.domain.masking import masked
from contrechamp.opinions.domain.odds import Odds, odds_of
from contrechamp.opinions.models import Opinion

from .words import OBJECT, understood

COUNTS = """
SELECT outcome, is_surveillance, COUNT(*) FROM opinions_opinion WHERE entry IN
(SELECT rowid FROM opinions_asked WHERE opinions_asked MATCH %s) GROUP BY 1, 2
"""
SURVEILLANCE = """
SELECT w.rowid FROM opinions_asked w CROSS JOIN opinions_opinion o ON o.entry = w.rowid
WHERE opinions_asked MATCH %s AND o.is_surveillance
ORDER BY w.rank, o.session_on DESC, w.rowid LIMIT %s
"""
"""Read for few opinions alone: their nearness is computed, and not that of all that fit."""
BEST = "SELECT rowid FROM opinions_asked WHERE opinions_asked MATCH %s ORDER BY rank LIMIT %s"
NEWEST = BEST.replace("ORDER BY rank", "ORDER BY rowid DESC")
MANY = 2_000
"""Where more fit, one is as near as the other: the last that came in are shown."""
SPARE = 20
"""Lines of the index read beyond those shown: of older versions, or shown already."""
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
    surveillance: Odds
    """Of those about surveillance alone."""
    nearest: tuple[Nearest, ...]
    mended: dict[str, str]


def precedents(query: str, limit: int = 5) -> Precedents:
    """Return counts by outcome and the nearest opinions of a query over what was asked for.

    Opinions about surveillance come first, then those whose object fits best, then the newest.
    A query that asks nothing finds nothing.
    """
    asked, mended = understood(query)
    if not asked.match:
        none = odds_of({})
        return Precedents(counts={}, odds=none, surveillance=none, nearest=(), mended={})
    match = f"{{{OBJECT}}} : ({asked.match})"
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [match])
        rows = cursor.fetchall()
        entries: list[int] = []
        if on_surveillance := sum(count for _, is_ours, count in rows if is_ours):
            entries = _entries(cursor, SURVEILLANCE, match, limit)
        if on_surveillance < limit:
            is_broad = sum(count for _, _, count in rows) > MANY
            entries += _entries(cursor, NEWEST if is_broad else BEST, match, limit + SPARE)
    counts: Counter[str] = Counter()
    ours: Counter[str] = Counter()
    for outcome, is_ours, count in rows:
        counts[outcome] += count
        ours[outcome] += count if is_ours else 0
    place = {entry: at for at, entry in reversed(list(enumerate(entries)))}
    found = sorted(Opinion.objects.filter(entry__in=place), key=lambda one: place[one.entry])
    return Precedents(
        counts=dict(counts),
        odds=odds_of(counts),
        surveillance=odds_of(ours),
        nearest=tuple(map(_nearest, found[:limit])),
        mended=mended,
    )


def _entries(cursor: CursorWrapper, sql: str, match: str, limit: int) -> list[int]:
    cursor.execute(sql, [match, limit])
    return [entry for (entry,) in cursor.fetchall()]


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
