"""The fields of the embedded index, and an entry as a document of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zlib import crc32

import tantivy

from contrechamp.foundation.plug import Entry
from contrechamp.search.domain import indexed, stems, tokens

VERSION = 4
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
    # Two frequent words side by side: to look for their places takes too long.
    builder.add_text_field("body_2", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("title_2", tokenizer_name="whitespace", index_option="freq")
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


def document(entry: Entry, frequent: frozenset[str]) -> Any:
    """Return an entry as a document; `frequent`: words of which two
    side by side are a term of their own."""
    made = tantivy.Document()
    for name, text in _texts(entry, frequent):
        made.add_text(name, text)
    for name, number in _numbers(entry):
        made.add_integer(name, number)
    made.add_float("weight", float(entry.weight))
    if entry.amount is not None:
        made.add_float("amount", float(entry.amount))
    return made


def _texts(entry: Entry, frequent: frozenset[str]) -> Iterator[tuple[str, str]]:
    for name, text in (("body", entry.text), ("title", entry.title)):
        roots, words, beside = indexed(text, frequent)
        yield name, roots
        yield f"{name}_x", words
        yield f"{name}_2", beside
        if name == "title" and entry.kind != PAGE:
            yield "name", words
    if also := tokens(entry.also):
        yield "also", " ".join({*also, *stems(also)})
    yield "ref", entry.ref
    yield "kind", entry.kind
    for technology in entry.technologies:
        yield "technology", technology
    for key in dict.fromkeys(entry.places):
        yield "place", key
        yield ("commune" if key.startswith("commune:") else "area"), key
    if entry.date:
        yield "year", str(entry.date.year)
    if entry.status:
        yield "status", entry.status
    if entry.document:
        yield "document", entry.document
    for collection in entry.collections:
        yield "collection", collection
    if entry.weight != 1.0:
        yield "weighed", WEIGHED


def _numbers(entry: Entry) -> Iterator[tuple[str, int]]:
    day = entry.date.toordinal() if entry.date else UNDATED
    at = max(int(entry.at.timestamp()), UNDATED) if entry.at else UNDATED
    tie = _tie(entry)
    yield "day", day
    yield "by_day", day << TIE_BITS | tie
    yield "by_at", at << TIE_BITS | tie
    yield "by_weight", _thousandths(entry.weight) << TIE_BITS | tie


def _tie(entry: Entry) -> int:
    """Return what decides between entries of one day or weight, whatever segment each is in.

    The pages of a document stay together, in their order: the greatest comes first.
    """
    page = min(entry.page or 0, (1 << 14) - 1)
    together = crc32((entry.document or entry.ref).encode()) & ((1 << 14) - 1)
    return together << 14 | ((1 << 14) - 1 - page)


def _thousandths(weight: float) -> int:
    return int(min(max(weight, 0.0), 1e6) * 1000)
