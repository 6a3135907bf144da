"""The ways from one record to another, the most telling first.

A way costs the `path_cost` of its relations and, for each record that it passes through, half
the binary logarithm of how many others that one is linked to: that two companies are among the
138 members of one association says little. Relations without a cost (a register of lobbyists)
are never used. Why: unweighted, Nice → IDEMIA runs over such a register, which says nothing.

Yen's algorithm, with the exact cost from each node to the goal as the guide of each search.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from math import inf, log2

from .network import Edge, Network

WEAK = 12.0
"""A way that costs more says little."""
MARGIN = 8.0
"""How much worse than the best a way may be, to be shown at all."""
GUIDED = 1.0
"""How far beyond the start the exact costs are computed."""

Nodes = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way: its nodes, and the edge of each step."""

    cost: float
    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]

    @property
    def is_weak(self) -> bool:
        return self.cost > WEAK


def ways(
    network: Network, start: str, goal: str, *, most: int = 5, avoid: Collection[str] = ()
) -> list[Way]:
    """Return up to so many ways, the cheapest first; none when nothing links the two."""
    if start == goal or start not in network.nodes or goal not in network.nodes:
        return []
    streets = _streets(network)
    number = streets.number
    closed = {number[node] for node in avoid if node in number} - {number[start], number[goal]}
    found = _Search(streets, number[start], number[goal], closed).best(most)
    return [streets.way(cost, nodes) for cost, nodes in found]


class _Streets:
    """A network made ready for many searches: numbers for nodes, and only the best edges."""

    def __init__(self, network: Network) -> None:
        self.ids = list(network.nodes)
        self.number = {node: n for n, node in enumerate(self.ids)}
        self.toll = [log2(max(network.degree(node), 1)) / 2 for node in self.ids]
        self._network = network
        self.out: list[dict[int, float]] = [{} for _ in self.ids]
        for edge in network.edges.values():
            if edge.cost is not None and edge.source != edge.target:
                a, b = self.number[edge.source], self.number[edge.target]
                if edge.cost < self.out[a].get(b, inf):
                    self.out[a][b] = self.out[b][a] = edge.cost

    def way(self, cost: float, nodes: Nodes) -> Way:
        ids = tuple(self.ids[node] for node in nodes)
        edges = tuple(self._best(a, b) for a, b in pairwise(ids))
        return Way(round(cost, 2), ids, edges)

    def _best(self, a: str, b: str) -> Edge:
        """Return the edge of a step: of several, the one that says most."""
        between = (
            edge for edge in self._network.around[a] if edge.cost is not None and edge.other(a) == b
        )
        return min(between, key=lambda edge: (edge.cost or 0.0, edge.id))


def _streets(network: Network) -> _Streets:
    """Return the streets of a network, made once: it never changes."""
    made: _Streets | None = network.__dict__.get("_streets")
    if made is None:
        made = network.__dict__["_streets"] = _Streets(network)
    return made


class _Search:
    def __init__(self, streets: _Streets, start: int, goal: int, closed: set[int]) -> None:
        self.out, self.toll = streets.out, streets.toll
        self.start, self.goal, self.closed = start, goal, closed
        self.guide, self.least = self._costs_to_goal()

    def best(self, most: int) -> list[tuple[float, Nodes]]:
        first = self._cheapest((self.start,), frozenset(), inf)
        found = [first] if first else []
        waiting: list[tuple[float, Nodes]] = []
        while found and len(found) < most:
            bound = found[0][0] + MARGIN
            if len(waiting) > most:
                bound = min(bound, waiting[most][0])
            for branch in self._branches(found, bound):
                if branch not in waiting and branch not in found:
                    waiting.append(branch)
            waiting.sort()
            if not waiting:
                break
            found.append(waiting.pop(0))
        return found

    def _branches(
        self, found: list[tuple[float, Nodes]], bound: float
    ) -> Iterator[tuple[float, Nodes]]:
        """Yield the best way that leaves the last one found at each of its nodes."""
        _, last = found[-1]
        for at in range(len(last) - 1):
            root = last[: at + 1]
            taken = frozenset(nodes[at + 1] for _, nodes in found if nodes[: at + 1] == root)
            if branch := self._cheapest(root, taken, bound):
                yield branch

    def _costs_to_goal(self) -> tuple[list[float], float]:
        """Return the cost from each node to the goal, and the least cost of those not looked at.

        It stops a little after the start is reached: beyond, a lower bound guides well enough.
        """
        out, toll, closed = self.out, self.toll, self.closed
        reached = [inf] * len(out)
        costs = [inf] * len(out)
        reached[self.goal] = 0.0
        queue = [(0.0, self.goal)]
        limit = inf
        while queue:
            cost, node = heappop(queue)
            if cost > reached[node]:
                continue
            if cost > limit:
                return costs, cost
            costs[node] = cost
            if node == self.start:
                limit = cost + GUIDED
                continue
            # The toll of a node is paid by who passes through it.
            passed = cost if node == self.goal else cost + toll[node]
            for other, step in out[node].items():
                new = passed + step
                if new < reached[other] and new <= limit and other not in closed:
                    reached[other] = new
                    heappush(queue, (new, other))
        return costs, limit

    def _cheapest(
        self, root: Nodes, taken: frozenset[int], bound: float
    ) -> tuple[float, Nodes] | None:
        """Return the cheapest way that begins as the root and goes on to none of the taken."""
        last = root[-1]
        known = dict.fromkeys(root, -1.0)  # Nothing comes back to the root.
        known[last] = self._cost(root)
        before: dict[int, int] = {}
        queue = [(0.0, known[last], last)]
        guide, least, closed, out = self.guide, self.least, self.closed, self.out
        while queue:
            _, cost, node = heappop(queue)
            if node == self.goal:
                return cost, root + _walked(before, last, node)
            if cost > known[node]:
                continue
            passed = cost if node == self.start else cost + self.toll[node]
            for other, step in out[node].items():
                new = passed + step
                ahead = new + (guide[other] if guide[other] < inf else least)
                if ahead > bound or new >= known.get(other, inf) or other in closed:
                    continue
                if ahead == inf or (node == last and other in taken):
                    continue
                known[other], before[other] = new, node
                heappush(queue, (ahead, new, other))
        return None

    def _cost(self, nodes: Nodes) -> float:
        steps = pairwise(nodes)
        return sum(self.out[a][b] for a, b in steps) + sum(self.toll[node] for node in nodes[1:-1])


def _walked(before: dict[int, int], first: int, last: int) -> Nodes:
    nodes = []
    while last != first:
        nodes.append(last)
        last = before[last]
    return tuple(reversed(nodes))
