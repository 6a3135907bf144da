"""Public records and facts as JSON and CSV: the same as the pages say."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse

from contrechamp.census import published


def answer(value: dict[str, Any]) -> HttpResponse:
    """Return plain data as a readable JSON document."""
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=False)
    return HttpResponse(text + "\n", content_type="application/json; charset=utf-8")


def ref_as_data(ref: published.Ref) -> dict[str, Any]:
    return {"id": ref.id, "kind": ref.kind, "type": ref.type, "name": ref.name, "url": ref.url}


def proof_as_data(proof: published.Proof) -> dict[str, Any]:
    kept = {
        "id": proof.id,
        "kind": proof.kind,
        "stance": proof.stance.lower(),
        "level": proof.level,
        "readers": proof.readers,
        "rejected": proof.rejected,
        "url": proof.url,
        "document": proof.document,
        "page": proof.page,
        "quote": proof.quote,
        "quote_text": proof.quote_text,
        "register": proof.register,
        "record_id": proof.record_id,
        "publisher": proof.publisher,
        "retrieved_on": proof.retrieved_on,
        "publication": proof.publication,
        "locator": proof.locator,
        "dated": proof.dated_text,
        "name": proof.file_name,
    }
    return {name: value for name, value in kept.items() if value not in ("", None, False)}


def fact_as_data(fact: published.Fact) -> dict[str, Any]:
    """Return a fact as plain values; decimals as text, so that no cent is lost."""
    kept = {
        "id": fact.id,
        "url": fact.url,
        "subject": ref_as_data(fact.subject),
        "property": fact.property,
        "label": fact.label,
        "target": ref_as_data(fact.target) if fact.target else None,
        "value": fact.value,
        "value_text": fact.value_text,
        "attributes": fact.attributes,
        "from": fact.from_text,
        "to": fact.to_text,
        "earliest": fact.earliest.isoformat() if fact.earliest else None,
        "latest": fact.latest.isoformat() if fact.latest else None,
        "amount": None if fact.amount is None else str(fact.amount),
        "amount_kind": fact.amount_kind,
        "tax": fact.tax,
        "currency": fact.currency,
        "status": fact.status.lower(),
        "published_at": fact.first_at.isoformat(),
        "changed_at": fact.at.isoformat(),
        "evidence": [proof_as_data(proof) for proof in fact.evidence],
    }
    return {name: value for name, value in kept.items() if value not in ("", None, {})}


def record_as_data(record: published.Record) -> dict[str, Any]:
    """Return a record with all that is said of it and leads to it."""
    return record_head(record) | {
        "facts": [fact_as_data(fact) for fact in published.facts_of(record.id)],
        "facts_about": [fact_as_data(fact) for fact in published.facts_about(record.id)],
    }


def record_head(record: published.Record) -> dict[str, Any]:
    """Return a record without what is said of it."""
    return {
        **ref_as_data(record.ref),
        "territory": record.territory,
        "names": [
            {"text": name.text, "lang": name.lang, "role": name.role.lower()}
            for name in record.names
        ],
        "identifiers": [
            {"scheme": number.scheme, "value": number.value, "url": number.url}
            for number in record.identifiers
        ],
        "counts": {code.lower(): count for code, count in record.counts.items()},
        "version": record.version,
        "state": f"{record.url}/historique/{published.moment_of(record.at)}",
        "published_at": record.first_at.isoformat(),
        "changed_at": record.at.isoformat(),
    }


class _Echo:
    """Hands each line over as soon as it is written."""

    def write(self, line: str) -> str:
        return line


def safe_cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def csv_answer(
    name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """Stream a table as CSV, however long it is."""

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo())
        yield writer.writerow(heads)
        for row in rows:
            yield writer.writerow([safe_cell(cell) for cell in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
