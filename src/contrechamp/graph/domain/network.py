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
    url: str = ""
    evidence: tuple[Source, ...] = ()

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
        return Network(
            {key: node for key, node in self.nodes.items() if key in ids},
            {
                key: edge
                for key, edge in self.edges.items()
                if edge.source in ids and edge.target in ids
            },
        )

    def ego(self, centre: str, depth: int, most: int) -> tuple[Network, int]:
        """Return what lies within some steps of a node, and how many nodes that did not fit.

        The nearest are kept, and among these the most linked. At depth 1 only the edges of the
        centre are shown among more than a few: who knows whom is the next step.
        """
        ranks = self.distances(centre, depth)
        order = sorted(ranks, key=lambda node: (ranks[node], -self.degree(node), node))
        return self.only(set(order[:most])), max(len(order) - most, 0)

    def distances(self, centre: str, depth: int) -> dict[str, int]:
        """Return how many steps away each node within some steps is."""
        found, border = {centre: 0}, [centre]
        for step in range(1, depth + 1):
            border = [
                other
                for node in border
                for other in sorted(self.neighbours.get(node, ()))
                if found.setdefault(other, step) == step
            ]
            border = list(dict.fromkeys(border))
        return found

    def components(self) -> list[list[str]]:
        """Return the pieces that are not linked with each other, the largest first."""
        seen: set[str] = set()
        pieces = []
        for node in self.nodes:
            if node not in seen:
                piece = sorted(self.distances(node, len(self.nodes)))
                seen.update(piece)
                pieces.append(piece)
        return sorted(pieces, key=lambda piece: (-len(piece), piece))
