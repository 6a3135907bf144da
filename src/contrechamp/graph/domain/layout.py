"""Where each node stands, and which community it belongs to.

Each piece that is not linked to the rest is laid out by itself: a small one by forces, a large one
in circles by communities (`nesting`). They stand beside each other in rows, the largest first.
Who was there before stays there; a newcomer finds a place beside its neighbours (`settling`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from statistics import median

from .forces import Point, Shape, circle
from .nesting import SPACE, filled, nested
from .network import Network
from .settling import settled

MOST_NEW = 0.3
"""With a larger share of newcomers the whole is laid out anew."""
GAP = 1.6 * SPACE
"""Between pieces that are not linked."""
WIDER = 1.5
"""How much wider than high a picture is."""
BY_FORCES = 120
"""Up to so many nodes forces show who belongs together; more are laid out in circles."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a node stands, and which community it belongs to."""

    x: float
    y: float
    community: int = 0


def lay_out(network: Network, before: Mapping[str, Spot] | None = None) -> dict[str, Spot]:
    """Return a spot for every node. The same network and past give the same spots."""
    if not network.nodes:
        return {}
    known = {node: spot for node, spot in (before or {}).items() if node in network.nodes}
    fresh = len(network.nodes) - len(known)
    if not known or fresh > MOST_NEW * len(network.nodes):
        groups = communities(network)
        places = _whole(network, groups)
    else:
        groups = communities(network, {node: spot.community for node, spot in known.items()})
        places = {node: (spot.x, spot.y) for node, spot in known.items()}
        if fresh:
            places = settled(network, places)
    return {
        node: Spot(round(x, 1), round(y, 1), groups[node])
        for node, (x, y) in sorted(places.items())
    }


def communities(network: Network, before: Mapping[str, int] | None = None) -> dict[str, int]:
    """Return the community of each node (Leiden, modularity), the largest being 0.

    With those that were before, a community keeps its number as long as most of it stays.
    """
    nodes = list(network.nodes)
    start: list[int] | None = None
    if before:
        # Newcomers begin alone. Numbers of communities must be those of nodes: 0 … n-1.
        first = {number: n for n, number in enumerate(sorted(set(before.values())))}
        alone = iter(range(len(first), len(first) + len(nodes)))
        start = [first[before[n]] if n in before else next(alone) for n in nodes]
    parts, _ = Shape.of(network, nodes).communities(start)
    named = [[nodes[n] for n in part] for part in parts]
    numbers = _numbers(named, before or {})
    return {node: numbers[n] for n, part in enumerate(named) for node in part}


def _numbers(parts: Sequence[Sequence[str]], before: Mapping[str, int]) -> list[int]:
    """Return a number for each community: that of most of its members, if it is free."""
    found: dict[int, int] = {}
    claims = [
        (-count, n, number)
        for n, part in enumerate(parts)
        for number, count in Counter(before[m] for m in part if m in before).items()
    ]
    taken: set[int] = set()
    for _, n, number in sorted(claims):
        if n not in found and number not in taken:
            found[n] = number
            taken.add(number)
    free = (number for number in range(len(parts) + len(taken)) if number not in taken)
    return [found[n] if n in found else next(free) for n in range(len(parts))]


def draw_together(network: Network, start: Mapping[str, Point]) -> dict[str, Point]:
    """Lay out the few nodes of a view by forces, from where they stand in the whole."""
    pieces = [(piece, _by_forces(network, piece, start)) for piece in network.components()]
    return _in_rows(pieces)


def _whole(network: Network, groups: Mapping[str, int]) -> dict[str, Point]:
    pieces = [(piece, _piece(network, piece, groups)) for piece in network.components()]
    return _in_rows(pieces, GAP)


def _piece(network: Network, piece: Sequence[str], groups: Mapping[str, int]) -> list[Point]:
    if len(piece) <= BY_FORCES:
        return _by_forces(network, piece, {})
    parts: dict[int, list[int]] = {}
    for number, node in enumerate(piece):
        parts.setdefault(groups[node], []).append(number)
    order = sorted(parts.values(), key=lambda part: (-len(part), part))
    shape = Shape.of(network, piece)
    return (nested(shape, order) if len(order) > 1 else filled(shape)).points


def _by_forces(network: Network, piece: Sequence[str], start: Mapping[str, Point]) -> list[Point]:
    """Lay a piece out by forces, with the usual distance between neighbours."""
    if len(piece) < 3:
        return [(SPACE * n, 0.0) for n in range(len(piece))]
    round_ = dict(zip(piece, circle(len(piece)), strict=True))
    seed = [start.get(node, round_[node]) for node in piece] if start else None
    shape = Shape.of(network, piece)
    points = shape.pushed(seed)
    lengths = [
        hypot(points[a][0] - points[b][0], points[a][1] - points[b][1]) for a, b in shape.pairs
    ]
    usual = median(lengths) if lengths else 0.0
    scale = SPACE / usual if usual > 0 else 1.0
    return [(x * scale, y * scale) for x, y in points]


def _in_rows(
    pieces: Sequence[tuple[Sequence[str], Sequence[Point]]], gap: float = SPACE
) -> dict[str, Point]:
    """Put the pieces, the largest first, in rows that are about as wide as a screen is."""
    boxes = [_turned(points) for _, points in pieces]
    area = sum((wide + 2 * gap) * (high + 2 * gap) for _, wide, high in boxes)
    width = max(sqrt(WIDER * area), *(wide for _, wide, _ in boxes), 0.0)
    order = sorted(range(len(pieces)), key=lambda n: (-round(boxes[n][2]), n))
    found: dict[str, Point] = {}
    left = top = height = 0.0
    for n in order:
        points, wide, high = boxes[n]
        if left and left + wide > width:
            top, left, height = top + height + gap, 0.0, 0.0
        for node, (x, y) in zip(pieces[n][0], points, strict=True):
            found[node] = (x + left, y + top)
        left, height = left + wide + gap, max(height, high)
    return found


def _turned(points: Sequence[Point]) -> tuple[list[Point], float, float]:
    """Return a shape from 0 on, lying and not standing, with its width and height."""
    wide, high = (max(side) - min(side) for side in zip(*points, strict=True))
    if high > wide:
        points = [(y, x) for x, y in points]
        wide, high = high, wide
    left, top = (min(side) for side in zip(*points, strict=True))
    return [(x - left, y - top) for x, y in points], wide, high
