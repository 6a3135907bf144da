"""Records, facts and the public history as plain values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contrechamp.census.published import Fact, News, Proof, Record, Ref

BASE = "/api/v1"


def ref(one: Ref) -> dict[str, Any]:
    """Return a record as a fact names it."""
    return {"id": one.id, "kind": one.kind, "type": one.type, "name": one.name, "url": one.url}


def moment(at: datetime) -> str:
    """Return a moment as it is written everywhere here: in UTC."""
    return at.isoformat()


def proof(one: Proof) -> dict[str, Any]:
    """Return a source of a fact."""
    return {
        "id": one.id,
        "kind": one.kind,
        "stance": one.stance.lower(),
        "level": one.level,
        "readers": one.readers,
        "rejected": one.rejected,
        "url": one.url,
        "document": one.document or None,
        "page": one.page,
        "quote": one.quote or None,
        "quote_text": one.quote_text or None,
        "register": one.register or None,
        "record_id": one.record_id or None,
        "publisher": one.publisher or None,
        "retrieved_on": one.retrieved_on or None,
        "publication": one.publication or None,
        "locator": one.locator or None,
        "dated": one.dated_text or None,
        "name": one.file_name or None,
    }


def fact(one: Fact) -> dict[str, Any]:
    """Return a fact; decimals as text, so that no cent is lost."""
    return {
        "id": one.id,
        "url": one.url,
        "subject": ref(one.subject),
        "property": one.property,
        "label": one.label,
        "target": ref(one.target) if one.target else None,
        "value": one.value,
        "value_text": one.value_text,
        "attributes": one.attributes,
        "from": one.from_text or None,
        "to": one.to_text or None,
        "earliest": one.earliest.isoformat() if one.earliest else None,
        "latest": one.latest.isoformat() if one.latest else None,
        "amount": None if one.amount is None else str(one.amount),
        "amount_kind": one.amount_kind or None,
        "tax": one.tax or None,
        "currency": one.currency or None,
        "status": one.status.lower(),
        "read_alone": one.is_read_alone,
        "published_at": moment(one.first_at),
        "changed_at": moment(one.at),
        "evidence": [proof(each) for each in one.evidence],
    }


def record(one: Record) -> dict[str, Any]:
    """Return a record; its facts have an address of their own, since there may be thousands."""
    return {
        **ref(one.ref),
        "territory": one.territory or None,
        "names": [{"text": n.text, "lang": n.lang, "role": n.role.lower()} for n in one.names],
        "identifiers": [
            {"scheme": n.scheme, "value": n.value, "url": n.url} for n in one.identifiers
        ],
        "counts": {code.lower(): count for code, count in sorted(one.counts.items())},
        "notices": list(one.notices),
        "version": one.version,
        "read_alone": one.is_read_alone,
        "published_at": moment(one.first_at),
        "changed_at": moment(one.at),
        "claims": f"{BASE}/claims?about={one.id}",
    }


def change(one: News) -> dict[str, Any]:
    """Return a line of the public history."""
    return {
        "at": moment(one.at),
        "what": one.what,
        "record": one.entity,
        "claim": one.claim or None,
        "title": one.title,
        "url": one.url,
        "by": one.by,
        "reason": one.reason,
        "before": one.before,
        "after": one.after,
    }
