"""The census as tables: one line per record, relation, value and source."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .bundle import Bundle, Proof, Statement

NODE = [
    "id",
    "kind",
    "type",
    "name",
    "other_names",
    "siren",
    "siret",
    "insee",
    "territory",
    "state",
]
CLAIM = [
    "status", "state", "from", "to", "amount", "currency", "tax", "amount_kind", "attributes",
]  # fmt: skip
EDGE = ["id", "source", "source_name", "relation", "label", "target", "target_name", *CLAIM]
VALUE = ["id", "record", "record_name", "property", "label", "value", *CLAIM]
EVIDENCE = [
    "claim", "number", "kind", "stance", "url", "document", "page", "quote", "register",
    "record_id",
    "publication", "publisher", "locator", "dated", "retrieved_on", "file_name",
]  # fmt: skip


def tables(bundle: Bundle, labels: Mapping[str, str]) -> dict[str, Iterator[list[Any]]]:
    """Return the tables by name, each with its header first, sorted by id."""
    return {
        "nodes": _nodes(bundle),
        "edges": _edges(bundle, labels),
        "claims": _values(bundle, labels),
        "evidence": _evidence(bundle),
    }


def _nodes(bundle: Bundle) -> Iterator[list[Any]]:
    yield NODE
    for key, node in sorted(bundle.nodes.items()):
        numbers = {
            scheme: " | ".join(sorted(v for s, v in node.identifiers if s == scheme))
            for scheme in ("siren", "siret", "insee")
        }
        others = " | ".join(sorted(text for text, role, _ in node.names if role != "RAW"))
        yield [
            key,
            node.kind,
            node.type,
            node.name,
            others,
            *numbers.values(),
            node.territory,
            node.state,
        ]


def _edges(bundle: Bundle, labels: Mapping[str, str]) -> Iterator[list[Any]]:
    yield EDGE
    for key, each in sorted(bundle.statements.items()):
        if each.target:
            source, target = bundle.nodes.get(each.subject), bundle.nodes.get(each.target)
            yield [
                key,
                each.subject,
                source.name if source else "",
                each.property,
                labels.get(each.property, each.property),
                each.target,
                target.name if target else "",
                *_claim(each),
            ]


def _values(bundle: Bundle, labels: Mapping[str, str]) -> Iterator[list[Any]]:
    yield VALUE
    for key, each in sorted(bundle.statements.items()):
        if not each.target:
            record = bundle.nodes.get(each.subject)
            yield [
                key,
                each.subject,
                record.name if record else "",
                each.property,
                labels.get(each.property, each.property),
                each.value if isinstance(each.value, str) else _json(each.value),
                *_claim(each),
            ]


def _claim(each: Statement) -> list[Any]:
    return [
        each.status,
        each.state,
        each.from_text,
        each.to_text,
        each.amount,
        each.currency,
        each.tax,
        each.amount_kind,
        _json(each.attributes) if each.attributes else "",
    ]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _evidence(bundle: Bundle) -> Iterator[list[Any]]:
    yield EVIDENCE
    for key, each in sorted(bundle.statements.items()):
        for number, proof in enumerate(sorted(each.evidence, key=_order), 1):
            yield [
                key,
                number,
                proof.kind,
                proof.stance,
                proof.url,
                proof.document,
                proof.page,
                proof.quote_text,
                proof.register,
                proof.record_id,
                proof.publication,
                proof.publisher,
                proof.locator,
                proof.dated_text,
                proof.retrieved_on,
                proof.file_name,
            ]


def _order(proof: Proof) -> tuple[str, ...]:
    return tuple("" if part is None else str(part) for part in proof.identity)


def render(rows: Iterable[list[Any]]) -> Iterator[str]:
    """Yield the lines of a CSV that a spreadsheet opens without running anything in it."""
    for row in rows:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerow([cell(value) for value in row])
        yield out.getvalue()


def cell(value: Any) -> str:
    """Return a cell: what a spreadsheet would take for a formula gets a leading apostrophe."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in {"=", "+", "-", "@", "\t"} else text
