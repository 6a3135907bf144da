"""A map of rectangles, without tiles: the fuller, the darker, in six steps with their bounds."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from contrechamp.lab.model import Figure, Series

from .paper import GRID, INK, SOFT, STEPS, Look, element, headed, short, words
from .scales import written

KEY = 26
"""Height of a line of the key."""


def draw(figure: Figure, look: Look) -> tuple[list[str], int]:
    """Return the elements of a map, and its height."""
    series = next((one for one in figure.series if one.boxes), None)
    size, language = look.size, look.language
    parts, under = headed(figure.y_label.say(language), look)
    over = under + 14
    if series is None:
        return parts, 40
    room = size.width if not size.side else size.width - size.side - 20
    west, south, east, north = _around(series)
    # A degree of longitude is shorter than one of latitude, by the cosine of the latitude.
    squeeze = math.cos(math.radians((south + north) / 2)) if abs(north) <= 90 else 1.0
    scale = min(room / ((east - west) * squeeze or 1), 460 / ((north - south) or 1))
    bounds = steps(series)
    shapes: dict[int, list[str]] = {}
    for box, value in zip(series.boxes, series.y, strict=True):
        left, top = (box[0] - west) * squeeze * scale, over + (north - box[3]) * scale
        width, tall = (box[2] - box[0]) * squeeze * scale, (box[3] - box[1]) * scale
        shape = f"M{short(left)} {short(top)}h{short(width)}v{short(tall)}h{short(-width)}z"
        shapes.setdefault(_step(value, bounds), []).append(shape)
    parts += [_drawn(step, "".join(shapes[step]), look) for step in sorted(shapes)]
    height = over + (north - south) * scale
    at = (room + 20, 40.0) if size.side else (2.0, height + 14)
    parts += _key(bounds, at, look)
    tall = height if size.side else height + 14 + KEY * (len(bounds) + 1)
    return parts, int(max(tall, KEY * (len(bounds) + 1) + 60) + 16)


def _drawn(step: int, shape: str, look: Look) -> str:
    """Draw all boxes of a step at once: a page with a map must stay light."""
    return element(
        "path",
        d=shape,
        class_=f"plot-box box-{step}",
        stroke=GRID if look.is_file else None,
        stroke_width=".5" if look.is_file else None,
        fill=(STEPS[step - 1] if step else "none") if look.is_file else None,
    )


def steps(series: Series) -> list[tuple[float, float]]:
    """Return the bounds of at most six steps, each with about as many boxes; nought stays apart."""
    found = sorted({float(y) for y in series.y if y is not None and y > 0})
    if not found:
        return []
    count = min(len(STEPS), len(found))
    cuts = [round(n * len(found) / count) for n in range(count + 1)]
    return [(found[a], found[b - 1]) for a, b in pairwise(cuts)]


def _step(value: float | None, bounds: Sequence[tuple[float, float]]) -> int:
    if value is None or value <= 0:
        return 0
    fewer = len(STEPS) - len(bounds)
    return next(n for n, (_, high) in enumerate(bounds, fewer + 1) if value <= high)


def _around(series: Series) -> tuple[float, float, float, float]:
    return (
        min(box[0] for box in series.boxes),
        min(box[1] for box in series.boxes),
        max(box[2] for box in series.boxes),
        max(box[3] for box in series.boxes),
    )


def _key(
    bounds: Sequence[tuple[float, float]], at: tuple[float, float], look: Look
) -> Iterator[str]:
    fewer = len(STEPS) - len(bounds)
    lines = [(0, "0")] + [
        (n, written(low, look.language))
        if low == high
        else (n, f"{written(low, look.language)} – {written(high, look.language)}")
        for n, (low, high) in enumerate(bounds, fewer + 1)
    ]
    x, y = at
    for step, said in lines:
        yield element(
            "rect",
            x=float(x),
            y=float(y),
            width=22,
            height=16,
            class_=f"plot-box box-{step}",
            stroke=SOFT if look.is_file else None,
            fill=(STEPS[step - 1] if step else "none") if look.is_file else None,
        )
        yield words(said, x=x + 32, y=y + 13, class_="plot-name", **look.ink(INK))
        y += KEY
