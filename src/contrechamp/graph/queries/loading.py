"""The public graph, read from the published census alone, and where its nodes stand.

The whole is read as lean lines, once per change and process. Words and sources are read for what
is shown only.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from sys import intern
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db import connection

from contrechamp.census import published
from contrechamp.census.services.bundles import whole_bundle
from contrechamp.foundation.vocabulary import label, terms
from contrechamp.graph.domain import Edge, Network, Node, Source, Spot
from contrechamp.graph.models import Position, Stamp
from contrechamp.kernel import uncertain

WITHDRAWN = "WITHDRAWN"
Thing = TypeVar("Thing")


class Kept(Generic[Thing]):
    """What was made for the last word of the graph. One thread makes it, the others wait."""

    def __init__(self, make: Callable[[], Thing]) -> None:
        self._make = make
        self._lock = Lock()
        self._made: tuple[str, Thing] | None = None

    def get(self, word: str) -> Thing:
        """Return it, made anew if the word is another; without a word nothing is kept."""
        known = self._known(word)
        if known is not None:
            return known[1]
        with self._lock:
            known = self._known(word)  # Another thread may have made it meanwhile.
            if known is not None:
                return known[1]
            made = self._make()
            self._made = (self._key(word), made) if word else None
        return made

    def _known(self, word: str) -> tuple[str, Thing] | None:
        known = self._made
        return known if word and known and known[0] == self._key(word) else None

    @staticmethod
    def _key(word: str) -> str:
        return f"{connection.settings_dict['NAME']} {word}"


def stamp() -> str:
    """Return the word for the public graph as it is now; empty before the first change."""
    return Stamp.objects.values_list("word", flat=True).first() or ""


def placed_word() -> str:
    """Return the word for the positions as they are now; empty before they were computed."""
    return Stamp.objects.values_list("placed", flat=True).first() or ""


def load() -> Network:
    """Return the public graph, without words and sources. It is read once per change."""
    return _NETWORK.get(stamp())


def positions() -> dict[str, Spot]:
    """Return where each node was last placed. Not to be changed: it is kept."""
    return _POSITIONS.get(placed_word())


def _read_positions() -> dict[str, Spot]:
    rows = Position.objects.values_list("entity", "x", "y", "community")
    return {entity: Spot(x, y, community) for entity, x, y, community in rows.iterator()}


def _read() -> Network:
    """Read the whole. Meanwhile nothing is collected: half a million new objects are looked
    through again and again else, and none of them is garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        return _network()
    finally:
        if was_on:
            gc.enable()


def _network() -> Network:
    known = {line.id: line for line in published.record_lines()}
    ends: dict[str, str] = {key: key for key in known}
    linked: set[str] = set()
    edges = []
    costs: dict[str, dict[str, Any]] = {}
    days: dict[Any, Any] = {None: None}
    for row in published.relation_lines():
        source, target = ends.get(row.source), ends.get(row.target)
        if source is None or target is None:
            continue
        linked |= {source, target}
        relation = intern(row.property)
        if relation not in costs:
            costs[relation] = _term(relation)
        edges.append(
            Edge(
                id=row.id,
                source=source,
                target=target,
                relation=relation,
                **costs[relation],
                status=intern(row.status.lower()),
                earliest=days.setdefault(row.earliest, row.earliest),
                latest=days.setdefault(row.latest, row.latest),
                amount=None if row.amount is None else f"{row.amount:.2f}",
                amount_kind=intern(row.amount_kind),
                tax=intern(row.tax),
            )
        )
    return Network.of((_node(known[key]) for key in linked), edges)


def _node(line: published.RecordLine) -> Node:
    return Node(
        id=line.id,
        name=line.name,
        kind=intern(line.kind),
        type=intern(line.type),
        url=published.record_url(line.kind, line.id),
        territory=intern(line.territory),
    )


_NETWORK: Kept[Network] = Kept(_read)
_POSITIONS: Kept[dict[str, Spot]] = Kept(_read_positions)


def with_sources(network: Network) -> Network:
    """Return the same with the words and the sources of its edges."""
    facts = published.find_facts(
        key for key, edge in network.edges.items() if not edge.address and not edge.evidence
    )
    edges = {
        key: _sourced(edge, facts[key]) if key in facts else edge
        for key, edge in network.edges.items()
    }
    return Network(network.nodes, edges)


def _sourced(edge: Edge, fact: published.Fact) -> Edge:
    return replace(
        edge,
        from_text=fact.from_text,
        to_text=fact.to_text,
        evidence=tuple(
            Source(url=each.url, quote=each.quote_text, label=each.title)
            for each in fact.evidence
            if each.stance == "SUPPORTS" and not each.rejected
        ),
    )


def _term(relation: str) -> dict[str, Any]:
    """Return what the vocabulary says of a relation: how weak it is, whether it has a direction."""
    term = terms("relations").get(relation, {})
    cost = term.get("path_cost", 1)
    return {
        "cost": None if cost is None else float(cost),
        "is_symmetric": bool(term.get("symmetric")),
    }


def relation_label(edge: Edge, *, seen_from: str = "") -> str:
    """Return the words of a relation, read from its source or, from the target, backwards."""
    is_backward = seen_from == edge.target != edge.source and not edge.is_symmetric
    return label("relations", edge.relation, "backward" if is_backward else "forward")


def sentence(edge: Edge, network: Network) -> str:
    """Return a relation as a sentence, always in its own direction."""
    return " ".join(
        (network.nodes[edge.source].name, relation_label(edge), network.nodes[edge.target].name)
    )


# Everything, for the operator


def load_all() -> Network:
    """Return the graph with drafts and private claims. Only the machine's operator may ask."""
    bundle = whole_bundle()
    nodes = (
        Node(
            id=key,
            name=node.name,
            kind=node.kind,
            type=node.type,
            url=published.record_url(node.kind, key),
            territory=node.territory,
            codes=tuple(f"{scheme}:{value}" for scheme, value in node.identifiers),
            aliases=tuple(text for text, _, _ in node.names),
        )
        for key, node in bundle.nodes.items()
        if node.state != WITHDRAWN
    )
    edges = (
        _draft_edge(said)
        for said in bundle.statements.values()
        if said.target and said.state != WITHDRAWN
    )
    return Network.of(nodes, edges)


def _draft_edge(said: Any) -> Edge:
    first, last = (uncertain.parse(t) if t else None for t in (said.from_text, said.to_text))
    return Edge(
        id=said.key,
        source=said.subject,
        target=said.target,
        relation=said.property,
        **_term(said.property),
        status=said.status.lower(),
        from_text=said.from_text,
        to_text=said.to_text,
        earliest=first.earliest if first else None,
        latest=last.latest if last else None,
        amount=said.amount or None,
        amount_kind=said.amount_kind,
        tax=said.tax,
        evidence=tuple(
            Source(
                url=_opened(each), quote=each.quote_text, label=each.file_name or each.publication
            )
            for each in said.evidence
            if each.stance == "SUPPORTS"
        ),
    )


def _opened(proof: Any) -> str:
    page = f"/page/{proof.page}" if proof.page else ""
    return f"/documents/{proof.document}{page}" if proof.document else proof.url
