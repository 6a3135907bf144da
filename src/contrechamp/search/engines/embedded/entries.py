"""The fields of the embedded index, and an entry as a document of it."""

from __future__ import annotations

from typing import Any
from zlib import crc32

import tantivy

from contrechamp.foundation.plug import Entry
from contrechamp.search.domain import indexed, stems, tokens

VERSION = 3
"""Raised when the fields change: an index of another version is not opened."""
COUNTED = ("kind", "technology", "area", "commune", "year", "status", "document")
ONLY_FILTERED = ("place", "collection", "weighed")
WEIGHED = "1"
PAGE = "page"
"""The kind of entries of which there are more than of all others together."""
UNDATED = 0
TIE_BITS = 28


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("ref", stored=True, tokenizer_name="raw", index_option="basic")
    # Words come cut and folded from `search.domain`: the engine only splits at the spaces.
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("body_x", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("title_x", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("name", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("also", tokenizer_name="whitespace", index_option="freq")
    for name in COUNTED:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ONLY_FILTERED:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("day", "by_day", "by_at", "by_weight"):
        builder.add_integer_field(name, fast=True)
    for name in ("weight", "amount"):
        builder.add_float_field(name, fast=True)
    return builder.build()


def document(entry: Entry, schema: Any) -> Any:
    (body, body_x), (title, title_x) = indexed(entry.text), indexed(entry.title)
    also = tokens(entry.also)
    years = [str(entry.date.year)] if entry.date else []
    places = dict.fromkeys(entry.places)
    day = entry.date.toordinal() if entry.date else UNDATED
    at = max(int(entry.at.timestamp()), UNDATED) if entry.at else UNDATED
    tie = _tie(entry)
    return tantivy.Document.from_dict(
        {
            "ref": [entry.ref],
            "body": [body],
            "body_x": [body_x],
            "title": [title],
            "title_x": [title_x],
            "name": [] if entry.kind == PAGE else [title_x],
            "also": [" ".join({*also, *stems(also)})],
            "kind": [entry.kind],
            "technology": list(entry.technologies),
            "place": list(places),
            "area": [key for key in places if not key.startswith("commune:")],
            "commune": [key for key in places if key.startswith("commune:")],
            "year": years,
            "status": [entry.status] if entry.status else [],
            "document": [entry.document] if entry.document else [],
            "collection": list(entry.collections),
            "day": [day],
            "by_day": [day << TIE_BITS | tie],
            "by_at": [at << TIE_BITS | tie],
            "by_weight": [_thousandths(entry.weight) << TIE_BITS | tie],
            "weight": [float(entry.weight)],
            "weighed": [] if entry.weight == 1.0 else [WEIGHED],
            "amount": [] if entry.amount is None else [float(entry.amount)],
        },
        schema,
    )


def _tie(entry: Entry) -> int:
    """Return what decides between entries of one day or weight, whatever segment each is in.

    The pages of a document stay together, in their order: the greatest comes first.
    """
    page = min(entry.page or 0, (1 << 14) - 1)
    together = crc32((entry.document or entry.ref).encode()) & ((1 << 14) - 1)
    return together << 14 | ((1 << 14) - 1 - page)


def _thousandths(weight: float) -> int:
    return int(min(max(weight, 0.0), 1e6) * 1000)
