"""Which node a text means: an identifier, an official number, a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contrechamp.census import published
from contrechamp.graph.domain import Network, Node
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.names import fold

from .loading import Kept, stamp

MOST_CANDIDATES = 20


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


@dataclass(frozen=True, slots=True)
class Words:
    """Other names and numbers of records, by what a person may type."""

    names: Mapping[str, tuple[str, ...]]
    """{folded name: records}."""
    numbers: Mapping[str, tuple[str, ...]]
    """{`siren:210600888`: records}."""


def _read_words() -> Words:
    names: dict[str, list[str]] = defaultdict(list)
    numbers: dict[str, list[str]] = defaultdict(list)
    for key, texts, codes in published.names_of_all():
        for text in texts:
            names[fold(text)].append(key)
        for code in codes:
            numbers[code].append(key)
    return Words(
        {text: tuple(keys) for text, keys in names.items()},
        {code: tuple(keys) for code, keys in numbers.items()},
    )


_WORDS = Kept(_read_words)


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
    also = set(_WORDS.get(stamp()).numbers.get(wanted, ()))
    found = [node for key, node in network.nodes.items() if wanted in node.codes or key in also]
    if not found and scheme == "insee":
        found = [node for node in network.nodes.values() if node.territory == f"commune:{number}"]
    return sorted(found, key=lambda node: (-network.degree(node.id), node.id))


def _by_name(text: str, network: Network) -> tuple[list[Node], bool]:
    whole = fold(text)
    if not whole:
        return [], False
    folded = _folded(network)
    exact = [key for key, name in folded.items() if name == whole]
    if not exact:
        also = set(_WORDS.get(stamp()).names.get(whole, ()))
        exact = [
            key
            for key, node in network.nodes.items()
            if key in also or any(fold(alias) == whole for alias in node.aliases)
        ]
    near = exact or [key for key, name in folded.items() if whole in name]
    near.sort(key=lambda key: (-network.degree(key), key))
    return [network.nodes[key] for key in near], bool(exact)


def _folded(network: Network) -> dict[str, str]:
    """Return the names of a network without accents and case, made once: it never changes."""
    made: dict[str, str] | None = network.__dict__.get("_folded")
    if made is None:
        made = {key: fold(node.name) for key, node in network.nodes.items()}
        network.__dict__["_folded"] = made
    return made


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
