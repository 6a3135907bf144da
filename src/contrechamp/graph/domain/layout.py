"""Where each node stands. The one place that knows igraph.

Seen on the real carto (307 nodes): Fruchterman-Reingold fills the page and shows who belongs
together, umap leaves most of it empty, Kamada-Kawai bends the members of an association into
arcs. On thousands of nodes forces give a ball of wool, and umap needs 10 s for 4,620 nodes:
each community is laid out in a circle of its own, then the circles. Pieces that are not linked
to the rest blow any layout up: each is laid out by itself, then packed. Who was there before
stays there; a newcomer starts at the mean of its neighbours, and only its surroundings move.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, cos, hypot, pi, sin, sqrt
from statistics import median

import igraph

from .network import Network

SPACE = 40.0
"""Usual length of an edge, in units of the drawing."""
MOST_NEW = 0.3
"""With a larger share of newcomers the whole is laid out anew."""
STEPS, STEPS_VIEW, STEPS_LOCAL = 500, 150, 60
MOST_BY_FORCES = 1_000
MANY = 400
SEED = 7


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
    groups = communities(network)
    known = {node: spot for node, spot in (before or {}).items() if node in network.nodes}
    fresh = len(network.nodes) - len(known)
    if not known or fresh > MOST_NEW * len(network.nodes):
        places = _whole(network)
    elif fresh:
        places = _settle_newcomers(network, known)
    else:
        places = {node: (spot.x, spot.y) for node, spot in known.items()}
    return {
        node: Spot(round(x, 1), round(y, 1), groups[node])
        for node, (x, y) in sorted(places.items())
    }


def communities(network: Network) -> dict[str, int]:
    """Return the community of each node (Leiden, modularity), the largest being 0."""
    nodes = list(network.nodes)
    _seed()
    found = _graph(network, nodes).community_leiden(objective_function="modularity", n_iterations=4)
    parts = sorted(([nodes[n] for n in part] for part in found), key=lambda p: (-len(p), p))
    return {node: number for number, part in enumerate(parts) for node in part}


def draw_together(
    network: Network, start: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    """Lay out the few nodes of a view by forces, from where they stand in the whole."""
    pieces = [
        (piece, _scaled(network, piece, _forces(network, piece, start)))
        for piece in network.components()
    ]
    return _packed(pieces)


def _graph(network: Network, nodes: Sequence[str]) -> igraph.Graph:
    index = {node: number for number, node in enumerate(nodes)}
    pairs = {
        (min(ends), max(ends))
        for edge in network.edges.values()
        if edge.source in index and edge.target in index
        for ends in [(index[edge.source], index[edge.target])]
        if ends[0] != ends[1]
    }
    return igraph.Graph(n=len(nodes), edges=sorted(pairs))


def _whole(network: Network) -> dict[str, tuple[float, float]]:
    pieces = []
    for piece in network.components():
        if len(piece) > MOST_BY_FORCES:
            pieces.append((piece, _by_communities(network, piece)))
        else:
            pieces.append((piece, _scaled(network, piece, _forces(network, piece))))
    return _packed(pieces)


def _by_communities(network: Network, piece: Sequence[str]) -> list[tuple[float, float]]:
    """Lay out who belongs together by itself, each in its circle; then the circles."""
    groups: dict[int, list[str]] = {}
    for node, number in communities(network.only(set(piece))).items():
        groups.setdefault(number, []).append(node)
    radii = [SPACE * 0.55 * sqrt(len(group)) for group in groups.values()]
    centres = _apart(_circles(network, list(groups.values())), radii)
    at: dict[str, tuple[float, float]] = {}
    for group, radius, (cx, cy) in zip(groups.values(), radii, centres, strict=True):
        shape = _forces(network, group)
        mx, my = sum(x for x, _ in shape) / len(shape), sum(y for _, y in shape) / len(shape)
        size = max(hypot(x - mx, y - my) for x, y in shape) or 1.0
        for node, (x, y) in zip(group, shape, strict=True):
            at[node] = (cx + (x - mx) / size * radius, cy + (y - my) / size * radius)
    return [at[node] for node in piece]


def _circles(network: Network, groups: Sequence[Sequence[str]]) -> list[tuple[float, float]]:
    """Return where each group stands, those with many links between them nearer."""
    member = {node: n for n, group in enumerate(groups) for node in group}
    links: dict[tuple[int, int], int] = {}
    for edge in network.edges.values():
        a, b = member.get(edge.source, -1), member.get(edge.target, -1)
        if a != b and min(a, b) >= 0:
            links[min(a, b), max(a, b)] = links.get((min(a, b), max(a, b)), 0) + 1
    _seed()
    graph = igraph.Graph(n=len(groups), edges=list(links))
    layout = graph.layout_fruchterman_reingold(
        niter=STEPS, weights=[sqrt(weight) for weight in links.values()] or None
    )
    return [(x * SPACE, y * SPACE) for x, y in layout.coords]


def _apart(
    centres: Sequence[tuple[float, float]], radii: Sequence[float]
) -> list[tuple[float, float]]:
    """Move circles until none lies on another."""
    at = [list(centre) for centre in centres]
    for _ in range(200):
        still = True
        for a in range(len(at)):
            for b in range(a):
                dx, dy = at[a][0] - at[b][0], at[a][1] - at[b][1]
                gap = hypot(dx, dy) or 0.1
                lack = radii[a] + radii[b] + SPACE - gap
                if lack > 1:
                    still = False
                    for n, sign in ((a, 0.5), (b, -0.5)):
                        at[n][0] += sign * lack * dx / gap
                        at[n][1] += sign * lack * dy / gap
        if still:
            break
    return [(x, y) for x, y in at]


def _forces(
    network: Network, piece: Sequence[str], start: Mapping[str, tuple[float, float]] | None = None
) -> list[tuple[float, float]]:
    if len(piece) < 3:
        return [(SPACE * n, 0.0) for n in range(len(piece))]
    _seed()
    graph = _graph(network, piece)
    circle = zip(piece, _circle(len(piece)), strict=True)
    seed = [(start or {}).get(node, spot) for node, spot in circle]
    is_large = len(piece) > MANY
    layout = graph.layout_fruchterman_reingold(
        niter=STEPS_VIEW if start else STEPS,
        seed=seed if start else None,
        start_temp=sqrt(len(piece)) / (2 if start else 1),
        grid=is_large,
    )
    return [(x, y) for x, y in layout.coords]


def _seed() -> None:
    """Make igraph's chance the same each time."""
    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311


