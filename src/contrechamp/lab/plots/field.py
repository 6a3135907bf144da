"""Lines, bands, points and columns between two axes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from contrechamp.lab.model import Figure, Series

from .paper import (
    DASHES,
    GRID,
    INK,
    REFERENCE,
    SOFT,
    Look,
    apart,
    element,
    headed,
    length,
    path_of,
    words,
    wrapped,
)
from .scales import Linear, Scale, fit, logarithmic, of_axis, spread
from .thinning import kept

MOST_POINTS = 500
"""Of a line in a picture; its table and its CSV hold all."""
DOT = 4.0
PATHS = (
    "M{l} {y}A{r} {r} 0 1 1 {q} {y}A{r} {r} 0 1 1 {l} {y}Z",
    "M{l} {t}H{q}V{b}H{l}Z",
    "M{x} {t}L{q} {b}L{l} {b}Z",
    "M{x} {t}L{q} {y}L{x} {b}L{l} {y}Z",
)
"""Round, square, triangle, diamond, as in `ui/domain/palette.py`, around a point."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the field lies on the paper, and what its edges stand for."""

    left: float
    top: float
    right: float
    bottom: float
    x: Scale
    y: Scale

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where two values stand on the paper."""
        return (
            self.left + self.x.at(x) * (self.right - self.left),
            self.bottom - self.y.at(y) * (self.bottom - self.top),
        )


def kinds_of(figure: Figure) -> list[int]:
    """Return the kind that each series is drawn as.

    Dotted ones, to compare with, are grey; a band has the colour of the line that comes after it.
    """
    kinds, number = [], 0
    for series in figure.series:
        if series.style == "dotted":
            kinds.append(REFERENCE)
            continue
        kinds.append(number % 7 + 1)
        number += series.style != "band"
    return kinds


def draw(figure: Figure, look: Look) -> tuple[list[str], int]:
    """Return the elements of a picture between two axes, and its height."""
    size, language = look.size, look.language
    both = zip(kinds_of(figure), figure.series, strict=True)
    named = [(kind, series) for kind, series in both if len(series.y)]
    legend = [] if size.side else list(_legend(figure, named, look))
    head, under = headed(figure.y_label.say(language), look)
    top = under + 18 + 20 * sum(len(lines) for lines, *_ in legend)
    x, y = _scales(figure)
    labels = of_axis(y.ticks(size.ticks_y), language)
    left = 10 + max((length(label, size.font) for label in labels), default=20)
    height = size.height + int(top - 34)
    frame = Frame(left, top, size.width - size.side - 12, height - 46, x, y)
    parts = [*head, *_axes(figure, frame, look), *_columns(figure, frame, look)]
    for kind, series in named:
        parts += _marks(figure, series, kind, frame, look)
    if size.side:
        parts += _names(figure, named, frame, look)
    else:
        parts += _above(legend, under + 22, look)
    return parts, height


def _scales(figure: Figure) -> tuple[Scale, Scale]:
    xs = [x for series in figure.series for x in _along(series)]
    ys = [
        float(value)
        for series in figure.series
        for values in (series.y, series.low or (), series.high or ())
        for value in values
        if value is not None
    ]
    y: Scale = logarithmic(ys) if figure.y_log else fit(ys, with_zero=figure.kind == "bars")
    y = y.between(figure.y_low, figure.y_high)
    if figure.x_log:
        return logarithmic(xs), y
    return _widened(spread(xs), figure), y


def _widened(scale: Linear, figure: Figure) -> Scale:
    """Leave room for half a column, or a mark, at both ends."""
    if figure.kind == "line" or not figure.series:
        return scale
    most = max(len(series.x) for series in figure.series)
    half = (scale.high - scale.low) / max(2, 2 * (most - 1))
    return Linear(scale.low - half, scale.high + half)


def _axes(figure: Figure, frame: Frame, look: Look) -> Iterator[str]:
    size, language = look.size, look.language
    ink, soft = look.ink(INK), look.ink(SOFT)
    y_ticks = frame.y.ticks(size.ticks_y)
    for value, label in zip(y_ticks, of_axis(y_ticks, language), strict=True):
        _, y = frame.place(frame.x.low, value)
        line = path_of([(frame.left, y), (frame.right, y)])
        yield element("path", d=line, class_="plot-grid", **look.ink(GRID, is_line=True))
        yield words(label, x=frame.left - 6, y=y + 5, text_anchor="end", class_="plot-tick", **soft)
    x_ticks = _apart(frame, look)
    for value, label in x_ticks:
        x, _ = frame.place(value, frame.y.low)
        line = path_of([(x, frame.bottom), (x, frame.bottom + 5)])
        yield element("path", d=line, class_="plot-axis", **look.ink(SOFT, is_line=True))
        anchor = "end" if x + length(label, size.font) / 2 > size.width - 2 else "middle"
        yield words(label, x=x, y=frame.bottom + 20, text_anchor=anchor, class_="plot-tick", **soft)
    line = path_of([(frame.left, frame.bottom), (frame.right, frame.bottom)])
    yield element("path", d=line, class_="plot-axis", **look.ink(SOFT, is_line=True))
    x_label = figure.x_label.say(language)
    yield words(
        wrapped(x_label, frame.right, size.font, most=1)[0],
        x=frame.right,
        y=frame.bottom + 40,
        text_anchor="end",
        class_="plot-label",
        **ink,
    )


def _apart(frame: Frame, look: Look) -> list[tuple[float, str]]:
    """Return the values that the axis below names: fewer where their words would touch."""
    for most in range(look.size.ticks_x, 1, -1):
        ticks = frame.x.ticks(most)
        labels = of_axis(ticks, look.language)
        widest = max((length(label, look.size.font) for label in labels), default=0) + 10
        places = [frame.place(value, frame.y.low)[0] for value in ticks]
        if all(right - left >= widest for left, right in pairwise(places)):
            return list(zip(ticks, labels, strict=True))
    return list(zip(ticks[:1], labels[:1], strict=True))


def _columns(figure: Figure, frame: Frame, look: Look) -> Iterator[str]:
    both = zip(kinds_of(figure), figure.series, strict=True)
    shown = [(kind, series) for kind, series in both if _is_column(figure, series)]
    for number, (kind, series) in enumerate(shown):
        step = (frame.right - frame.left) / max(1, len(series.x))
        width = max(1.0, min(step, 60) * 0.8 / len(shown))
        for x, y in zip(_along(series), series.y, strict=True):
            if y is None or not math.isfinite(y):
                continue
            middle, top = frame.place(x, y)
            _, bottom = frame.place(x, max(0.0, frame.y.low))
            yield element(
                "rect",
                x=float(middle + (number - len(shown) / 2) * width),
                y=float(min(top, bottom)),
                width=float(width),
                height=float(abs(bottom - top)),
                class_=f"plot-column kind-{kind}",
                **look.hue(kind),
            )


def _marks(figure: Figure, series: Series, kind: int, frame: Frame, look: Look) -> Iterator[str]:
    points, is_dots = _points(series), _is_dots(figure, series)
    if is_dots or _is_column(figure, series):
        yield from _whiskers(series, kind, frame, look)
        if is_dots:
            yield from (_dot(frame.place(x, y), kind, look) for _, x, y in points)
        return
    thin = kept([x for _, x, _ in points], [y for _, _, y in points], MOST_POINTS)
    if series.low and series.high:
        yield _band(series, [points[n][0] for n in thin], kind, frame, look)
    if series.style == "band":
        return
    line = [frame.place(x, y) for _, x, y in (points[n] for n in thin)]
    yield _stroke(path_of(_stairs(line) if series.style == "steps" else line), kind, look)


def _stairs(line: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Let a value hold until the next one."""
    corners = ((right[0], left[1]) for left, right in pairwise(line))
    return [*(point for both in zip(line, corners, strict=False) for point in both), *line[-1:]]


