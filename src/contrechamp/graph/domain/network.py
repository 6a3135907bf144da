"""The published census as a network: who is linked to whom, how, when, and by which evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A published record."""

    id: str
    name: str
    kind: str
    type: str = ""
    url: str = ""
    territory: str = ""
    codes: tuple[str, ...] = ()
    """Official numbers, as `siren:210600888`."""
    aliases: tuple[str, ...] = ()
    """Other names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What shows a relation: where to read it, and its words."""

    url: str
    quote: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A published relation. Its direction is its meaning: `source` supplies `target`."""

    id: str
    source: str
    target: str
    relation: str
    cost: float | None = 1.0
    """How weak a link it is on a path; None: never on one."""
    is_symmetric: bool = False
    status: str = ""
    from_text: str = ""
    to_text: str = ""
    earliest: date | None = None
    latest: date | None = None
    amount: str | None = None
    amount_kind: str = ""
    tax: str = ""
    address: str = ""
    """Where it leads, when it is not a fact."""
    evidence: tuple[Source, ...] = ()

    @property
    def url(self) -> str:
        return self.address or f"/fait/{self.id}"

    def other(self, node: str) -> str:
        """Return the end that is not this one."""
        return self.target if node == self.source else self.source

    @property
    def is_dated(self) -> bool:
        return self.earliest is not None or self.latest is not None

    def holds_in(self, first: int | None, last: int | None) -> bool:
        """Answer whether its time and those years overlap, as far as its dates say."""
        too_late = self.earliest is not None and last is not None and self.earliest.year > last
        too_early = self.latest is not None and first is not None and self.latest.year < first
        return not (too_late or too_early)


@dataclass(frozen=True)
class Network:
    """Nodes and edges. Edges whose end is not a node are not in it."""

    nodes: Mapping[str, Node] = field(default_factory=dict)
    edges: Mapping[str, Edge] = field(default_factory=dict)

    @classmethod
    def of(cls, nodes: Iterable[Node], edges: Iterable[Edge]) -> Network:
        """Make a network, in an order that depends on nothing but what is in it."""
        by_id = {node.id: node for node in sorted(nodes, key=lambda node: node.id)}
        kept = (edge for edge in edges if edge.source in by_id and edge.target in by_id)
        return cls(by_id, {edge.id: edge for edge in sorted(kept, key=lambda edge: edge.id)})

    @cached_property
    def around(self) -> Mapping[str, list[Edge]]:
        """Return the edges at each node."""
        found: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges.values():
            found[edge.source].append(edge)
            if edge.target != edge.source:
                found[edge.target].append(edge)
        return found

    @cached_property
    def neighbours(self) -> Mapping[str, set[str]]:
        """Return the nodes linked to each node."""
        return {
            node: {edge.other(node) for edge in self.around.get(node, ())} - {node}
            for node in self.nodes
        }

    def degree(self, node: str) -> int:
        """Return to how many others a node is linked."""
        return len(self.neighbours.get(node, ()))

    def filtered(
        self,
        *,
        edges: Callable[[Edge], bool] = lambda edge: True,
        nodes: Callable[[Node], bool] = lambda node: True,
        keep: Collection[str] = (),
    ) -> Network:
        """Return what passes; a node that loses all its edges goes, unless it is to be kept."""
        fit = {key for key, node in self.nodes.items() if key in keep or nodes(node)}
        left = {
            key: edge
            for key, edge in self.edges.items()
            if edge.source in fit and edge.target in fit and edges(edge)
        }
        linked = {end for edge in left.values() for end in (edge.source, edge.target)}
        return Network({k: n for k, n in self.nodes.items() if k in linked or k in keep}, left)

    def only(self, ids: Collection[str]) -> Network:
        """Return these nodes and the edges among them."""
        wanted = {node for node in ids if node in self.nodes}
        edges = {
            edge.id: edge
            for node in wanted
            for edge in self.around.get(node, ())
            if edge.source in wanted and edge.target in wanted
        }
        return Network(
            {node: self.nodes[node] for node in sorted(wanted)},
            {key: edges[key] for key in sorted(edges)},
        )

    def ego(
        self, centre: str, depth: int, most: int, passes: Callable[[Edge], bool] | None = None
    ) -> tuple[Network, int]:
        """Return what lies within some steps of a node, and how many nodes that did not fit.

        The nearest are kept, and among these the most linked. Only edges that pass are walked
        and shown: the rest of a large network is not looked at.
        """
        ranks = self.distances(centre, depth, passes)
        order = sorted(ranks, key=lambda node: (ranks[node], -self.degree(node), node))
        near = self.only(order[:most])
        if passes is not None:
            near = Network(near.nodes, {k: e for k, e in near.edges.items() if passes(e)})
        return near, max(len(order) - most, 0)

    def distances(
        self, centre: str, depth: int, passes: Callable[[Edge], bool] | None = None
    ) -> dict[str, int]:
        """Return how many steps away each node within some steps is."""
        found, border = {centre: 0}, [centre]
        for step in range(1, depth + 1):
            reached: list[str] = []
            for node in border:
                for other in sorted(self._beside(node, passes)):
                    if other not in found:
                        found[other] = step
                        reached.append(other)
            border = reached
            if not border:
                break
        return found

    def _beside(self, node: str, passes: Callable[[Edge], bool] | None) -> set[str]:
        if passes is None:
            return self.neighbours.get(node, set())
        return {edge.other(node) for edge in self.around.get(node, ()) if passes(edge)} - {node}

    def reached(self, start: str) -> set[str]:
        """Return every node that is linked to one, over however many steps."""
        found, border = {start}, [start]
        while border:
            fresh = self.neighbours[border.pop()] - found
            found |= fresh
            border.extend(fresh)
        return found

    def nearest(self, most: int, centre: str = "") -> tuple[Network, int]:
        """Return the same nodes with at most so many edges, and how many were left out.

        Kept first: those of the centre, then the best of each node, so that none hangs in the air;
        then those that say most.
        """
        if len(self.edges) <= most:
            return self, 0
        order = sorted(
            self.edges.values(),
            key=lambda edge: (
                centre not in (edge.source, edge.target),
                99.0 if edge.cost is None else edge.cost,
                self.degree(edge.source) + self.degree(edge.target),
                edge.id,
            ),
        )
        kept: dict[str, Edge] = {}
        alone = set(self.nodes)
        for edge in order:
            if edge.source in alone or edge.target in alone:
                kept[edge.id] = edge
                alone -= {edge.source, edge.target}
        for edge in order:
            if len(kept) >= most:
                break
            kept.setdefault(edge.id, edge)
        chosen = {edge.id for edge in list(kept.values())[: max(most, 0)]}
        edges = {key: edge for key, edge in self.edges.items() if key in chosen}
        return Network(self.nodes, edges), len(self.edges) - len(edges)

    def components(self) -> list[list[str]]:
        """Return the pieces that are not linked with each other, the largest first."""
        seen: set[str] = set()
        pieces = []
        for node in self.nodes:
            if node not in seen:
                piece = sorted(self.reached(node))
                seen.update(piece)
                pieces.append(piece)
        return sorted(pieces, key=lambda piece: (-len(piece), piece))
