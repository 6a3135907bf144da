"""Fewer points that draw the same line.

Largest triangle of three buckets (Steinarsson 2013): the line is cut into as many buckets as
points are wanted, and of each the point is kept that makes the largest triangle with the one
kept before and the middle of the next bucket. First, last, peaks and steps stay.
"""

from __future__ import annotations

from collections.abc import Sequence


def kept(x: Sequence[float], y: Sequence[float], most: int) -> list[int]:
    """Return the places of at most so many points, in order; all of them when they are few."""
    count = len(x)
    if count <= most or most < 3:
        return list(range(count))
    width = (count - 2) / (most - 2)
    places = [0]
    for bucket in range(most - 2):
        start, end = 1 + int(bucket * width), 1 + int((bucket + 1) * width)
        after = range(end, min(count, 1 + int((bucket + 2) * width)) or count)
        last = places[-1]
        middle_x, middle_y = _middle(x, y, after if len(after) else range(count - 1, count))
        best = max(
            range(start, max(end, start + 1)),
            key=lambda n: abs(
                (x[last] - middle_x) * (y[n] - y[last]) - (x[last] - x[n]) * (middle_y - y[last])
            ),
        )
        places.append(best)
    places.append(count - 1)
    return places


def _middle(x: Sequence[float], y: Sequence[float], places: range) -> tuple[float, float]:
    count = len(places)
    return sum(x[n] for n in places) / count, sum(y[n] for n in places) / count
