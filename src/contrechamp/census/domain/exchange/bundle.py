"""What every importer makes of its file: entities and claims, each with keys to know it again.

Writers of formats read a `Census`: the same things one after the other, so that a million claims
need not be in memory at once. `HeldCensus` is a bundle read so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol


@dataclass(slots=True, kw_only=True)
class Check:
    """A reader who had read the passage; taken over with `--restore` only."""

    by: str
    verdict: str
    note: str = ""


@dataclass(slots=True, kw_only=True)
class Proof:
    """One piece of evidence, as the file gives it. Fields are those of `census.Evidence`."""

    kind: str
    stance: str = "SUPPORTS"
    id: str = ""
    document: str = ""
    page: int | None = None
    quote: str = ""
    quote_text: str = ""
    prefix: str = ""
    suffix: str = ""
    rects: Any = None
    register: str = ""
    record_id: str = ""
    url: str = ""
    publisher: str = ""
    retrieved_on: str = ""
    archived: str = ""
    publication: str = ""
    locator: str = ""
    dated_text: str = ""
    file_name: str = ""
    checks: list[Check] = field(default_factory=list)
    added_by: str = ""
    """Who attached it, where a person did."""
    readers: int = 0
    """How many people had read the passage, where the file does not say who."""

    @property
    def identity(self) -> tuple[object, ...]:
        """Return what makes it the same piece of evidence when it is met again."""
        return (
            self.kind,
            self.stance,
            self.document,
            self.page,
            self.quote_text,
            self.register,
            self.record_id,
            self.url,
            self.publication,
            self.locator,
            self.file_name,
        )


@dataclass(slots=True, kw_only=True)
class Node:
    """An entity that the file speaks of. `key` names it within the bundle."""

    key: str
    kind: str
    name: str
    type: str = ""
    id: str = ""
    state: str = "DRAFT"
    names: list[tuple[str, str, str]] = field(default_factory=list)
    """(text, role, language) beside the main name."""
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    keys: dict[str, list[str]] = field(default_factory=dict)
    territory: str = ""
    person_hold: bool = False
    line: int | None = None


@dataclass(slots=True, kw_only=True)
class Statement:
    """A claim that the file makes. `subject` and `target` are keys of nodes of the bundle."""

    key: str
    subject: str
    property: str
    value: Any = None
    target: str = ""
    id: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    from_text: str = ""
    to_text: str = ""
    amount: str = ""
    currency: str = ""
    tax: str = ""
    amount_kind: str = ""
    state: str = "DRAFT"
    status: str = ""
    as_alleged: bool = False
    is_private: bool = False
    private_reason: str = ""
    keys: dict[str, list[str]] = field(default_factory=dict)
    evidence: list[Proof] = field(default_factory=list)
    line: int | None = None


@dataclass(slots=True, kw_only=True)
class Paper:
    """A document that evidence rests on, as far as an export names it."""

    sha256: str
    sha1: str
    title: str


@dataclass(slots=True)
class Bundle:
    """All that one file says, in the order of the file."""

    nodes: dict[str, Node] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)
    """Documents by their SHA-256."""

    def add_proof(self, statement: Statement, proof: Proof) -> bool:
        """Add a piece of evidence unless the claim has it already; answer whether it was new."""
        if any(proof.identity == old.identity for old in statement.evidence):
            return False
        statement.evidence.append(proof)
        return True


@dataclass(slots=True, kw_only=True)
class Told:
    """An entity with what its own line says of its claims and relations."""

    node: Node
    values: list[Statement] = field(default_factory=list)
    """In the order of their keys."""
    buyers: list[str] = field(default_factory=list)
    """Of a contract: who bought."""
    used: list[str] = field(default_factory=list)
    """Of a project: names of technologies."""
    parents: list[str] = field(default_factory=list)
    """Of a place: what it is part of."""


@dataclass(slots=True, kw_only=True)
class Linked:
    """A claim with its ends, as far as the census holds them."""

    statement: Statement
    source: Node | None = None
    target: Node | None = None


class Census(Protocol):
    """All that an export writes, each sort in the order of its keys, read as often as asked."""

    def every_node(self) -> Iterator[Node]:
        """Yield the entities."""

    def every_told(self) -> Iterator[Told]:
        """Yield the entities with what their lines say."""

    def every_statement(self) -> Iterator[Linked]:
        """Yield values and relations."""

    def every_relation(self) -> Iterator[Linked]:
        """Yield the relations alone."""

    def every_paper(self) -> Iterator[Paper]:
        """Yield the documents that evidence rests on, by hash."""

    def has_paper(self, sha256: str) -> bool:
        """Answer whether `every_paper` yields this document."""

    def has_buyer(self, key: str) -> bool:
        """Answer whether somebody is known to have bought by this call or contract."""


class HeldCensus:
    """A bundle as a census."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle

    def every_node(self) -> Iterator[Node]:
        """Yield the entities."""
        return (node for _, node in sorted(self.bundle.nodes.items()))

    def every_told(self) -> Iterator[Told]:
        """Yield the entities with what their lines say."""
        said = self._said
        for node in self.every_node():
            found = said.get(node.key) or Told(node=node)
            found.node = node
            yield found

    def every_statement(self) -> Iterator[Linked]:
        """Yield values and relations."""
        nodes = self.bundle.nodes
        for _, each in sorted(self.bundle.statements.items()):
            yield Linked(
                statement=each, source=nodes.get(each.subject), target=nodes.get(each.target)
            )

    def every_relation(self) -> Iterator[Linked]:
        """Yield the relations alone."""
        return (each for each in self.every_statement() if each.statement.target)

    def every_paper(self) -> Iterator[Paper]:
        """Yield the documents that evidence rests on, by hash."""
        return (paper for _, paper in sorted(self.bundle.papers.items()))

    def has_paper(self, sha256: str) -> bool:
        """Answer whether `every_paper` yields this document."""
        return sha256 in self.bundle.papers

    def has_buyer(self, key: str) -> bool:
        """Answer whether somebody is known to have bought by this call or contract."""
        return key in self._said and bool(self._said[key].buyers)

    @cached_property
    def _said(self) -> dict[str, Told]:
        nodes = self.bundle.nodes
        found: dict[str, Told] = defaultdict(lambda: Told(node=Node(key="", kind="", name="")))
        for _, each in sorted(self.bundle.statements.items()):
            if not each.target:
                found[each.subject].values.append(each)
            elif each.property == "buyer_of":
                found[each.target].buyers.append(each.subject)
            elif each.property == "uses_technology" and each.target in nodes:
                found[each.subject].used.append(nodes[each.target].name)
            elif each.property == "part_of":
                found[each.subject].parents.append(each.target)
        return dict(found)
