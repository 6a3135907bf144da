"""What is seen of the graph: a picture, and the rows of the table under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext, ngettext

from contrechamp.foundation.vocabulary import label
from contrechamp.graph.domain import Edge, Network, Node, Spot, money
from contrechamp.graph.domain.drawing import Picture, draw, shape
from contrechamp.graph.domain.layout import draw_together
from contrechamp.graph.forms import KINDS, Ask
from contrechamp.graph.queries import positions, relation_label, sentence, with_sources
from contrechamp.kernel.errors import gettext_noop
from contrechamp.ui.templatetags.look import money as written

from .groups import MOST_GROUPS, Group, grouped, network_of, spots_of
from .sieve import Sieve

MOST_NODES = 300
"""More cannot be read: communities come first, or the nearest and most linked."""
MOST_DRAWN = 590
"""Nodes and edges together: more weighs over 20 kB, packed."""
MANY_EDGES = 200
"""From so many on, an edge says its relation only: its ends are beside it, and in the table."""
MOST_WEBGL, MOST_WHOLE = 5_000, 100_000
"""Edges that a browser draws: around one record, and of the whole. Above, groups are drawn."""
SMALL_FIELD = 4
"""Fewer records that belong together need no ground under them."""
KIND_LABELS = {
    "project": gettext_noop("projet"),
    "actor": gettext_noop("administration, entreprise ou association"),
    "technology": gettext_noop("technologie"),
    "contract": gettext_noop("marché ou subvention"),
    "place": gettext_noop("lieu"),
    "group": gettext_noop("groupe de fiches très liées"),
}
TAXES = {"excl": gettext_noop("hors taxes"), "incl": gettext_noop("taxes comprises")}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a relation, read from its first cell."""

    edge: Edge
    node: Node
    label: str
    other: Node
    amount: str


