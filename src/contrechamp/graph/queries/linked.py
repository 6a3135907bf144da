"""How records are linked: the ways between two of them, each edge with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from contrechamp.graph.domain import Network, Node, Way, ways
from contrechamp.graph.domain.network import Edge

from .loading import relation_label, with_sources


@dataclass(frozen=True, slots=True)
class Paths:
    """The ways between two records, and the network that they run through."""

    start: Node
    goal: Node
    network: Network
    strong: tuple[Way, ...]
    weak: tuple[Way, ...]

    @property
    def all(self) -> tuple[Way, ...]:
        return self.strong + self.weak


def find_paths(
    start: Node,
    goal: Node,
    network: Network,
    *,
    most: int = 5,
    avoid: Sequence[str] = (),
    at: int | None = None,
) -> Paths:
    """Return up to so many ways between two records; those that say little apart.

    With a year, what is dated and was not so in that year is left out; what is undated stays.
    """
    seen = network
    if at is not None:
        seen = network.filtered(edges=lambda edge: edge.holds_in(at, at), keep=network.nodes)
    found = _sourced(ways(seen, start.id, goal.id, most=most, avoid=avoid), seen)
    return Paths(
        start,
        goal,
        seen,
        tuple(way for way in found if not way.is_weak),
        tuple(way for way in found if way.is_weak),
    )


def _sourced(found: Sequence[Way], network: Network) -> list[Way]:
    """Return the ways with the words and the sources of each step."""
    edges = {edge.id: edge for way in found for edge in way.edges}
    full = with_sources(Network(network.nodes, edges)).edges
    return [replace(way, edges=tuple(full[edge.id] for edge in way.edges)) for way in found]


def contract(paths: Paths) -> dict[str, Any]:
    """Return the ways as the command line and `/graphe/chemin.json` promise them."""
    return {
        "from": _end(paths.start),
        "to": _end(paths.goal),
        "paths": [
            {
                "cost": way.cost,
                "weak": way.is_weak,
                "nodes": [
                    {**_end(paths.network.nodes[node]), "url": paths.network.nodes[node].url}
                    for node in way.nodes
                ],
                "edges": [
                    _step(edge, node) for edge, node in zip(way.edges, way.nodes, strict=False)
                ],
            }
            for way in paths.all
        ],
    }


def _end(node: Node) -> dict[str, Any]:
    return {"id": node.id, "name": node.name, "kind": node.kind}


def _step(edge: Edge, node: str) -> dict[str, Any]:
    return {
        "id": edge.id,
        "relation": edge.relation,
        "label": relation_label(edge, seen_from=node),
        "direction": "forward" if edge.source == node else "backward",
        "source": edge.source,
        "target": edge.target,
        "from": edge.from_text or None,
        "to": edge.to_text or None,
        "amount": edge.amount,
        "status": edge.status,
        "evidence": [{"url": each.url, "quote": each.quote} for each in edge.evidence],
    }
