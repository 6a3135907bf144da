"""How evidence rates claims: the rules of `domain.proof`, fed from the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from contrechamp.census.domain import Proof, status
from contrechamp.census.models import Claim, Evidence, EvidenceCheck


def proof_of(
    evidence: Evidence, checks: Iterable[EvidenceCheck], *, editors_only: bool = False
) -> Proof:
    """Return one piece of evidence as the rules see it.

    With `editors_only` a rejection counts when an editor made it: so it is for visitors.
    """
    readers = set() if evidence.by_machine else {evidence.added_by_id}
    is_rejected = False
    for check in checks:
        if check.verdict == EvidenceCheck.Verdict.CONFIRMS:
            readers.add(check.by_id)
        elif check.by_editor or not editors_only:
            is_rejected = True
    return Proof(
        kind=evidence.kind,
        stance=evidence.stance,
        publisher=evidence.publisher or evidence.publication,
        has_quoted_copy=bool(evidence.archived and evidence.quote),
        readers=frozenset(readers),
        is_rejected=is_rejected,
    )


def rate(evidence: Iterable[Evidence], checks: Mapping[str, Sequence[EvidenceCheck]]) -> str:
    """Return the status that evidence gives to a claim."""
    return status([proof_of(each, checks.get(each.pk, ())) for each in evidence]).value


def checks_of(evidence: Iterable[Evidence]) -> dict[str, list[EvidenceCheck]]:
    """Return what readers found, by evidence."""
    found: dict[str, list[EvidenceCheck]] = defaultdict(list)
    for part in chunks([each.pk for each in evidence]):
        for check in EvidenceCheck.objects.filter(evidence__in=part).order_by("at", "pk"):
            found[check.evidence_id].append(check)
    return found


def rate_claims(claims: Mapping[str, Claim]) -> None:
    """Compute the status of claims from the evidence in the tables, and write what changed."""
    held: dict[str, list[Evidence]] = defaultdict(list)
    for part in chunks(list(claims)):
        for evidence in Evidence.objects.filter(claim__in=part):
            held[evidence.claim_id].append(evidence)
    checks = checks_of(each for row in held.values() for each in row)
    changed: dict[str, list[str]] = defaultdict(list)
    for key, claim in claims.items():
        found = rate(held[key], checks)
        if claim.status != found:
            claim.status = found
            changed[found].append(key)
    for code, keys in changed.items():
        for part in chunks(keys):
            Claim.objects.filter(pk__in=part).update(status=code)


def chunks(keys: Sequence[Any], size: int = 900) -> Iterable[Sequence[Any]]:
    """Cut keys into parts that one statement can name."""
    return (keys[start : start + size] for start in range(0, len(keys), size))
