"""What every importer makes of its file: entities and claims, each with keys to know it again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


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
