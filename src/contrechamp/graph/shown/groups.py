"""Communities: who belongs together, named by their main members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from contrechamp.graph.domain import Edge, Network, Node, Spot
from contrechamp.graph.domain.labels import short
from contrechamp.graph.domain.layout import communities, draw_together
from contrechamp.graph.queries import placed_word, positions, stamp
from contrechamp.graph.queries.loading import Kept, load

NAMED = 3
MOST_GROUPS = 60
SPREAD = 1.6
"""Groups are drawn so much farther apart than records: they are larger."""


@dataclass(frozen=True, slots=True)
class Group:
    """A community: its members that are most linked, and the node that names it in an address.

    Any member names it there, so that an address stays good when another one becomes the most
    linked.
    """

    key: str
    size: int
    names: tuple[str, ...]
    nodes: frozenset[str]

    @property
    def name(self) -> str:
        return ", ".join(short(name) for name in self.names[:2])

    @property
    def url(self) -> str:
        return f"/graphe?groupe={self.key}"


@dataclass(frozen=True, slots=True)
class Member:
    """A record of a group: how many links it has in it, and out of it."""

    node: Node
    within: int
    without: int


@dataclass(frozen=True, slots=True)
class Grouped:
    """The groups of a network, and how many links there are between each two."""

    groups: tuple[Group, ...]
    links: Mapping[tuple[str, str], int]

    def holding(self, node: str) -> Group | None:
        """Return the group of a node."""
        return next((group for group in self.groups if node in group.nodes), None)

    def beside(self, key: str) -> list[tuple[Group, int]]:
        """Return the groups that one is linked with, and by how many links, the most first."""
        found = [
            (group, self.links.get((min(key, group.key), max(key, group.key)), 0))
            for group in self.groups
            if group.key != key
        ]
        return sorted((pair for pair in found if pair[1]), key=lambda p: (-p[1], p[0].key))


def grouped(network: Network) -> Grouped:
    """Return the groups of a network; those of the whole are kept."""
    word, placed = stamp(), placed_word()
    if word and placed and network is load():
        return _WHOLE.get(f"{word} {placed}")
    return _grouped(network)


def _grouped(network: Network) -> Grouped:
    stored = positions()
    if stored.keys() >= network.nodes.keys():
        member: Mapping[str, int] = {key: stored[key].community for key in network.nodes}
    else:
        member = communities(network)
    parts: dict[int, list[str]] = {}
    for node, number in member.items():
        parts.setdefault(number, []).append(node)
    groups = sorted((_group(network, part) for part in parts.values()), key=_rank)
    home = {node: group.key for group in groups for node in group.nodes}
    links: Counter[tuple[str, str]] = Counter()
    for edge in network.edges.values():
        a, b = home[edge.source], home[edge.target]
        if a != b:
            links[min(a, b), max(a, b)] += 1
    return Grouped(tuple(groups), links)


_WHOLE = Kept(lambda: _grouped(load()))


def _rank(group: Group) -> tuple[int, str]:
    return -group.size, group.key


def _group(network: Network, part: list[str]) -> Group:
    order = sorted(part, key=lambda node: (-network.degree(node), node))
    names = tuple(network.nodes[node].name for node in order[:NAMED])
    return Group(order[0], len(part), names, frozenset(part))


def members(network: Network, group: Group) -> list[Member]:
    """Return who is in a group, the most linked within first."""
    found = []
    for node in group.nodes:
        near = network.neighbours[node]
        inner = len(near & group.nodes)
        found.append(Member(network.nodes[node], inner, len(near) - inner))
    return sorted(found, key=lambda m: (-m.within, -m.without, m.node.name, m.node.id))


def network_of(groups: Sequence[Group], links: Mapping[tuple[str, str], int]) -> Network:
    """Return groups as a network of their own."""
    keys = {group.key for group in groups}
    shown = [pair for pair in links if set(pair) <= keys]
    return Network.of(_nodes(groups), _edges(shown))


def spots_of(small: Network) -> dict[str, Spot]:
    """Return where groups stand: as their main members do in the whole."""
    stored = positions()
    start = {key: (stored[key].x, stored[key].y) for key in small.nodes if key in stored}
    return {
        key: Spot(x * SPREAD, y * SPREAD) for key, (x, y) in draw_together(small, start).items()
    }


def _nodes(groups: Sequence[Group]) -> Iterator[Node]:
    for group in groups:
        name = f"{short(group.names[0])} ({group.size})"
        yield Node(id=group.key, name=name, kind="group", url=group.url)


def _edges(links: Sequence[tuple[str, str]]) -> Iterator[Edge]:
    for a, b in links:
        yield Edge(
            id=f"{a}-{b}",
            source=a,
            target=b,
            relation="",
            is_symmetric=True,
            address=f"/graphe?groupe={a}",
        )
