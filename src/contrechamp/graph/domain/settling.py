"""Newcomers find a place near their neighbours; who was there stays.

A newcomer starts at the mean of its neighbours. Then newcomers, and those of their neighbours that
hang mostly on newcomers, find room: pushed by all that is near, pulled by whom they are linked to.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from math import cos, hypot, sin

from .forces import Point
from .nesting import SPACE
from .network import Network

STEPS = 60
REACH = 3 * SPACE
"""Farther nodes do not push."""
GOLDEN = 2.4
"""The golden angle: turns never repeat."""


def settled(network: Network, known: Mapping[str, Point]) -> dict[str, Point]:
    """Return a place for each node: the known where they are, newcomers beside their neighbours."""
    places = dict(known)
    fresh = {node for node in network.nodes if node not in places}
    border = deque(node for node in network.nodes if node in fresh and _near(network, places, node))
    while border:
        node = border.popleft()
        if node in places:
            continue
        places[node] = _beside(_near(network, places, node), len(places))
        border.extend(sorted(n for n in network.neighbours[node] if n in fresh - places.keys()))
    _put_strangers(network, places)
    return _relaxed(network, places, fresh)


def _near(network: Network, places: Mapping[str, Point], node: str) -> list[Point]:
    return [places[other] for other in sorted(network.neighbours[node]) if other in places]


def _beside(near: Sequence[Point], number: int) -> Point:
    """Return the mean of some spots, a little aside: else two newcomers stand on one another."""
    x, y = sum(x for x, _ in near) / len(near), sum(y for _, y in near) / len(near)
    away = SPACE if len(near) == 1 else SPACE / 4
    return x + away * cos(number * GOLDEN), y + away * sin(number * GOLDEN)


def _put_strangers(network: Network, places: dict[str, Point]) -> None:
    """Put pieces that are linked to nobody who was there around all the others."""
    waiting = [node for node in network.nodes if node not in places]
    if not waiting:
        return
    xs, ys = [x for x, _ in places.values()], [y for _, y in places.values()]
    middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    rim = hypot(max(xs) - middle[0], max(ys) - middle[1]) + 2 * SPACE
    number = 0
    for node in waiting:
        if node in places:
            continue
        number += 1
        piece = sorted(network.reached(node))
        cx = middle[0] + rim * cos(number * GOLDEN)
        cy = middle[1] + rim * sin(number * GOLDEN)
        for n, member in enumerate(piece):
            places[member] = (
                cx + SPACE * cos(n * GOLDEN) * n**0.5,
                cy + SPACE * sin(n * GOLDEN) * n**0.5,
            )


def _relaxed(network: Network, places: Mapping[str, Point], fresh: set[str]) -> dict[str, Point]:
    free = sorted(
        fresh
        | {
            other
            for node in fresh
            for other in network.neighbours[node]
            if 2 * len(network.neighbours[other] & fresh) > len(network.neighbours[other])
        }
    )
    grid = _Grid(places)
    for step in range(STEPS):
        reach = SPACE / 4 * (1 - step / STEPS)
        for node in free:
            dx, dy = _force(node, grid, network)
            size = hypot(dx, dy)
            if size > 0:
                x, y = grid.at[node]
                short = min(size, reach) / size
                grid.move(node, (x + dx * short, y + dy * short))
    return grid.at


def _force(node: str, grid: _Grid, network: Network) -> Point:
    x, y = grid.at[node]
    dx = dy = 0.0
    for other in grid.near((x, y)):
        if other == node:
            continue
        ox, oy = grid.at[other]
        away = max(hypot(x - ox, y - oy), 0.1)
        if away < REACH:
            push = SPACE / away / away
            dx, dy = dx + (x - ox) * push, dy + (y - oy) * push
    for other in network.neighbours[node]:
        ox, oy = grid.at[other]
        pull = hypot(x - ox, y - oy) / SPACE / SPACE
        dx, dy = dx + (ox - x) * pull, dy + (oy - y) * pull
    return dx, dy


class _Grid:
    """Places by the squares of a grid, so that only those that are near are looked at."""

    def __init__(self, places: Mapping[str, Point]) -> None:
        self.at = dict(places)
        self._cells: dict[tuple[int, int], dict[str, None]] = {}
        for node, point in self.at.items():
            self._cells.setdefault(_cell(point), {})[node] = None

    def move(self, node: str, to: Point) -> None:
        old, new = _cell(self.at[node]), _cell(to)
        self.at[node] = to
        if old != new:
            del self._cells[old][node]
            self._cells.setdefault(new, {})[node] = None

    def near(self, point: Point) -> Iterator[str]:
        column, row = _cell(point)
        for i in (column - 1, column, column + 1):
            for j in (row - 1, row, row + 1):
                yield from self._cells.get((i, j), ())


def _cell(point: Point) -> tuple[int, int]:
    return int(point[0] // REACH), int(point[1] // REACH)
