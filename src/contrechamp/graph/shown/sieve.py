"""Which edges an address asks for: relation, kind, status, period, technology, territory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from contrechamp.census import published
from contrechamp.graph.domain import Edge, Network
from contrechamp.graph.domain.near import BETWEEN
from contrechamp.graph.forms import Ask
from contrechamp.places import queries as places

MOST_TOWNS = 12


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory that is asked for."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Sieve:
    """What passes, and what was understood of the territory that was typed."""

    passes: Callable[[Edge], bool] | None = None
    """None: everything."""
    territory: Territory | None = None
    candidates: list[Territory] = field(default_factory=list)
    """What a name may mean that means several."""

    def of(self, network: Network, keep: str = "") -> Network:
        """Return what passes of a network."""
        if self.passes is None:
            return network
        return network.filtered(edges=self.passes, keep={keep} if keep else ())


def sieve_of(network: Network, ask: Ask, centre: str = "") -> Sieve:
    """Return what an address lets pass. Both ends must be of a kind asked for, or the centre."""
    if not ask.is_filtered:
        return Sieve()
    found, candidates = _territory(ask.territory)
    within = None
    if ask.territory:
        # A territory that is not known, or not decided yet, holds nothing.
        within = inside(network, found.key) if found else set()
    core = _core(network, ask.technology)

    def passes(edge: Edge) -> bool:
        return (
            (not ask.relations or edge.relation in ask.relations)
            and (not ask.statuses or edge.status in ask.statuses)
            and (edge.is_dated or ask.with_undated)
            and edge.holds_in(ask.first, ask.last)
            and (core is None or edge.source in core or edge.target in core)
            and (within is None or edge.source in within or edge.target in within)
            and (
                not ask.kinds
                or all(
                    end == centre or network.nodes[end].kind in ask.kinds
                    for end in (edge.source, edge.target)
                )
            )
        )

    return Sieve(passes, found, candidates)


def _core(network: Network, technology: str) -> set[str] | None:
    """Return a technology and what stands for its use: its projects and contracts."""
    if not technology:
        return None
    near = network.neighbours.get(technology, set())
    return {technology} | {node for node in near if network.nodes[node].kind in BETWEEN}


def _territory(text: str) -> tuple[Territory | None, list[Territory]]:
    if not text:
        return None, []
    if row := places.find_territory(text):
        return Territory(row.key, row.name), []
    rows = places.search_territories(text, MOST_TOWNS)
    found = [Territory(row.key, row.name) for row in rows if row.kind != "country"]
    same = [one for one, row in zip(found, rows, strict=False) if row.name == text]
    if len(found) == 1 or len(same) == 1:
        return (same or found)[0], []
    return None, found


def inside(network: Network, key: str) -> set[str]:
    """Return the nodes that are in a territory, or in what lies inside it."""
    if key.startswith("country:"):
        return set(network.nodes)
    used = {node.territory for node in network.nodes.values() if node.territory}
    keys = set(places.inside(key).values_list("key", flat=True)) & (used | {key})
    return published.ids_in(sorted(keys)) & network.nodes.keys()