def _stroke(path: str, kind: int, look: Look) -> str:
    return element(
        "path",
        d=path,
        class_=f"plot-line kind-{kind}",
        stroke_width="2.5" if look.is_file else None,
        stroke_dasharray=(DASHES[kind - 1] or None) if look.is_file else None,
        **look.hue(kind, is_line=True),
    )


def _is_dots(figure: Figure, series: Series) -> bool:
    usual = figure.kind in {"points", "ranges"} and series.style == "solid"
    return usual or series.style == "points"


def _is_column(figure: Figure, series: Series) -> bool:
    return figure.kind == "bars" and series.style in {"solid", "bars"}


def _along(series: Series) -> list[float]:
    return [float(x) for x in series.along("")]


def _points(series: Series) -> list[tuple[int, float, float]]:
    return [
        (n, x, float(y))
        for n, (x, y) in enumerate(zip(_along(series), series.y, strict=True))
        if y is not None and math.isfinite(y)
    ]


def _band(series: Series, places: Sequence[int], kind: int, frame: Frame, look: Look) -> str:
    low, high, along = series.low or (), series.high or (), _along(series)
    ends = [n for n in places if low[n] is not None and high[n] is not None]
    above = [frame.place(along[n], float(high[n] or 0.0)) for n in ends]
    below = [frame.place(along[n], float(low[n] or 0.0)) for n in reversed(ends)]
    return element(
        "path",
        d=path_of([*above, *below], close=True),
        class_=f"plot-band kind-{kind}",
        fill_opacity=".18",
        **look.hue(kind),
    )


