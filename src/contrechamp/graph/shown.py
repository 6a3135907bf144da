"""A part of the graph, made ready to be seen: the picture, and the table with the same rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext, ngettext

from contrechamp.kernel.errors import gettext_noop

from .domain import Edge, Network, Node, Spot
from .domain.drawing import Picture, draw, shape
from .domain.layout import communities, draw_together
from .forms import KINDS, Ask
from .queries import positions, relation_label, sentence

MOST_NODES = 300
"""More cannot be read: communities come first, or the nearest and most linked."""
NAMED = 3
KIND_LABELS = {
    "project": gettext_noop("projet"),
    "actor": gettext_noop("administration, entreprise ou association"),
    "technology": gettext_noop("technologie"),
    "contract": gettext_noop("marché ou subvention"),
    "place": gettext_noop("lieu"),
    "group": gettext_noop("groupe de fiches très liées"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a relation, read from its first cell."""

    edge: Edge
    node: Node
    label: str
    other: Node


@dataclass(frozen=True, slots=True)
class Group:
    """A community: its members that are most linked, and the node that names it in an address."""

    key: str
    size: int
    names: tuple[str, ...]
    nodes: frozenset[str]


@dataclass(slots=True, kw_only=True)
class View:
    """What is seen of the graph."""

    network: Network
    spots: dict[str, Spot]
    centre: Node | None = None
    left_out: int = 0
    groups: list[Group] = field(default_factory=list)
    """Set when communities are seen and not nodes."""
    links: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def rows(self) -> list[Row]:
        """Return the table's lines: those of the centre first, read from it."""
        rows = [self._row(edge) for edge in self.network.edges.values()]
        centre = self.centre.id if self.centre else ""
        return sorted(
            rows,
            key=lambda row: (
                row.node.id != centre,
                row.node.name.casefold(),
                row.label,
                row.other.name.casefold(),
                row.edge.id,
            ),
        )

    def _row(self, edge: Edge) -> Row:
        seen_from = edge.source
        if self.centre and self.centre.id in (edge.source, edge.target):
            seen_from = self.centre.id
        nodes = self.network.nodes
        words = relation_label(edge, seen_from=seen_from)
        return Row(edge, nodes[seen_from], words, nodes[edge.other(seen_from)])

    @property
    def title(self) -> str:
        """Return the sentence that says what the picture shows."""
        nodes, edges = len(self.network.nodes), len(self.network.edges)
        if self.groups:
            return gettext("{groups} groupes de fiches très liées entre elles").format(groups=nodes)
        what = ngettext("{nodes} fiche", "{nodes} fiches", nodes).format(nodes=nodes)
        links = ngettext("{edges} lien", "{edges} liens", edges).format(edges=edges)
        if self.centre:
            return gettext("{what} et {links} autour de {name}").format(
                what=what, links=links, name=self.centre.name
            )
        return gettext("{what} et {links}").format(what=what, links=links)

    def picture(self) -> Picture:
        """Return the drawing."""
        if self.groups:
            return self._picture_of_groups()
        return draw(
            self.network,
            self.spots,
            title=self.title,
            centre=self.centre.id if self.centre else "",
            say=lambda edge: sentence(edge, self.network),
        )

    def _picture_of_groups(self) -> Picture:
        sizes = {group.key: group.size for group in self.groups}
        widths = {
            key: min(2 + self.links[edge.source, edge.target] // 3, 14)
            for key, edge in self.network.edges.items()
        }

        def say(edge: Edge) -> str:
            number = self.links[edge.source, edge.target]
            return ngettext("{number} lien", "{number} liens", number).format(number=number)

        return draw(self.network, self.spots, title=self.title, say=say, sizes=sizes, widths=widths)

    @property
    def legend(self) -> list[tuple[str, str, str]]:
        """Return kind, shape and words of what is in the picture."""
        kinds = {node.kind for node in self.network.nodes.values()}
        return [
            (kind, shape(kind, 12, 12, 8), gettext(KIND_LABELS[kind]))
            for kind in (*KINDS, "group")
            if kind in kinds
        ]


def see(network: Network, ask: Ask, centre: Node | None) -> View:
    """Return what an address asks to see of the graph."""
    seen = _filtered(network, ask, centre)
    if centre is not None:
        seen, left = seen.ego(centre.id, ask.depth, MOST_NODES)
        return View(network=seen, spots=_around(seen), centre=centre, left_out=left)
    if ask.group:
        members = next((g.nodes for g in groups_of(seen) if ask.group in g.nodes), frozenset())
        return _at_most(seen.only(members))
    if len(seen.nodes) > MOST_NODES:
        return _by_groups(seen)
    if seen.nodes == network.nodes and not ask.is_filtered:
        stored = positions()
        if stored.keys() >= network.nodes.keys():
            return View(network=seen, spots={key: stored[key] for key in seen.nodes})
    return _at_most(seen)


def _filtered(network: Network, ask: Ask, centre: Node | None) -> Network:
    def has_edge(edge: Edge) -> bool:
        return (
            (not ask.relations or edge.relation in ask.relations)
            and (not ask.statuses or edge.status in ask.statuses)
            and (edge.is_dated or ask.with_undated)
            and edge.holds_in(ask.first, ask.last)
        )

    seen = network
    if ask.technology:
        seen = seen.only(set(seen.distances(ask.technology, 1)) & set(seen.nodes))
    if not (ask.relations or ask.statuses or ask.kinds or ask.first or ask.last):
        return seen
    return seen.filtered(
        edges=has_edge,
        nodes=lambda node: not ask.kinds or node.kind in ask.kinds,
        keep={centre.id} if centre else (),
    )


def _at_most(seen: Network) -> View:
    """Keep the most linked nodes when there are too many."""
    order = sorted(seen.nodes, key=lambda node: (-seen.degree(node), node))
    kept = seen.only(set(order[:MOST_NODES]))
    return View(network=kept, spots=_around(kept), left_out=max(len(order) - MOST_NODES, 0))


def _around(seen: Network) -> dict[str, Spot]:
    """Lay out a few nodes from where they stand in the whole, so that left stays left."""
    stored = positions()
    start = {key: (stored[key].x, stored[key].y) for key in seen.nodes if key in stored}
    return {
        key: Spot(round(x, 1), round(y, 1)) for key, (x, y) in draw_together(seen, start).items()
    }


def groups_of(network: Network) -> list[Group]:
    """Return the communities, as they are stored, or found now if some node is new."""
    stored = positions()
    if stored.keys() >= network.nodes.keys():
        member: Mapping[str, int] = {key: stored[key].community for key in network.nodes}
    else:
        member = communities(network)
    parts: dict[int, list[str]] = {}
    for node, number in member.items():
        parts.setdefault(number, []).append(node)
    return sorted(
        (_group(network, part) for part in parts.values()), key=lambda g: (-g.size, g.key)
    )


def _group(network: Network, part: list[str]) -> Group:
    order = sorted(part, key=lambda node: (-network.degree(node), node))
    names = tuple(network.nodes[node].name for node in order[:NAMED])
    return Group(order[0], len(part), names, frozenset(part))


def _by_groups(network: Network) -> View:
    groups = groups_of(network)
    home = {node: group.key for group in groups for node in group.nodes}
    links = Counter(
        (min(a, b), max(a, b))
        for edge in network.edges.values()
        if (a := home[edge.source]) != (b := home[edge.target])
    )
    small = Network.of(_group_nodes(groups), _group_edges(links))
    stored = positions()
    start = {
        group.key: (stored[group.key].x, stored[group.key].y)
        for group in groups
        if group.key in stored
    }
    spots = {key: Spot(x * 1.6, y * 1.6) for key, (x, y) in draw_together(small, start).items()}
    return View(network=small, spots=spots, groups=groups, links=links)


def _group_nodes(groups: list[Group]) -> Iterator[Node]:
    for group in groups:
        name = f"{group.names[0]} ({group.size})"
        yield Node(id=group.key, name=name, kind="group", url=f"/graphe?groupe={group.key}")


def _group_edges(links: Counter[tuple[str, str]]) -> Iterator[Edge]:
    for a, b in links:
        yield Edge(
            id=f"{a}-{b}",
            source=a,
            target=b,
            relation="",
            is_symmetric=True,
            url=f"/graphe?groupe={a}",
        )