def _circle(number: int) -> list[tuple[float, float]]:
    turn = 2 * pi / max(number, 1)
    return [(sqrt(number) * cos(turn * n), sqrt(number) * sin(turn * n)) for n in range(number)]


def _scaled(
    network: Network, piece: Sequence[str], shape: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """Give a shape the usual distance between neighbours."""
    at = dict(zip(piece, shape, strict=True))
    lengths = [
        hypot(at[e.source][0] - at[e.target][0], at[e.source][1] - at[e.target][1])
        for e in network.only(set(piece)).edges.values()
    ]
    usual = median(lengths) if lengths else 0.0
    scale = SPACE / usual if usual > 0 else 1.0
    return [(x * scale, y * scale) for x, y in shape]


def _packed(
    pieces: Sequence[tuple[Sequence[str], Sequence[tuple[float, float]]]],
) -> dict[str, tuple[float, float]]:
    """Put the pieces beside each other: the largest above, the others in rows under it."""
    found: dict[str, tuple[float, float]] = {}
    width = left = top = height = 0.0
    for number, (piece, shape) in enumerate(pieces):
        xs, ys = [x for x, _ in shape], [y for _, y in shape]
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        if number == 0:
            width = max(wide, SPACE * ceil(sqrt(len(pieces))) * 2)
        elif number == 1 or left + wide > width:
            top, left, height = top + height + SPACE, 0.0, 0.0
        for node, (x, y) in zip(piece, shape, strict=True):
            found[node] = (x - min(xs) + left, y - min(ys) + top)
        left, height = left + wide + SPACE, max(height, high)
    return found


def _settle_newcomers(
    network: Network, known: Mapping[str, Spot]
) -> dict[str, tuple[float, float]]:
    """Place newcomers at the mean of their neighbours, then let only their surroundings move."""
    places = {node: (spot.x, spot.y) for node, spot in known.items()}
    waiting = [node for node in network.nodes if node not in places]
    bottom = max(y for _, y in places.values())
    moved = True
    while waiting and moved:
        moved = False
        for node in list(waiting):
            near = [places[other] for other in sorted(network.neighbours[node]) if other in places]
            if near:
                places[node] = _beside(near, len(places))
                waiting.remove(node)
                moved = True
    for number, node in enumerate(waiting):  # Linked to nobody that was there.
        places[node] = (SPACE * number, bottom + 2 * SPACE)
    return _relaxed(network, places, {node for node in network.nodes if node not in known})


def _beside(near: Sequence[tuple[float, float]], number: int) -> tuple[float, float]:
    """Return the mean of some spots, a little aside: else two newcomers stand on one another."""
    x = sum(x for x, _ in near) / len(near)
    y = sum(y for _, y in near) / len(near)
    angle = number * 2.4  # The golden angle: turns never repeat.
    away = SPACE if len(near) == 1 else SPACE / 4
    return x + away * cos(angle), y + away * sin(angle)


def _relaxed(
    network: Network, places: Mapping[str, tuple[float, float]], fresh: set[str]
) -> dict[str, tuple[float, float]]:
    """Let newcomers and their neighbours find room; the others push, but stay."""
    free = fresh | {
        other
        for node in fresh
        for other in network.neighbours[node]
        if network.degree(other) <= 2 * len(network.neighbours[node]) + 2
    }
    at = dict(places)
    for step in range(STEPS_LOCAL):
        reach = SPACE / 4 * (1 - step / STEPS_LOCAL)
        for node in sorted(free):
            dx, dy = _force(node, at, network)
            size = hypot(dx, dy)
            if size > 0:
                x, y = at[node]
                at[node] = (x + dx / size * min(size, reach), y + dy / size * min(size, reach))
    return at


def _force(
    node: str, at: Mapping[str, tuple[float, float]], network: Network
) -> tuple[float, float]:
    x, y = at[node]
    dx = dy = 0.0
    for other, (ox, oy) in at.items():
        if other == node:
            continue
        distance = max(hypot(x - ox, y - oy), 0.1)
        if distance < 3 * SPACE:
            push = SPACE * SPACE / distance / distance
            dx, dy = dx + (x - ox) * push / SPACE, dy + (y - oy) * push / SPACE
    for other in network.neighbours[node]:
        ox, oy = at[other]
        pull = hypot(x - ox, y - oy) / SPACE / SPACE
        dx, dy = dx + (ox - x) * pull, dy + (oy - y) * pull
    return dx, dy
