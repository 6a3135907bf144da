"""Who else: what records have in common, and who is like one, made ready for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contrechamp.graph.domain import Edge, Network, Node, Spot
from contrechamp.graph.domain.near import (
    Alike,
    Route,
    Shared,
    alike,
    columns,
    in_common,
    picture_of,
)
from contrechamp.graph.queries import relation_label, with_sources

from .views import View

MOST_SHARED = 100
MOST_DRAWN = 24
NAMED = 6


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a route, read on from the record before."""

    edge: Edge
    label: str
    node: Node


@dataclass(frozen=True, slots=True)
class Line:
    """A record in common, with the routes from each of the given ones."""

    node: Node
    is_weak: bool
    sides: tuple[tuple[tuple[Step, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Twin:
    """A record that is like another one."""

    node: Node
    found: Alike
    shared: tuple[Node, ...]
    more: int

    @property
    def percent(self) -> int:
        return round(100 * self.found.jaccard)


@dataclass(frozen=True, slots=True)
class Meeting:
    """What records have in common."""

    given: tuple[Node, ...]
    lines: tuple[Line, ...]
    left: int
    view: View
    kinds: tuple[str, ...]
    """Kinds that occur among all that they have in common."""


def meeting(network: Network, given: Sequence[Node], kind: str = "") -> Meeting:
    """Return what records have in common: of one kind, if one is asked for."""
    ids = [node.id for node in given]
    found = in_common(network, ids)
    kinds = tuple(sorted({network.nodes[each.node].kind for each in found}))
    wanted = [each for each in found if not kind or network.nodes[each.node].kind == kind]
    shown = wanted[:MOST_SHARED]
    full = with_sources(picture_of(network, ids, shown))
    lines = tuple(_line(full, each, ids) for each in shown)
    drawn = picture_of(full, ids, shown[:MOST_DRAWN])
    places = columns(drawn, ids, shown[:MOST_DRAWN])
    view = View(network=drawn, spots={node: Spot(*at) for node, at in places.items()})
    return Meeting(tuple(given), lines, len(wanted) - len(shown), view, kinds)


def _line(network: Network, each: Shared, ids: Sequence[str]) -> Line:
    sides = tuple(
        tuple(_steps(network, route, start) for route in routes)
        for routes, start in zip(each.routes, ids, strict=True)
    )
    return Line(network.nodes[each.node], each.is_weak, sides)


def _steps(network: Network, route: Route, start: str) -> tuple[Step, ...]:
    found, at = [], start
    for edge in route:
        full, after = network.edges[edge.id], edge.other(at)
        found.append(Step(full, relation_label(full, seen_from=at), network.nodes[after]))
        at = after
    return tuple(found)


def twins(network: Network, node: Node) -> list[Twin]:
    """Return who is most like a record."""
    return [
        Twin(
            network.nodes[each.node],
            each,
            tuple(network.nodes[key] for key in each.shared[:NAMED]),
            max(len(each.shared) - NAMED, 0),
        )
        for each in alike(network, node.id)
    ]
