"""Which opinions are about surveillance, and which kinds of documents each concerns."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import connection, transaction

from contrechamp.foundation.signals import public_changed
from contrechamp.opinions.domain.asking import read_query
from contrechamp.opinions.domain.kinds import edition, kinds, surveillance_query
from contrechamp.opinions.domain.known import known
from contrechamp.opinions.models import Edition, Match, Opinion, Term

REF = "opinions:opinion:"
ON = "SELECT o.number FROM opinions_asked w CROSS JOIN opinions_opinion o ON o.entry = w.rowid "
OF_KIND = (
    "INSERT OR IGNORE INTO opinions_match(opinion_id, kind) SELECT o.number, %s "
    "FROM opinions_asked w CROSS JOIN opinions_opinion o ON o.entry = w.rowid "
    "WHERE opinions_asked MATCH %s"
)
TERMS = (
    "INSERT INTO opinions_term(term, count) SELECT term, doc FROM opinions_terms "
    "WHERE doc > 1 AND length(term) BETWEEN 4 AND 40"
)
"""Counting a word's opinions reads them all: it is done once, and not for each question."""


@transaction.atomic
def match_kinds(changed: Collection[str] = (), *, again: bool = False) -> int:
    """Match every opinion with the kinds; return how many are about surveillance.

    `changed`: numbers that an import wrote. Without any it does nothing, unless the queries of the
    kinds are others than last time, or `again`. Search hears of what may be found otherwise now.
    """
    queries = edition()
    is_other = Edition.objects.filter(pk=1, kinds=queries).first() is None
    on_surveillance = set(_surveillance())
    if not (changed or is_other or again):
        return len(on_surveillance)
    now_on = _look()
    _write(on_surveillance, now_on)
    Edition.objects.update_or_create(pk=1, defaults={"kinds": queries})
    touched = (now_on ^ on_surveillance) | (now_on & set(changed))
    public_changed.send(Opinion, refs=[f"{REF}{number}" for number in sorted(touched)])
    return len(now_on)


def _surveillance() -> Iterable[str]:
    return Opinion.objects.filter(is_surveillance=True).values_list("pk", flat=True)


def _look() -> set[str]:
    """Return the opinions about surveillance by their words; all cited ones are."""
    said = read_query(surveillance_query()).match
    with connection.cursor() as cursor:
        cursor.execute(f"{ON} WHERE opinions_asked MATCH %s", [said])
        found = {number for (number,) in cursor.fetchall()}
    return found | set(Opinion.objects.filter(pk__in=known()).values_list("pk", flat=True))


def _write(before: set[str], now: set[str]) -> None:
    for numbers, answer in ((before - now, False), (now - before, True)):
        rows = sorted(numbers)
        for start in range(0, len(rows), 500):
            part = Opinion.objects.filter(pk__in=rows[start : start + 500])
            part.update(is_surveillance=answer)
    Match.objects.all().delete()
    with connection.cursor() as cursor:
        for kind in kinds().values():
            match = read_query(kind.query).match
            if match:
                cursor.execute(OF_KIND, [kind.number, f"{{asked}} : ({match})"])
    told = [
        Match(opinion_id=number, kind=kind)
        for number in Opinion.objects.filter(pk__in=known()).values_list("pk", flat=True)
        for kind in known()[number].kinds
    ]
    Match.objects.bulk_create(told, ignore_conflicts=True)
    Term.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(TERMS)
