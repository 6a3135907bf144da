"""Forces and communities, computed by igraph. The one place that knows it.

Its chance is seeded before each call, so that the same graph has the same picture everywhere.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from math import cos, pi, sin, sqrt

import igraph

from .network import Network

Point = tuple[float, float]
SEED = 7
STEPS, STEPS_VIEW = 400, 150
MANY = 400
"""From so many nodes on only those that are near push each other: the rest costs too much."""
ITERATIONS = 6


class Shape:
    """A graph of numbers 0 … n-1, without directions and parallel edges."""

    def __init__(self, graph: igraph.Graph) -> None:
        self._graph = graph

    @classmethod
    def of(cls, network: Network, nodes: Sequence[str]) -> Shape:
        """Make it of some nodes of a network, numbered in their order."""
        index = {node: number for number, node in enumerate(nodes)}
        pairs = set()
        for edge in network.edges.values():
            a, b = index.get(edge.source, -1), index.get(edge.target, -1)
            if a != b and a >= 0 and b >= 0:
                pairs.add((min(a, b), max(a, b)))
        return cls(igraph.Graph(n=len(nodes), edges=sorted(pairs)))

    def __len__(self) -> int:
        return int(self._graph.vcount())

    @property
    def pairs(self) -> list[tuple[int, int]]:
        return list(self._graph.get_edgelist())

    def part(self, nodes: Sequence[int]) -> Shape:
        """Return the graph of some nodes (ascending), numbered anew in their order."""
        return Shape(self._graph.induced_subgraph(nodes))

    def communities(self, before: Sequence[int] | None = None) -> tuple[list[list[int]], float]:
        """Return who belongs together (Leiden), the largest first, and the modularity.

        It starts from the communities that were, if any, so that few change their side.
        """
        _seed()
        found = self._graph.community_leiden(
            objective_function="modularity",
            n_iterations=ITERATIONS,
            initial_membership=list(before) if before else None,
        )
        parts = sorted((list(part) for part in found), key=lambda part: (-len(part), part))
        return [part for part in parts if part], float(found.modularity or 0.0)

    def pushed(self, start: Sequence[Point] | None = None) -> list[Point]:
        """Return places by forces (Fruchterman-Reingold), from where they stood, if anywhere."""
        number = len(self)
        _seed()
        layout = self._graph.layout_fruchterman_reingold(
            niter=STEPS_VIEW if start else STEPS,
            seed=list(start) if start else None,
            start_temp=sqrt(number) / (2 if start else 1),
            grid=number > MANY,
        )
        return [(float(x), float(y)) for x, y in layout.coords]


def links_between(
    pairs: Sequence[tuple[int, int]], member: Mapping[int, int]
) -> Counter[tuple[int, int]]:
    """Count the edges between each two groups."""
    found: Counter[tuple[int, int]] = Counter()
    for a, b in pairs:
        one, two = member[a], member[b]
        if one != two:
            found[min(one, two), max(one, two)] += 1
    return found


def circle(number: int) -> list[Point]:
    """Return so many points on a circle, about one unit from each other."""
    turn, radius = 2 * pi / max(number, 1), sqrt(number)
    return [(radius * cos(turn * n), radius * sin(turn * n)) for n in range(number)]


def _seed() -> None:
    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311  a picture, no secret
