"""How bodies answer: counted of public requests alone, at once where they are few.

From `LIVE` public requests on the numbers are those of the last count (`services.counting`), so
that a page answers at once however many there are; the page says when they were counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice

from django.db.models import F, QuerySet
from django.utils.timezone import localdate

from contrechamp.foi.domain.asked import asked_of, reasons_of
from contrechamp.foi.domain.counting import ALL, Counted, One, counted, from_plain
from contrechamp.foi.domain.facts import Fact, Kind, Proof
from contrechamp.foi.domain.states import State
from contrechamp.foi.domain.statistics import LEAST, league
from contrechamp.foi.models import FactRow, Request, Tally
from contrechamp.kernel.dates import PARIS
from contrechamp.mail import queries as mail

from .access import public

LIVE = 300
"""Public requests up to which numbers are counted when they are asked for."""
AT_ONCE = 400
ORDER = (F("rank").asc(nulls_last=True), "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One body of the table; `rank` is None where too few requests have run their month."""

    body: str
    name: str
    departement: str
    requests: int
    in_month: int
    month_over: int
    rank: int | None
    best: int | None
    worst: int | None


def countable() -> QuerySet[Request]:
    """Return what numbers are made of: public, gone out, to a body, no example."""
    return public().filter(is_example=False, body__isnull=False).exclude(sent_on=None)


def is_small() -> bool:
    """Answer whether so few requests are public that they are counted at each reading."""
    return countable().order_by()[: LIVE + 1].count() <= LIVE


def is_kept() -> bool:
    """Answer whether numbers are kept beforehand."""
    return Tally.objects.exists()


def as_of(now: datetime) -> date:
    """Return the day until which it is known what came: that of the last whole reading of the mail.

    Where no mailbox is read every answer is entered by hand, and the day is today.
    """
    health = mail.health(now)
    if not health.is_set:
        return localdate(now)
    whole = health.last_whole
    at = whole.to_at if whole else None
    return at.astimezone(PARIS).date() if at else date.min


def ones(rows: QuerySet[Request], today: date) -> Iterator[tuple[str, One]]:
    """Yield the body and the countable part of each request, in the order of the rows."""
    asked = rows.values_list("pk", "body_id", "state").iterator(AT_ONCE)
    while part := list(islice(asked, AT_ONCE)):
        facts = _facts([pk for pk, _, _ in part])
        for pk, body, state in part:
            known = facts.get(pk, ())
            yield (
                body,
                One(
                    asked=asked_of(body, known, state=State(state), today=today),
                    reasons=reasons_of(known, today),
                ),
            )


def _facts(keys: Sequence[str]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    columns = ("request_id", "pk", "kind", "first", "last", "proof", "values", "corrects_id")
    for request, pk, kind, first, last, proof, values, corrects in FactRow.objects.filter(
        request__in=keys
    ).values_list(*columns):
        fact = Fact(
            id=pk, kind=Kind(kind), first=first, last=last, proof=Proof(proof), values=values,
            corrects=corrects or "",
        )  # fmt: skip
        found.setdefault(request, []).append(fact)
    return found


def of_all(now: datetime) -> Counted:
    """Return the numbers of all bodies together."""
    return _of(ALL, countable(), now)


def of_body(body: str, now: datetime) -> Counted:
    """Return the numbers of one body."""
    return _of(body, countable().filter(body=body), now)


def of_some(rows: QuerySet[Request], now: datetime) -> Counted:
    """Return the numbers of a few requests: the first `LIVE` of them are counted."""
    today = as_of(now)
    return counted((one for _, one in islice(ones(rows, today), LIVE)), today)


def _of(key: str, rows: QuerySet[Request], now: datetime) -> Counted:
    is_few = rows.order_by()[: LIVE + 1].count() <= LIVE
    kept = None if is_few else Tally.objects.filter(pk=key).first()
    if kept is not None:
        return from_plain(kept.counted)
    today = as_of(now)
    return counted((one for _, one in ones(rows, today)), today)


def lines(now: datetime, departement: str = "") -> Sequence[Line] | QuerySet[Tally]:
    """Return the bodies by their rank, then those that have none; a slice of it is cheap."""
    if is_small():
        found = league_of(now)
        return [one for one in found if not departement or one.departement == departement]
    rows = Tally.objects.exclude(pk=ALL)
    if departement:
        rows = rows.filter(departement=departement)
    return rows.order_by(*ORDER)


def find_line(body: str, now: datetime) -> Line | None:
    """Return a body's line of the table, or None without a public request."""
    if is_small():
        return next((line for line in league_of(now) if line.body == body), None)
    kept = Tally.objects.filter(pk=body).first()
    return line_of(kept) if kept else None


def line_of(row: Tally | Line) -> Line:
    """Return a kept row as a line."""
    if isinstance(row, Line):
        return row
    return Line(
        body=row.pk,
        name=row.name,
        departement=row.departement,
        requests=row.requests,
        in_month=row.in_month,
        month_over=row.month_over,
        rank=row.rank,
        best=row.best,
        worst=row.worst,
    )


def league_of(now: datetime) -> list[Line]:
    """Return the table counted now, of all bodies with a public request."""
    today = as_of(now)
    known, names = {}, {}
    rows = countable().order_by("body_id", "pk")
    for body, name, departement in rows.values_list(
        "body_id", "body__name", "body__departement"
    ).distinct():
        names[body] = (name, departement)
    for body, group in groupby(ones(rows, today), key=lambda one: one[0]):
        known[body] = counted((one for _, one in group), today).figures
    return [
        Line(
            body=row.body,
            name=names[row.body][0],
            departement=names[row.body][1],
            requests=row.figures.requests,
            in_month=row.figures.in_month.hits,
            month_over=row.figures.month_over,
            rank=row.rank,
            best=row.place.best if row.place else None,
            worst=row.place.worst if row.place else None,
        )
        for row in league(known, least=LEAST)
    ]
