"""The delay of moderation by month, placed for a drawing. The table beside it says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from contrechamp.forum.domain.delays import TARGET
from contrechamp.forum.domain.journal import Month

from .moderation import span

WIDTH, HEIGHT = 360, 150
LEFT, TOP, BOTTOM = 8, 22, 24
SHOWN = 12
"""Months: a year, so that each bar can be read on a telephone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One month: where its bar stands, and what it says."""

    first: date
    x: int
    middle: int
    y: int
    width: int
    height: int
    words: str
    """Empty: nothing was decided that month."""
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Delays:
    """The bars, the oldest month first, and where the line of the target is."""

    bars: tuple[Bar, ...]
    target: int
    target_words: str
    base: int = HEIGHT - BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


def lay_out(months: Sequence[Month]) -> Delays | None:
    """Place the last months; None where fewer than two have a delay: that is no course."""
    shown = list(months[:SHOWN])[::-1]
    spans = [month.median for month in shown if month.median is not None]
    if len(spans) < 2:
        return None
    most = max([*spans, TARGET]) * 1.1
    room = HEIGHT - TOP - BOTTOM
    step = (WIDTH - LEFT) // len(shown)

    def tall(length: timedelta) -> int:
        return max(round(room * (length / most)), 2)

    bars = []
    for index, month in enumerate(shown):
        height = tall(month.median) if month.median is not None else 0
        width = min(step - 6, 40)
        x = LEFT + index * step + (step - width) // 2
        bars.append(
            Bar(
                first=month.first,
                x=x,
                middle=x + width // 2,
                y=HEIGHT - BOTTOM - height,
                width=width,
                height=height,
                words=span(month.median),
                is_late=month.median is not None and month.median > TARGET,
            )
        )
    return Delays(
        bars=tuple(bars), target=HEIGHT - BOTTOM - tall(TARGET), target_words=span(TARGET)
    )
