"""The public graph, read from the published census alone, and where its nodes stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from django.db import connection
from django.utils.translation import get_language

from contrechamp.census import published
from contrechamp.census.services.bundles import whole_bundle
from contrechamp.foundation.vocabulary import label, terms
from contrechamp.kernel import uncertain
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.names import fold

from .domain import Edge, Network, Node, Source, Spot, Way, ways
from .models import Position, Stamp

_LOCK = Lock()
_LOADED: dict[str, tuple[str, Network]] = {}
MOST_CANDIDATES = 20
WITHDRAWN = "WITHDRAWN"


class Ambiguous(Refused):
    """A name means several records: the person must choose."""

    def __init__(self, text: str, nodes: Iterable[Node]) -> None:
        self.nodes = tuple(nodes)
        super().__init__(
            gettext_noop(
                "« {text} » peut être {candidates}. Donnez l'identifiant de la bonne fiche."
            ),
            text=text,
            candidates=", ".join(f"{node.name} ({node.id})" for node in self.nodes),
        )


def stamp() -> str:
    """Return the word for the public graph as it is now; empty before the first change."""
    return Stamp.objects.values_list("word", flat=True).first() or ""


def load() -> Network:
    """Return the public graph. It is read once per change, language and process."""
    word = stamp()
    key = f"{connection.settings_dict['NAME']} {get_language()}"
    with _LOCK:
        known = _LOADED.get(key)
        if word and known and known[0] == word:
            return known[1]
    network = _read()
    with _LOCK:
        _LOADED[key] = (word, network)
    return network


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
        url=f"/fait/{said.key}",
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


def positions() -> dict[str, Spot]:
    """Return where each node was last placed."""
    rows = Position.objects.values_list("entity", "x", "y", "community")
    return {entity: Spot(x, y, community) for entity, x, y, community in rows.iterator()}


def _read() -> Network:
    nodes: dict[str, Node] = {}
    edges = []
    for fact in published.relations():
        if fact.target is None:
            continue
        for ref in (fact.subject, fact.target):
            if ref.id not in nodes:
                nodes[ref.id] = _node(ref)
        edges.append(_edge(fact))
    for record in published.records():
        if record.id in nodes:
            nodes[record.id] = replace(
                nodes[record.id],
                codes=tuple(f"{each.scheme}:{each.value}" for each in record.identifiers),
                aliases=tuple(each.text for each in record.names),
            )
    return Network.of(nodes.values(), edges)


def _node(ref: published.Ref) -> Node:
    return Node(
        id=ref.id,
        name=ref.name,
        kind=ref.kind,
        type=ref.type,
        url=ref.url,
        territory=ref.territory,
    )


def _edge(fact: published.Fact) -> Edge:
    return Edge(
        id=fact.id,
        source=fact.subject.id,
        target=fact.target.id if fact.target else "",
        relation=fact.property,
        **_term(fact.property),
        status=fact.status.lower(),
        from_text=fact.from_text,
        to_text=fact.to_text,
        earliest=fact.earliest,
        latest=fact.latest,
        amount=None if fact.amount is None else f"{fact.amount:.2f}",
        url=fact.url,
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


def find_nodes(text: str, network: Network) -> tuple[list[Node], bool]:
    """Return the nodes that a text may mean, the most linked first, and whether it is exact.

    An identifier, `siren:210600888`, `insee:06088`, a name or another name of the record; failing
    these, names that hold its letters.
    """
    text = text.strip()
    known = text if text in network.nodes else published.resolve_redirect(text) if text else None
    if known and known in network.nodes:
        return [network.nodes[known]], True
    scheme, colon, number = text.partition(":")
    if colon and number:
        return _by_number(scheme.strip().lower(), number.replace(" ", ""), network)[:1], True
    return _by_name(text, network)


def _by_number(scheme: str, number: str, network: Network) -> list[Node]:
    """A town is two records with one INSEE code, the place and who administers it: the second
    has the contracts, and the more links."""
    wanted = f"{scheme}:{number}"
    found = [node for node in network.nodes.values() if wanted in node.codes]
    if not found and scheme == "insee":
        found = [node for node in network.nodes.values() if node.territory == f"commune:{number}"]
    return sorted(found, key=lambda node: (-network.degree(node.id), node.id))


def _by_name(text: str, network: Network) -> tuple[list[Node], bool]:
    whole = fold(text)
    if not whole:
        return [], False
    folded = {key: fold(node.name) for key, node in network.nodes.items()}
    exact = [key for key, name in folded.items() if name == whole]
    if not exact:
        exact = [
            key
            for key, node in network.nodes.items()
            if any(fold(alias) == whole for alias in node.aliases)
        ]
    near = exact or [key for key, name in folded.items() if whole in name]
    near.sort(key=lambda key: (-network.degree(key), key))
    return [network.nodes[key] for key in near], bool(exact)


def get_node(text: str, network: Network) -> Node:
    """Return the one node that a text means, or raise `Refused`, naming the candidates."""
    found, _ = find_nodes(text, network)
    if not found:
        raise Refused(
            gettext_noop(
                "« {text} » n'est pas dans le graphe publié. Donnez un identifiant, siren:…, "
                "insee:… ou un nom exact."
            ),
            text=text,
        )
    if len(found) > 1:
        raise Ambiguous(text, found[:MOST_CANDIDATES])
    return found[0]


def years(network: Network) -> tuple[int, int] | None:
    """Return the first and last year that a relation is dated with, or None."""
    found = [
        day.year for edge in network.edges.values() for day in (edge.earliest, edge.latest) if day
    ]
    return (min(found), max(found)) if found else None


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
    found = ways(seen, start.id, goal.id, most=most, avoid=avoid)
    return Paths(
        start,
        goal,
        seen,
        tuple(way for way in found if not way.is_weak),
        tuple(way for way in found if way.is_weak),
    )


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
