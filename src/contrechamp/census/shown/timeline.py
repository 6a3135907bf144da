"""Dated facts on one line of time: a dot for a day, a bar for a date that is not sure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import ngettext

from contrechamp.foundation.vocabulary import terms

from .facts import ShownFact

WIDTH, ROW, MARGIN, FOOT = 640, 16, 16, 22


@dataclass(frozen=True, slots=True)
class Mark:
    """One fact on the line."""

    fact: ShownFact
    when: str
    text: str
    url: str
    status: str
    is_exact: bool
    x: int
    y: int
    top: int
    width: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A year under the line."""

    x: int
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing, and the same as a list."""

    marks: tuple[Mark, ...]
    years: tuple[Tick, ...]
    sentence: str
    width: int
    height: int
    base: int
    under: int


def draw(facts: Sequence[ShownFact]) -> Timeline | None:
    """Place the facts that have a date, earliest first; None when there is none."""
    dated = sorted(
        (fact for fact in facts if fact.earliest or fact.latest),
        key=lambda fact: (fact.begins_on, _end(fact), fact.id),
    )
    if not dated:
        return None
    first = min(fact.begins_on for fact in dated).replace(month=1, day=1)
    last = max(_end(fact) for fact in dated)
    last = date(last.year, 12, 31)
    rows = min(len(dated), 8)
    base = rows * ROW + 8

    def at(day: date) -> int:
        share = (day - first).days / max((last - first).days, 1)
        return round(MARGIN + share * (WIDTH - 2 * MARGIN))

    marks = []
    for index, fact in enumerate(dated):
        start, end = fact.begins_on, _end(fact)
        y = 10 + (index % rows) * ROW
        is_exact = bool(fact.earliest and fact.latest) and end - start <= timedelta(1)
        marks.append(
            Mark(
                fact=fact,
                when=fact.dates or fact.text,
                text=_said(fact),
                url=fact.url,
                status=fact.status,
                is_exact=is_exact,
                x=at(start),
                y=y,
                top=y - 4,
                width=max(8, at(end) - at(start)),
            )
        )
    sentence = ngettext(
        "Ligne du temps : {count} fait daté, de {first} à {last}.",
        "Ligne du temps : {count} faits datés, de {first} à {last}.",
        len(dated),
    ).format(count=len(dated), first=first.year, last=last.year)
    return Timeline(
        marks=tuple(marks),
        years=_ticks(first, last, at),
        sentence=sentence,
        width=WIDTH,
        height=base + FOOT,
        base=base,
        under=base + FOOT - 6,
    )


def _said(fact: ShownFact) -> str:
    """Say what happened; a fact whose value is the date does not say the date twice."""
    if terms("properties").get(fact.code, {}).get("type") == "date":
        return re.sub(r" (le|on)$", "", fact.label).capitalize()
    return fact.sentence_short[:1].upper() + fact.sentence_short[1:]


def _end(fact: ShownFact) -> date:
    return max(fact.latest or fact.earliest or date.min, fact.begins_on)


def _ticks(first: date, last: date, at: object) -> tuple[Tick, ...]:
    assert callable(at)  # noqa: S101
    span = last.year - first.year + 1
    every = max(1, -(-span // 10))
    years = range(first.year, last.year + 1, every)
    return tuple(
        Tick(
            x=at(date(year, 1, 1)),
            label=str(year),
            anchor="start" if index == 0 else "middle",
        )
        for index, year in enumerate(years)
    )
