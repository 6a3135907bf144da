"""Money by year: sums of one kind and one tax rule at a time, and the bars that show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT, FOOT = 640, 180, 34
"""Of the drawing: the foot holds the years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One amount that a fact gives."""

    amount: Decimal
    kind: str
    tax: str
    currency: str = "EUR"
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One year as drawn."""

    year: int
    amount: Decimal
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """All amounts of one kind, one tax rule and one currency."""

    kind: str
    tax: str
    currency: str
    total: Decimal
    count: int
    undated_count: int
    undated: Decimal
    bars: tuple[Bar, ...]


def sums(payments: Iterable[Payment]) -> tuple[Sums, ...]:
    """Add up what may be added up: the same kind, tax and currency; the largest sum first."""
    groups: dict[tuple[str, str, str], list[Payment]] = {}
    for payment in payments:
        key = (payment.kind, payment.tax, payment.currency)
        groups.setdefault(key, []).append(payment)
    made = [_sum(key, members) for key, members in groups.items()]
    return tuple(sorted(made, key=lambda one: (-one.total, one.kind, one.tax, one.currency)))


def _sum(key: tuple[str, str, str], members: list[Payment]) -> Sums:
    undated = [payment.amount for payment in members if payment.year is None]
    by_year: dict[int, list[Decimal]] = {}
    for payment in members:
        if payment.year is not None:
            by_year.setdefault(payment.year, []).append(payment.amount)
    return Sums(
        kind=key[0],
        tax=key[1],
        currency=key[2],
        total=sum((payment.amount for payment in members), Decimal(0)),
        count=len(members),
        undated_count=len(undated),
        undated=sum(undated, Decimal(0)),
        bars=_bars(by_year),
    )


def _bars(by_year: dict[int, list[Decimal]]) -> tuple[Bar, ...]:
    """Return one bar per year from the first to the last, empty years included (at most 30)."""
    if not by_year:
        return ()
    last = max(by_year)
    years = range(max(min(by_year), last - 29), last + 1)
    largest = max(sum(amounts, Decimal(0)) for amounts in by_year.values()) or Decimal(1)
    slot = WIDTH / max(len(years), 4)
    bars = []
    for place, year in enumerate(years):
        amounts = by_year.get(year, [])
        amount = sum(amounts, Decimal(0))
        height = round(float(amount / largest) * (HEIGHT - FOOT - 20), 1)
        bars.append(
            Bar(
                year=year,
                amount=amount,
                count=len(amounts),
                x=round(place * slot + slot * 0.15, 1),
                y=round(HEIGHT - FOOT - height, 1),
                width=round(slot * 0.7, 1),
                height=height,
            )
        )
    return tuple(bars)
