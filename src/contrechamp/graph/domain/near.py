"""Who else: what several records have in common, and who is linked to most of the same.

Two towns are rarely linked to one company in one step: each buys by a contract of its own. So a
record *meets* its neighbours, and whom it reaches through one contract or one project: these stand
for what happened between those who took part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from .forces import Point
from .network import Edge, Network
from .paths import WEAK

BETWEEN = frozenset({"contract", "project"})
"""Kinds that stand between those who took part."""
MOST_ROUTES = 3
FEW = 3
"""With fewer in common, being alike says little."""

ACROSS, DOWN = 100.0, 22.0
"""Between the columns and the rows of the picture, in units of the drawing."""

Route = tuple[Edge, ...]
"""One edge, or two with a contract or project between them."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A record that all the given ones meet, and by which relations each does."""

    node: str
    cost: float
    routes: tuple[tuple[Route, ...], ...]
    """For each of the given records, the best ways to it."""

    @property
    def is_weak(self) -> bool:
        return self.cost > WEAK


@dataclass(frozen=True, slots=True)
class Alike:
    """A record that meets many of those that another meets."""

    node: str
    score: float
    """Adamic-Adar: the sum, over those in common, of 1 / log2 of how many each of them meets."""
    jaccard: float
    """Those in common among all that either meets, 0 to 1."""
    shared: tuple[str, ...]

    @property
    def is_doubtful(self) -> bool:
        return len(self.shared) < FEW


def meets(network: Network, node: str) -> dict[str, list[Route]]:
    """Return whom a record meets, and by which routes."""
    found: dict[str, list[Route]] = defaultdict(list)
    for edge in network.around.get(node, ()):
        other = edge.other(node)
        if other == node or edge.cost is None:
            continue
        found[other].append((edge,))
        if network.nodes[other].kind in BETWEEN:
            for following in network.around[other]:
                end = following.other(other)
                if end not in (node, other) and following.cost is not None:
                    found[end].append((edge, following))
    return found


def in_common(network: Network, nodes: Sequence[str]) -> list[Shared]:
    """Return whom all these records meet, what says most first.

    What is linked to everybody says little: half the binary logarithm of how many others a record
    is linked to counts against it, as on a path.
    """
    given = [node for node in dict.fromkeys(nodes) if node in network.nodes]
    if len(given) < 2:
        return []
    met = [meets(network, node) for node in given]
    everywhere = set(met[0]).intersection(*met[1:]) - set(given)
    found = []
    for node in everywhere:
        routes = tuple(_best(each[node]) for each in met)
        toll = log2(max(network.degree(node), 1)) / 2
        cost = sum(_cost(each[0]) for each in routes) + toll
        found.append(Shared(node, round(cost, 2), routes))
    return sorted(found, key=lambda each: (each.cost, network.nodes[each.node].name, each.node))


def _best(routes: Sequence[Route]) -> tuple[Route, ...]:
    order = sorted(routes, key=lambda route: (_cost(route), [edge.id for edge in route]))
    return tuple(order[:MOST_ROUTES])


def _cost(route: Route) -> float:
    return sum(edge.cost or 0.0 for edge in route)


def alike(network: Network, node: str, most: int = 20) -> list[Alike]:
    """Return the records of the same kind that meet most of those that this one meets.

    Adamic and Adar, Friends and neighbors on the web, Social Networks 25 (2003): who is met by few
    weighs more.
    """
    if node not in network.nodes:
        return []
    kind = network.nodes[node].kind
    own = set(meets(network, node))
    scores: dict[str, float] = defaultdict(float)
    common: dict[str, list[str]] = defaultdict(list)
    for middle in sorted(own):
        theirs = _met(network, middle)
        weight = 1 / log2(max(len(theirs), 2))
        for other in theirs:
            if other != node and network.nodes[other].kind == kind:
                scores[other] += weight
                common[other].append(middle)
    best = sorted(scores, key=lambda other: (-scores[other], other))[:most]
    return [
        Alike(
            other,
            round(scores[other], 3),
            round(len(common[other]) / len(own | _met(network, other)), 3),
            _telling(network, common[other]),
        )
        for other in best
    ]


def _met(network: Network, node: str) -> set[str]:
    """Return whom a record meets, kept for each network: it never changes."""
    kept: dict[str, set[str]] = network.__dict__.setdefault("_met", {})
    if node not in kept:
        if len(kept) > 20_000:
            kept.clear()
        kept[node] = set(meets(network, node))
    return kept[node]


def _telling(network: Network, nodes: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(nodes, key=lambda node: (network.degree(node), node)))


def picture_of(network: Network, given: Sequence[str], shared: Sequence[Shared]) -> Network:
    """Return the given records, what they have in common, and the edges between them."""
    edges = {edge.id: edge for edge in _edges(shared)}
    ends = {end for edge in edges.values() for end in (edge.source, edge.target)} | set(given)
    nodes: Mapping[str, object] = network.nodes
    kept = {key: network.nodes[key] for key in sorted(ends) if key in nodes}
    return Network(kept, {key: edges[key] for key in sorted(edges)})


def _edges(shared: Sequence[Shared]) -> Iterator[Edge]:
    for each in shared:
        for routes in each.routes:
            for route in routes:
                yield from route


def columns(network: Network, given: Sequence[str], shared: Sequence[Shared]) -> dict[str, Point]:
    """Return where the nodes of such a picture stand: what is shared between the given ones.

    Of two, one stands at the left and one at the right; of more, all stand at the left.
    """
    ends = list(given)
    middle = [each.node for each in shared]
    known = set(ends) | set(middle)
    between = [node for node in network.nodes if node not in known]
    right = ends[1:] if len(ends) == 2 else []
    left = [node for node in ends if node not in right]
    near_right = {
        edge.other(node) for node in right for edge in network.around.get(node, ())
    } & set(between)
    beside = [node for node in between if node not in near_right]
    rows: list[list[str]] = [left, _ordered(network, beside, middle), middle]
    if right:
        rows += [_ordered(network, sorted(near_right), middle), right]
    filled = [row for row in rows if row]
    most = max(len(row) for row in filled)
    return {
        node: (ACROSS * n, DOWN * (most - 1) * (k + 0.5) / len(row))
        for n, row in enumerate(filled)
        for k, node in enumerate(row)
    }


def _ordered(network: Network, nodes: Sequence[str], middle: Sequence[str]) -> list[str]:
    """Return nodes in the order of those in the middle that they lead to."""
    rank = {node: n for n, node in enumerate(middle)}

    def key(node: str) -> tuple[int, str]:
        ends = [rank[e.other(node)] for e in network.around[node] if e.other(node) in rank]
        return min(ends, default=len(rank)), node

    return sorted(nodes, key=key)
