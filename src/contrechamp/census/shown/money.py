"""Sums of money, and their drawing year by year.

Only amounts of the same kind, tax and currency are added up: the ceiling of a framework is not
added to its orders, nor a sum without tax to one with it (`census.md` §3).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext, ngettext

from contrechamp.foundation.vocabulary import terms
from contrechamp.ui.templatetags.look import money as written

from .facts import ShownFact, amount_label

WIDTH, HEIGHT, TOP, FOOT = 640, 180, 24, 24


@dataclass(frozen=True, slots=True)
class Sum:
    """A total of amounts that may be added up, and how many they are."""

    total: str
    label: str
    count: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """All sums of a record, and the facts that they are made from."""

    sums: tuple[Sum, ...]
    facts: tuple[ShownFact, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, in units of its drawing."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    above: int
    label: str
    text: str
    short: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars on a line, with a sentence that says the same."""

    bars: tuple[Bar, ...]
    sentence: str
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - FOOT
    under: int = HEIGHT - 6


@dataclass(frozen=True, slots=True)
class Year:
    """One row of the table beside the chart."""

    label: str
    count: int
    sums: tuple[Sum, ...]


class Carrier(Protocol):
    """What carries a sum and a year: a fact as it is shown, or a line of a larger read."""

    @property
    def raw_amount(self) -> Decimal | None: ...
    @property
    def amount_kind(self) -> str: ...
    @property
    def tax(self) -> str: ...
    @property
    def currency(self) -> str: ...
    @property
    def year(self) -> int | None: ...


class Datable(Protocol):
    """What begins in a year, if one knows it."""

    @property
    def year(self) -> int | None: ...


def add_up(facts: Iterable[Carrier]) -> tuple[Sum, ...]:
    """Return one sum for each kind, tax and currency, in the order of the vocabulary."""
    order = list(terms("amount_kinds"))
    groups: dict[tuple[str, str, str], list[Decimal]] = {}
    for fact in facts:
        if fact.raw_amount is not None:
            key = (fact.amount_kind, fact.tax, fact.currency or "EUR")
            groups.setdefault(key, []).append(fact.raw_amount)
    keys = sorted(groups, key=lambda key: (*_rank(order, key[0]), key[1], key[2]))
    return tuple(
        Sum(
            total=written(sum(groups[key], Decimal(0)), key[2]),
            label=_label(groups[key][0], key[0], key[1]),
            count=len(groups[key]),
            value=sum(groups[key], Decimal(0)),
        )
        for key in keys
    )


def _label(amount: Decimal, kind: str, tax: str) -> str:
    """Say what a sum is; that its tax is not known is said too, or two sums would look alike."""
    words = [amount_label(amount, kind, tax)]
    if tax not in {"excl", "incl"}:
        words.append(gettext("taxes non précisées"))
    return ", ".join(filter(None, words))


def _rank(order: Sequence[str], kind: str) -> tuple[int, str]:
    return (order.index(kind), "") if kind in order else (len(order), kind)


def by_year(rows: Sequence[Datable], sums: Sequence[Carrier]) -> tuple[Year, ...]:
    """Return how many rows each year has, and what its sums add up to; undated ones last."""
    counts = Counter(fact.year for fact in rows)
    of_year: dict[int | None, list[Carrier]] = defaultdict(list)
    for fact in sums:
        of_year[fact.year].append(fact)
    known: list[int | None] = [*sorted(year for year in counts if year is not None)]
    if None in counts:
        known.append(None)
    return tuple(
        Year(
            gettext("non daté") if year is None else str(year),
            counts[year],
            add_up(of_year[year]),
        )
        for year in known
    )


def draw(facts: Sequence[Datable]) -> Chart | None:
    """Draw how many of the facts each year has; None when fewer than two years are known."""
    counts = Counter(fact.year for fact in facts if fact.year is not None)
    if len(counts) < 2:
        return None
    first, last = min(counts), max(counts)
    years = list(range(first, last + 1)) if last - first < 40 else sorted(counts)
    most = max(counts.values())
    step = WIDTH / len(years)
    room = HEIGHT - FOOT - TOP
    every = max(1, len(years) // 12)
    bars = []
    for index, year in enumerate(years):
        count = counts.get(year, 0)
        high = round(room * count / most)
        width = min(56, max(2, round(step * 0.7)))
        x = round(index * step + (step - width) / 2)
        bars.append(
            Bar(
                x=x,
                y=HEIGHT - FOOT - high,
                width=width,
                height=high,
                middle=x + width // 2,
                above=HEIGHT - FOOT - high - 6,
                label=str(year) if index % every == 0 else "",
                text=f"{year}{gettext(' : ')}{count}",
                short=str(count) if count else "",
            )
        )
    total = sum(counts.values())
    sentence = ngettext(
        "{count} contrat daté, de {first} à {last}.",
        "{count} contrats datés, de {first} à {last}.",
        total,
    ).format(count=total, first=first, last=last)
    return Chart(tuple(bars), sentence)
