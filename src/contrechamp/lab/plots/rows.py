"""Bars and ranges with names: one row each, its words above it, so that a telephone has room.

Each row says its own value, and the name of its series where there are several: nothing hangs on
a colour.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contrechamp.lab.model import Figure, Series

from .paper import GRID, INK, SOFT, Look, element, headed, length, path_of, words, wrapped
from .scales import Scale, fit, logarithmic, of_axis, written

BAR, GAP, LEFT = 12, 12, 2
RANGE = "{low} – {high}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One value: of which series, what it says, and its interval."""

    kind: int
    name: str
    value: float | None
    low: float | None
    high: float | None


def draw(figure: Figure, look: Look) -> tuple[list[str], int]:
    """Return the elements of a picture of rows, and its height."""
    size, language = look.size, look.language
    scale = _scale(figure)
    parts, under = headed(figure.y_label.say(language), look)
    y = under + 14
    for name, rows in _groups(figure, language):
        for line in wrapped(name, size.width - 8, size.font, most=2):
            parts.append(words(line, x=LEFT, y=y + 14, class_="plot-group", **look.ink(INK)))
            y += size.font + 5
        for row in rows:
            parts += _row(row, y, figure, scale, look)
            y += size.font + 6 + BAR + 6
        y += GAP
    return [*_axis(scale, under + 12, y, look), *parts], int(y + 44)


def _scale(figure: Figure) -> Scale:
    values = [
        float(value)
        for series in figure.series
        for column in (series.y, series.low or (), series.high or ())
        for value in column
        if value is not None
    ]
    if figure.y_log:
        return logarithmic(values)
    return fit(values, with_zero=True).between(figure.y_low, figure.y_high)


def _groups(figure: Figure, language: str) -> Iterator[tuple[str, list[Row]]]:
    """Yield the names along the axis, each with the rows of its series."""
    names = list(dict.fromkeys(str(x) for series in figure.series for x in series.along(language)))
    is_single = len(figure.series) == 1
    for name in names:
        rows = []
        for number, series in enumerate(figure.series):
            label = "" if is_single else series.label.say(language)
            rows += [
                _as_row(series, n, number % 7 + 1, label)
                for n, x in enumerate(series.along(language))
                if str(x) == name
            ]
        yield name, rows


def _as_row(series: Series, n: int, kind: int, label: str) -> Row:
    return Row(
        kind=kind,
        name=label,
        value=series.y[n],
        low=series.low[n] if series.low else None,
        high=series.high[n] if series.high else None,
    )


def _row(row: Row, y: float, figure: Figure, scale: Scale, look: Look) -> Iterator[str]:
    said = words_of(row, look.language)
    yield words(said, x=LEFT, y=y + look.size.font, class_="plot-name", **look.ink(INK))
    top = y + look.size.font + 6
    if row.value is None or not math.isfinite(row.value):
        return
    start, end = _at(max(0.0, scale.low), scale, look), _at(row.value, scale, look)
    middle = top + BAR / 2
    if figure.kind == "bars":
        left, width = min(start, end), max(1.0, abs(end - start))
        yield element(
            "rect",
            x=float(left),
            y=float(top),
            width=float(width),
            height=BAR,
            class_=f"plot-column kind-{row.kind}",
            **look.hue(row.kind),
        )
    if row.low is not None and row.high is not None:
        low, high = _at(row.low, scale, look), _at(row.high, scale, look)
        ends = "".join(f"M{x:.1f} {top:.1f}v{BAR}" for x in (low, high))
        caps = f"M{low:.1f} {middle:.1f}H{high:.1f}{ends}"
        over = "plot-whisker is-over" if figure.kind == "bars" else "plot-whisker"
        yield element("path", d=caps, class_=over, **look.ink(INK, is_line=True))
    if figure.kind != "bars":
        yield element(
            "circle",
            cx=float(end),
            cy=float(middle),
            r=5,
            class_=f"plot-dot kind-{row.kind}",
            **look.hue(row.kind),
        )


def words_of(row: Row, language: str) -> str:
    """Return what a row says: its series, its value, its interval."""
    said = written(row.value, language)
    if row.low is not None and row.high is not None:
        both = RANGE.format(low=written(row.low, language), high=written(row.high, language))
        said = f"{said} ({both})"
    colon = " : " if language == "fr" else ": "
    return f"{row.name}{colon}{said}" if row.name else said


def _at(value: float, scale: Scale, look: Look) -> float:
    return LEFT + min(1.0, max(0.0, scale.at(value))) * (look.size.width - 24)


def _axis(scale: Scale, top: float, bottom: float, look: Look) -> Iterator[str]:
    size, language = look.size, look.language
    ticks = _ticks(scale, look)
    for value, label in zip(ticks, of_axis(ticks, language), strict=True):
        x = _at(value, scale, look)
        line = path_of([(x, top), (x, bottom)])
        yield element("path", d=line, class_="plot-grid", **look.ink(GRID, is_line=True))
        half = length(label, size.font) / 2
        anchor = "start" if x - half < 0 else "end" if x + half > size.width else "middle"
        yield words(
            label,
            x=x,
            y=bottom + 18,
            text_anchor=anchor,
            class_="plot-tick",
            **look.ink(SOFT),
        )


def _ticks(scale: Scale, look: Look) -> Sequence[float]:
    for most in range(look.size.ticks_x, 1, -1):
        ticks = scale.ticks(most)
        labels = of_axis(ticks, look.language)
        widest = max((length(label, look.size.font) for label in labels), default=0) + 12
        if len(ticks) < 2 or widest <= (look.size.width - 24) / (len(ticks) - 1):
            return ticks
    return ticks[:1]
