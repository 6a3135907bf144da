"""Published facts, ready to be shown to anybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext

from contrechamp.census.published import Fact, Proof, Ref
from contrechamp.documents import queries as documents

from .evidence import evidence_of
from .facts import End, ShownEvidence, ShownFact, make_fact

FIELDS = (
    "id",
    "kind",
    "stance",
    "document",
    "page",
    "quote",
    "quote_text",
    "register",
    "record_id",
    "publisher",
    "retrieved_on",
    "publication",
    "locator",
    "dated_text",
    "file_name",
)


def end_of(ref: Ref) -> End:
    """Return a public record as the end of a fact."""
    return End(id=ref.id, name=ref.name, kind=ref.kind, type=ref.type, url=ref.url)


def proof_of(proof: Proof, titles: Mapping[str, str]) -> ShownEvidence:
    """Return one public source, with what it proves and how many have read it."""
    raw = {name: getattr(proof, name) for name in FIELDS}
    raw |= {"url": proof.outside, "open": proof.url if proof.document else ""}
    level = gettext("vaut preuve") if proof.level == "documented" else ""
    if proof.level == "documented" and proof.readers > 1:
        level = gettext("vaut preuve, lu par deux personnes")
    return evidence_of(raw, titles=titles, level=level)


def fact_of(fact: Fact, titles: Mapping[str, str], *, is_backward: bool = False) -> ShownFact:
    """Return one public fact, read from the end where one stands."""
    return make_fact(
        id=fact.id,
        code=fact.property,
        subject=end_of(fact.subject),
        target=end_of(fact.target) if fact.target else None,
        value=fact.value,
        attributes=fact.attributes,
        from_text=fact.from_text,
        to_text=fact.to_text,
        earliest=fact.earliest,
        latest=fact.latest,
        amount=fact.amount,
        currency=fact.currency,
        tax=fact.tax,
        amount_kind=fact.amount_kind,
        status=fact.status,
        url=fact.url,
        evidence=[proof_of(proof, titles) for proof in fact.evidence if not proof.rejected],
        is_backward=is_backward,
    )


def facts_of(
    facts: Iterable[Fact], titles: Mapping[str, str], *, is_backward: bool = False
) -> list[ShownFact]:
    """Return public facts, read from the end where one stands."""
    return [fact_of(fact, titles, is_backward=is_backward) for fact in facts]


def titles_of(facts: Sequence[Fact]) -> dict[str, str]:
    """Return the titles of the public documents that facts rest on, by hash, in one read."""
    hashes = {proof.document for fact in facts for proof in fact.evidence if proof.document}
    if not hashes:
        return {}
    rows = documents.public().filter(versions__file__in=hashes)
    return dict(rows.values_list("versions__file", "title"))
