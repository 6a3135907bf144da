"""Circles in circles: who belongs together stands together, in thousands of nodes too.

Forces alone make a ball of wool of thousands of nodes, and umap lays one community on another
(both seen on 4,620 agencies and 37,099 links). Here each community is a circle with room for its
members, cut once more into its own communities; the smallest circles are laid out by forces and
filled evenly. The circles are then put beside those that they have most links with, and each is
turned so that who has links outside stands on that side.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin, sqrt

from .forces import Point, Shape, links_between

SPACE = 40.0
"""Usual length of an edge, in units of the drawing."""
SMALL, DEEPEST = 60, 2
"""Fewer nodes, or deeper, are not cut any more."""
CLEAR = 0.12
"""Below this modularity a cut says nothing."""
GAPS = (2.2 * SPACE, 0.6 * SPACE)
ROOM = 0.62 * SPACE
EVEN = 0.75
"""How evenly a circle is filled: at 0 as the forces left it, at 1 with no hole in it."""
DIRECTIONS, NEAREST = 48, 16
FARTHER = (1.0, 1.3, 2.0, 3.0, 5.0, 9.0, 16.0, 30.0)


@dataclass(frozen=True, slots=True)
class Disc:
    """Where nodes stand around the middle of a circle."""

    points: list[Point]
    radius: float


def nested(shape: Shape, groups: Sequence[Sequence[int]] | None = None, depth: int = 0) -> Disc:
    """Lay a graph out in circles; `groups`: its communities, if they are known."""
    if groups is None:
        if len(shape) <= SMALL or depth >= DEEPEST:
            return filled(shape)
        groups, clear = shape.communities()
        if clear < CLEAR:
            return filled(shape)
    if len(groups) < 2:
        return filled(shape)
    inner = [nested(shape.part(sorted(group)), None, depth + 1) for group in groups]
    member = {node: number for number, group in enumerate(groups) for node in group}
    pairs = shape.pairs
    gap = GAPS[min(depth, len(GAPS) - 1)]
    centres = packed([disc.radius for disc in inner], links_between(pairs, member), gap)
    turns = _turns(
        pairs,
        member,
        centres,
        [dict(zip(sorted(g), d.points, strict=True)) for g, d in zip(groups, inner, strict=True)],
    )
    at: dict[int, Point] = {}
    for group, disc, (cx, cy), turn in zip(groups, inner, centres, turns, strict=True):
        for node, (x, y) in zip(sorted(group), disc.points, strict=True):
            at[node] = (cx + x * cos(turn) - y * sin(turn), cy + x * sin(turn) + y * cos(turn))
    return _centred([at[node] for node in range(len(shape))], centres, inner)


def _centred(points: Sequence[Point], centres: Sequence[Point], inner: Sequence[Disc]) -> Disc:
    rims = [(x, y, disc.radius) for (x, y), disc in zip(centres, inner, strict=True)]
    mx = (min(x - r for x, _, r in rims) + max(x + r for x, _, r in rims)) / 2
    my = (min(y - r for _, y, r in rims) + max(y + r for _, y, r in rims)) / 2
    radius = max(hypot(x - mx, y - my) + r for x, y, r in rims)
    return Disc([(x - mx, y - my) for x, y in points], radius)


def filled(shape: Shape) -> Disc:
    """Lay a graph out by forces and fill a circle with it: no holes, and nobody far off."""
    number = len(shape)
    if number < 3:
        return Disc(
            [(SPACE * (n - (number - 1) / 2), 0.0) for n in range(number)], SPACE * number / 2
        )
    points, radius = shape.pushed(), ROOM * sqrt(number)
    mx, my = sum(x for x, _ in points) / number, sum(y for _, y in points) / number
    polar = [(hypot(x - mx, y - my), atan2(y - my, x - mx), n) for n, (x, y) in enumerate(points)]
    farthest = max(away for away, _, _ in polar) or 1.0
    at: dict[int, Point] = {}
    for rank, (away, angle, node) in enumerate(sorted(polar)):
        even, own = sqrt((rank + 0.5) / number), away / farthest
        r = radius * (EVEN * even + (1 - EVEN) * own)
        at[node] = (r * cos(angle), r * sin(angle))
    return Disc([at[node] for node in range(number)], radius)


def _turns(
    pairs: Sequence[tuple[int, int]],
    member: Mapping[int, int],
    centres: Sequence[Point],
    local: Sequence[Mapping[int, Point]],
) -> list[float]:
    """Return how far each circle is to be turned for its links to be short.

    The angle that turns the members' places best towards where their links lead has a closed
    form: that of the sum of the products of both, taken as complex numbers.
    """
    along, across = [0.0] * len(centres), [0.0] * len(centres)
    for pair in pairs:
        for node, other in (pair, pair[::-1]):
            own, far = member[node], member[other]
            if own != far:
                x, y = local[own][node]
                qx, qy = centres[far][0] - centres[own][0], centres[far][1] - centres[own][1]
                along[own] += x * qx + y * qy
                across[own] += x * qy - y * qx
    return [atan2(b, a) for a, b in zip(along, across, strict=True)]


def packed(radii: Sequence[float], links: Counter[tuple[int, int]], gap: float) -> list[Point]:
    """Put circles beside each other, none on another, each near those that it is linked with."""
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (a, b), number in links.items():
        near[a][b] = near[b][a] = number / sqrt(radii[a] * radii[b])
    placed: dict[int, Point] = {}
    left = set(range(len(radii)))
    pulled = dict.fromkeys(left, 0.0)
    while left:
        following = max(left, key=lambda n: (pulled[n] if placed else 0.0, radii[n], -n))
        left.discard(following)
        placed[following] = _spot(following, radii, near[following], placed, gap)
        for other, strength in near[following].items():
            pulled[other] += strength
    return [placed[number] for number in range(len(radii))]


def _spot(
    number: int,
    radii: Sequence[float],
    near: Mapping[int, float],
    placed: Mapping[int, Point],
    gap: float,
) -> Point:
    """Return the free place beside a circle that is nearest to the linked ones and the middle."""
    if not placed:
        return (0.0, 0.0)
    weight = sum(radii[n] ** 2 for n in placed)
    middle_x = sum(radii[n] ** 2 * x for n, (x, _) in placed.items()) / weight
    middle_y = sum(radii[n] ** 2 * y for n, (_, y) in placed.items()) / weight
    pull = sorted(((s, n) for n, s in near.items() if n in placed), reverse=True)[:NEAREST]
    total = sum(s for s, _ in pull) or 1.0
    beside = sorted(placed, key=lambda n: (-near.get(n, 0.0), -radii[n], n))[:NEAREST]
    for far in FARTHER:
        best: tuple[float, Point] | None = None
        for other in beside:
            reach = (radii[other] + radii[number] + gap) * far
            for x, y in _ring(placed[other], reach):
                # A little wider than high: so are screens.
                cost = 0.6 * hypot(x - middle_x, 1.25 * (y - middle_y))
                for strength, n in pull:
                    cost += strength / total * hypot(x - placed[n][0], y - placed[n][1])
                if (best is None or cost < best[0] - 1e-9) and _is_free(
                    (x, y), radii[number] + gap - 1, radii, placed
                ):
                    best = (cost, (x, y))
        if best is not None:
            return best[1]
    edge = max(hypot(x, y) + radii[n] for n, (x, y) in placed.items())
    return (edge + radii[number] + gap, 0.0)


def _ring(centre: Point, reach: float) -> list[Point]:
    turn = 2 * pi / DIRECTIONS
    return [
        (centre[0] + reach * cos(turn * n), centre[1] + reach * sin(turn * n))
        for n in range(DIRECTIONS)
    ]


def _is_free(at: Point, reach: float, radii: Sequence[float], placed: Mapping[int, Point]) -> bool:
    return all(
        hypot(at[0] - x, at[1] - y) >= radii[other] + reach for other, (x, y) in placed.items()
    )
