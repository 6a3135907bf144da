"""A network as few bytes: columns instead of records, numbers instead of names.

For the picture that a browser draws itself. What a relation says and rests on is not here: who
points at a record asks for its surroundings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .layout import Spot
from .money import amount_of
from .network import Edge, Network

VERSION = 1
STATUSES = ("verified", "documented", "alleged", "contradicted", "")


def compact(
    network: Network,
    spots: Mapping[str, Spot],
    label: Callable[[Edge], str],
    groups: Sequence[tuple[str, str, Sequence[str]]] = (),
    centre: str = "",
) -> dict[str, Any]:
    """Return nodes and edges as columns.

    Edges are sorted by source, then target: `counts[n]` of them begin at node n, and `targets`
    goes on through all of them. `groups`: key, name and members of what belongs together.
    """
    ids = list(network.nodes)
    number = {key: n for n, key in enumerate(ids)}
    kinds = sorted({node.kind for node in network.nodes.values()})
    edges = sorted(network.edges.values(), key=lambda e: (number[e.source], number[e.target], e.id))
    relations = list(dict.fromkeys(edge.relation for edge in edges))
    words = {edge.relation: (label(edge), edge.is_symmetric) for edge in edges}
    counts = [0] * len(ids)
    for edge in edges:
        counts[number[edge.source]] += 1
    home = {node: n for n, (_, _, members) in enumerate(groups) for node in members}
    return {
        "v": VERSION,
        "centre": number.get(centre),
        "kinds": kinds,
        "relations": [[code, *words[code]] for code in relations],
        "statuses": list(STATUSES),
        "groups": [[key, name] for key, name, _ in groups],
        "id": ids,
        "name": [node.name for node in network.nodes.values()],
        "kind": [kinds.index(node.kind) for node in network.nodes.values()],
        "x": [round(spots[key].x) for key in ids],
        "y": [round(spots[key].y) for key in ids],
        "group": [home.get(key, -1) for key in ids],
        "counts": counts,
        "targets": [number[edge.target] for edge in edges],
        "relation": _column([relations.index(edge.relation) for edge in edges]),
        "status": _column([_status(edge) for edge in edges]),
        "from": _column([edge.earliest.year if edge.earliest else 0 for edge in edges]),
        "to": _column([edge.latest.year if edge.latest else 0 for edge in edges]),
        "amount": _column([round(amount_of(edge) or 0) for edge in edges]),
    }


def _status(edge: Edge) -> int:
    return STATUSES.index(edge.status) if edge.status in STATUSES else len(STATUSES) - 1


def _column(values: list[int]) -> list[int] | int:
    """Return one number for a column that holds it everywhere."""
    return values[0] if len(set(values)) == 1 else values