@dataclass(slots=True, kw_only=True)
class View:
    """What is seen of the graph."""

    network: Network
    spots: dict[str, Spot]
    centre: Node | None = None
    group: Group | None = None
    """Set when the members of one community are seen."""
    left_out: int = 0
    """How many nodes did not fit."""
    edges_left: int = 0
    groups: list[Group] = field(default_factory=list)
    """Set when communities are seen and not nodes."""
    links: Mapping[tuple[str, str], int] = field(default_factory=dict)
    fields: list[Group] = field(default_factory=list)
    """The communities of nodes that are seen."""
    behind: Network = field(default_factory=Network)
    """The records that the groups are made of."""
    with_money: bool = False

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
        return Row(edge, nodes[seen_from], words, nodes[edge.other(seen_from)], amount_text(edge))

    @property
    def title(self) -> str:
        """Return the sentence that says what the picture shows."""
        nodes, edges = len(self.network.nodes), len(self.network.edges)
        if self.groups:
            return ngettext(
                "{groups} groupe de fiches très liées entre elles",
                "{groups} groupes de fiches très liées entre elles",
                nodes,
            ).format(groups=nodes)
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
            say=self._say,
            widths=money.widths(self.network.edges) if self.with_money else None,
            fields=[group.nodes for group in self.fields],
        )

    def label(self, edge: Edge) -> str:
        """Return the words of an edge for a file: of groups, how many links it stands for."""
        if self.groups:
            return self._count(edge)
        return relation_label(edge)

    def _count(self, edge: Edge) -> str:
        number = self.links[edge.source, edge.target]
        return ngettext("{number} lien", "{number} liens", number).format(number=number)

    def _say(self, edge: Edge) -> str:
        is_short = len(self.network.edges) > MANY_EDGES
        said = relation_label(edge) if is_short else sentence(edge, self.network)
        amount = amount_text(edge) if self.with_money else ""
        return f"{said} : {amount}" if amount else said

    def _picture_of_groups(self) -> Picture:
        sizes = {group.key: group.size for group in self.groups}
        widths = {
            key: min(2 + self.links[edge.source, edge.target] // 3, 14)
            for key, edge in self.network.edges.items()
        }

        return draw(
            self.network, self.spots, title=self.title, say=self._count, sizes=sizes, widths=widths
        )

    @property
    def legend(self) -> list[tuple[str, str, str]]:
        """Return kind, shape and words of what is in the picture."""
        kinds = {node.kind for node in self.network.nodes.values()}
        return [
            (kind, shape(kind, 12, 12, 8), gettext(KIND_LABELS[kind]))
            for kind in (*KINDS, "group")
            if kind in kinds
        ]

    @property
    def money_legend(self) -> list[tuple[str, int]]:
        """Return three amounts with the width that each is drawn with."""
        found = money.samples(self.network.edges.values()) if self.with_money else []
        return [(written(round(amount, 2)), width) for amount, width in found]

    @property
    def money_kinds(self) -> str:
        """Return the kinds of the amounts that are seen, in words."""
        kinds = money.kinds(self.network.edges.values())
        return ", ".join(dict.fromkeys(_kind_text(kind, tax) for kind, tax in kinds))


def amount_text(edge: Edge) -> str:
    """Return an amount with what it is, or nothing."""
    if edge.amount is None:
        return ""
    kind = _kind_text(edge.amount_kind, edge.tax)
    return f"{written(edge.amount)} ({kind})" if kind else written(edge.amount)


def _kind_text(kind: str, tax: str) -> str:
    words = [label("amount_kinds", kind)] if kind else []
    if tax in TAXES:
        words.append(gettext(TAXES[tax]))
    return ", ".join(words)


def see(network: Network, ask: Ask, centre: Node | None, sieve: Sieve) -> View:
    """Return what an address asks to see of the graph."""
    view = _seen(network, ask, centre, sieve)
    view.with_money = ask.with_money and not view.groups
    if not view.groups:
        view.network = with_sources(view.network)
    return view


def _room(seen: Network) -> int:
    """Return how many edges can be drawn with so many nodes."""
    return MOST_DRAWN - len(seen.nodes)


def _seen(
    network: Network, ask: Ask, centre: Node | None, sieve: Sieve, most_edges: int = 0
) -> View:
    if centre is not None:
        seen, left = network.ego(centre.id, ask.depth, MOST_NODES, sieve.passes)
        seen, edges_left = seen.nearest(most_edges or _room(seen), centre.id)
        return View(
            network=seen,
            spots=around(seen),
            centre=centre,
            left_out=left,
            edges_left=edges_left,
        )
    seen = sieve.of(network)
    if ask.group:
        group = grouped(seen).holding(ask.group)
        view = _at_most(seen.only(group.nodes if group else ()))
        view.group = group
        return view
    if len(seen.nodes) > MOST_NODES:
        return _by_groups(seen)
    view = _at_most(seen)
    stored = positions()
    if seen is network and stored.keys() >= network.nodes.keys():
        view.spots = {key: stored[key] for key in seen.nodes}
        found = grouped(seen).groups
        view.fields = [group for group in found if group.size >= SMALL_FIELD]
    return view


def see_all(network: Network, ask: Ask, centre: Node | None, sieve: Sieve) -> View:
    """Return the same without a limit on nodes where the whole has a place: for WebGL."""
    if centre is not None:
        return _seen(network, ask, centre, sieve, MOST_WEBGL)
    seen = sieve.of(network)
    if ask.group:
        group = grouped(seen).holding(ask.group)
        seen = seen.only(group.nodes if group else ())
    if len(seen.edges) > MOST_WHOLE:
        return _by_groups(seen)
    stored = positions()
    if stored.keys() >= seen.nodes.keys():
        return View(network=seen, spots={key: stored[key] for key in seen.nodes})
    return _at_most(seen)


def _at_most(seen: Network) -> View:
    """Keep the most linked nodes when there are too many."""
    order = sorted(seen.nodes, key=lambda node: (-seen.degree(node), node))
    kept = seen.only(order[:MOST_NODES]) if len(order) > MOST_NODES else seen
    kept, edges_left = kept.nearest(_room(kept))
    left = max(len(order) - MOST_NODES, 0)
    return View(network=kept, spots=around(kept), left_out=left, edges_left=edges_left)


def around(seen: Network) -> dict[str, Spot]:
    """Lay out a few nodes from where they stand in the whole, so that left stays left."""
    stored = positions()
    start = {key: (stored[key].x, stored[key].y) for key in seen.nodes if key in stored}
    return {
        key: Spot(round(x, 1), round(y, 1)) for key, (x, y) in draw_together(seen, start).items()
    }


def _by_groups(network: Network) -> View:
    found = grouped(network)
    shown = found.groups[:MOST_GROUPS]
    small = network_of(shown, found.links)
    return View(
        network=small,
        spots=spots_of(small),
        groups=list(shown),
        links=found.links,
        left_out=sum(group.size for group in found.groups[MOST_GROUPS:]),
        behind=network,
    )
