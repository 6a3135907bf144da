"""What can be read of the public graph: the whole, a record by its name, ways, neighbours."""

from __future__ import annotations

from .finding import Ambiguous, find_nodes, get_node
from .linked import Paths, contract, find_paths
from .loading import (
    load,
    load_all,
    placed_word,
    positions,
    relation_label,
    sentence,
    stamp,
    with_sources,
)

__all__ = [
    "Ambiguous",
    "Paths",
    "contract",
    "find_nodes",
    "find_paths",
    "get_node",
    "load",
    "load_all",
    "placed_word",
    "positions",
    "relation_label",
    "sentence",
    "stamp",
    "with_sources",
]