def _whiskers(series: Series, kind: int, frame: Frame, look: Look) -> Iterator[str]:
    for x, low, high in zip(_along(series), series.low or (), series.high or (), strict=False):
        if low is None or high is None:
            continue
        (at, bottom), (_, top) = frame.place(x, low), frame.place(x, high)
        caps = (
            f"M{at:.1f} {bottom:.1f}V{top:.1f}M{at - 4:.1f} {top:.1f}h8M{at - 4:.1f} {bottom:.1f}h8"
        )
        yield element(
            "path", d=caps, class_=f"plot-whisker kind-{kind}", **look.hue(kind, is_line=True)
        )


def _dot(place: tuple[float, float], kind: int, look: Look) -> str:
    x, y = place
    values = {"x": x, "y": y, "l": x - DOT, "q": x + DOT, "t": y - DOT, "b": y + DOT, "r": DOT}
    shape = PATHS[(kind - 1) % len(PATHS)].format(**{k: f"{v:.1f}" for k, v in values.items()})
    return element("path", d=shape, class_=f"plot-dot kind-{kind}", **look.hue(kind))


def _names(
    figure: Figure, named: Sequence[tuple[int, Series]], frame: Frame, look: Look
) -> Iterator[str]:
    """Write the name of each line at its end, moved apart where ends meet, with a leader."""
    size = look.size
    tall = size.font + 3
    ends, lines = [], []
    for kind, series in named:
        points = _points(series)
        if not points:
            continue
        last, x, y = points[-1]
        if series.style == "band" and series.high:
            y = series.high[last] or y  # Its name stands at its edge: the line has its own.
        ends.append((kind, _mark(figure, series), *frame.place(x, y)))
        lines.append(wrapped(series.label.say(look.language), size.side - 34, size.font))
    tallest = max((len(each) for each in lines), default=1)
    wanted = [y for *_, y in ends]
    at = apart(wanted, tall * tallest + 4, frame.top + 6, frame.bottom - tall * (tallest - 1))
    for (kind, mark, x, y), lines_of, place in zip(ends, lines, at, strict=True):
        start = frame.right + 26
        leader = path_of([(x + 3, y), (frame.right + 8, y), (start - 6, place)])
        yield element("path", d=leader, class_="plot-leader", **look.ink(SOFT, is_line=True))
        yield _sample(start - 4, place, kind, mark, look)
        for n, text in enumerate(lines_of):
            yield words(
                text,
                x=start + 22,
                y=place + 5 + n * tall,
                class_="plot-name",
                **look.ink(INK),
            )


def _mark(figure: Figure, series: Series) -> str:
    if _is_dots(figure, series):
        return "dot"
    if series.style == "band":
        return "band"
    return "column" if _is_column(figure, series) else "line"


def _sample(x: float, y: float, kind: int, mark: str, look: Look) -> str:
    """Draw what a name is the name of."""
    if mark == "dot":
        return _dot((x + 10, y), kind, look)
    if mark in {"column", "band"}:
        box = {"x": x + 3, "y": y - 7, "width": 14, "height": 14}
        fade = ".18" if mark == "band" else None
        hue = look.hue(kind)
        return element("rect", **box, class_=f"plot-{mark} kind-{kind}", fill_opacity=fade, **hue)
    return _stroke(f"M{x:.1f} {y:.1f}h20", kind, look)


Line = tuple[list[str], int, str]


def _legend(figure: Figure, named: Sequence[tuple[int, Series]], look: Look) -> Iterator[Line]:
    for kind, series in named:
        text = series.label.say(look.language)
        lines = wrapped(text, look.size.width - 40, look.size.font, most=2)
        yield lines, kind, _mark(figure, series)


def _above(legend: Sequence[Line], y: float, look: Look) -> Iterator[str]:
    for lines, kind, mark in legend:
        yield _sample(4, y, kind, mark, look)
        for text in lines:
            yield words(text, x=32, y=y + 5, class_="plot-name", **look.ink(INK))
            y += 20
