"""The census as a bundle: what is public, from the projection; or everything, for the operator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from contrechamp.census import published
from contrechamp.census.domain.exchange.bundle import (
    Bundle,
    Check,
    Node,
    Paper,
    Proof,
    Statement,
)
from contrechamp.census.models import Claim, Entity, Evidence, EvidenceCheck, Identifier, Name
from contrechamp.documents import queries as documents

from .bringing import find_operator
from .known import proof_row
from .rating import chunks


def bundle_of(records: Sequence[str], facts: Sequence[str]) -> Bundle:
    """Return some records and facts, of those that visitors get."""
    return _public(
        published.find_records(sorted(records)).values(),
        published.find_facts(sorted(facts)).values(),
    )


def _public(records: Iterable[published.Record], facts: Iterable[published.Fact]) -> Bundle:
    bundle = Bundle()
    for record in records:
        bundle.nodes[record.id] = public_node(record)
    for fact in facts:
        bundle.statements[fact.id] = public_statement(fact)
    add_rectangles(bundle.statements.values())
    _add_papers(bundle, documents.public())
    return bundle


def public_node(record: published.Record) -> Node:
    """Return a public record as the formats know it."""
    return Node(
        key=record.id,
        id=record.id,
        kind=record.kind,
        type=record.type,
        name=record.name,
        state="PUBLISHED",
        names=[(n.text, n.role, n.lang) for n in record.names if n.role not in {"MAIN", "RAW"}],
        identifiers=[(number.scheme, number.value) for number in record.identifiers],
        keys=record.keys,
        territory=record.territory,
    )


def public_statement(fact: published.Fact) -> Statement:
    """Return a public fact as the formats know it, without where its quotes stand on the page."""
    return Statement(
        key=fact.id,
        id=fact.id,
        subject=fact.subject.id,
        property=fact.property,
        value=fact.value if fact.target is None else None,
        target=fact.target.id if fact.target else "",
        attributes=fact.attributes,
        from_text=fact.from_text,
        to_text=fact.to_text,
        amount="" if fact.amount is None else str(fact.amount),
        currency=fact.currency,
        tax=fact.tax,
        amount_kind=fact.amount_kind,
        state="PUBLISHED",
        status=fact.status,
        keys=fact.keys,
        evidence=[_public_proof(each) for each in fact.evidence if not each.rejected],
    )


def _add_papers(bundle: Bundle, rows: QuerySet[Any]) -> None:
    """Add the documents that the evidence rests on, of those that the reader may see."""
    cited = {proof.document for each in bundle.statements.values() for proof in each.evidence}
    for part in chunks(sorted(cited - {""})):
        found = rows.filter(versions__file__in=part).order_by("pk").distinct()
        for row in found.prefetch_related("versions__file"):
            for version in row.versions.all():
                if version.file_id in cited:
                    paper = Paper(sha256=version.file_id, sha1=version.file.sha1, title=row.title)
                    bundle.papers.setdefault(version.file_id, paper)


def _public_proof(proof: published.Proof) -> Proof:
    return Proof(
        kind=proof.kind,
        stance=proof.stance,
        document=proof.document,
        page=proof.page,
        quote=proof.quote,
        quote_text=proof.quote_text,
        register=proof.register,
        record_id=proof.record_id,
        url=proof.outside,
        publisher=proof.publisher,
        retrieved_on=proof.retrieved_on,
        archived=proof.archived,
        publication=proof.publication,
        locator=proof.locator,
        dated_text=proof.dated_text,
        file_name=proof.file_name,
        readers=proof.readers if proof.readers >= 2 else 0,
    )


def add_rectangles(statements: Iterable[Statement]) -> None:
    """Write to each piece of evidence where on its page the quoted words stand."""
    quoted = [proof for each in statements for proof in each.evidence if proof.quote]
    for part in chunks(quoted):
        found = documents.quote_rects({proof.quote for proof in part})
        for proof in part:
            proof.rects = found.get(proof.quote, {}).get(str(proof.page)) or None


def whole_bundle() -> Bundle:
    """Return everything, drafts and private claims too. Only the machine's operator may ask."""
    bundle = Bundle()
    names: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for name in Name.objects.exclude(role=Name.Role.MAIN).order_by(
        "entity", "role", "text", "lang"
    ):
        names[name.entity_id].append((name.text, name.role, name.lang))
    numbers: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for number in Identifier.objects.order_by("entity", "scheme", "value"):
        numbers[number.entity_id].append((number.scheme, number.value))
    for entity in Entity.objects.filter(merged_into=None).order_by("pk").iterator():
        bundle.nodes[entity.pk] = Node(
            key=entity.pk,
            id=entity.pk,
            kind=entity.kind,
            type=entity.type,
            name=entity.name,
            state=entity.state,
            names=names[entity.pk],
            identifiers=numbers[entity.pk],
            keys=entity.keys,
            territory=entity.territory,
            person_hold=entity.person_hold,
        )
    evidence = _whole_evidence()
    for claim in Claim.objects.order_by("pk").iterator():
        bundle.statements[claim.pk] = _whole_statement(claim, evidence[claim.pk])
    add_rectangles(bundle.statements.values())
    _add_papers(bundle, all_documents())
    return bundle


def all_documents() -> QuerySet[Any]:
    """Return the documents that whoever runs the machine may see."""
    reader = find_operator()
    return documents.visible_to(reader) if reader else documents.public()


def _whole_statement(claim: Claim, evidence: list[Proof]) -> Statement:
    value: Any = claim.value
    return Statement(
        key=claim.pk,
        id=claim.pk,
        subject=claim.subject_id,
        property=claim.property,
        value=value,
        target=claim.target_id or "",
        attributes=claim.attributes,
        from_text=claim.from_text,
        to_text=claim.to_text,
        amount="" if claim.amount is None else str(claim.amount),
        currency=claim.currency,
        tax=claim.tax,
        amount_kind=claim.amount_kind,
        state=claim.state,
        status=claim.status,
        as_alleged=claim.published_as_alleged,
        is_private=claim.is_private,
        private_reason=claim.private_reason,
        keys=claim.keys,
        evidence=evidence,
    )


def _whole_evidence() -> dict[str, list[Proof]]:
    checks: dict[str, list[Check]] = defaultdict(list)
    for check in EvidenceCheck.objects.select_related("by").order_by("by__username", "pk"):
        checks[check.evidence_id].append(
            Check(by=check.by.get_username(), verdict=check.verdict, note=check.note)
        )
    found: dict[str, list[Proof]] = defaultdict(list)
    for row in Evidence.objects.select_related("added_by").order_by("pk").iterator():
        proof = proof_row(row)
        proof.checks = checks[row.pk]
        proof.added_by = "" if row.by_machine else row.added_by.get_username()
        proof.quote = row.quote
        found[row.claim_id].append(proof)
    return found
