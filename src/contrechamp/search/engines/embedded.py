"""The engine that needs no other process: tantivy, in folders under the data folder.

    index/CURRENT        the name of the folder that is searched
    index/1-3f9a…/       an index of version 1

A rebuild writes another folder and renames a new CURRENT over the old one. Readers look at
two small files before each search, so that every process sees a commit or a rebuild at once.

Traps of tantivy 0.27, each with a test: deleting by a term of an *unsigned* field deletes
nothing and says nothing (the key is raw text); a second writer is refused with LockBusy (the
lock of `services` comes first); counts of a `terms` aggregation are inexact unless its size
covers all terms of each segment.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Self

import tantivy
from tantivy import Occur, Query

from contrechamp.foundation.plug import Entry
from contrechamp.search.domain import Atom, Clause, indexed, stem, stems, tokens

from . import Found, Hit, Request

VERSION = 1
"""Raised when the fields change: an index of another version is not opened."""
HEAP_MB, BULK_HEAP_MB = 20, 200
BULK_THREADS = 2
MOST_TERMS = 60_000
"""More values than a facet can have (there are 35,000 communes), so that counts are exact."""
UNDATED = 0
TITLE_BOOST, ALSO_BOOST, CLOSE_BOOST = 4.0, 3.0, 2.0
ORDERS = {"date": "day", "new": "at"}
RANKED = {"weight_by_field": "weight"}
RAW = ("kind", "technology", "area", "commune", "year", "status")


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("ref", stored=True, tokenizer_name="raw", index_option="basic")
    # Words come cut and folded from `search.domain`: the engine only splits at the spaces.
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("body_x", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("title_x", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("also", tokenizer_name="whitespace", index_option="freq")
    for name in RAW:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("place", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", fast=True)
    builder.add_integer_field("at", fast=True)
    builder.add_float_field("weight", fast=True)
    return builder.build()


class Embedded:
    """An index of tantivy in a folder."""

    def __init__(self, root: Path, *, name: str = "") -> None:
        self._root = root
        self._name = name
        """The folder of a new index; empty for the one that CURRENT names."""
        self._lock = Lock()
        self._index: Any = None
        self._stamp: tuple[str, int] = ("", 0)
        self._writer: Any = None
        self._target: Any = None

    def exists(self) -> bool:
        return bool(self._current())

    def put(self, entries: Iterable[Entry]) -> None:
        writer = self._open_writer()
        for entry in entries:
            if not self._name:
                writer.delete_documents_by_term("ref", entry.ref)
            writer.add_document(_document(entry, self._target.schema))

    def forget(self, refs: Iterable[str]) -> None:
        writer = self._open_writer()
        for ref in refs:
            writer.delete_documents_by_term("ref", ref)

    def clear(self) -> None:
        self._open_writer().delete_all_documents()

    def commit(self) -> None:
        writer = self._open_writer()
        writer.commit()
        self._writer = self._target = None
        writer.wait_merging_threads()  # Else segments pile up, and the lock stays taken.

    def fresh(self) -> Self:
        return type(self)(self._root, name=f"{VERSION}-{secrets.token_hex(6)}")

    def adopt(self, fresh: Self) -> None:
        self._root.mkdir(parents=True, exist_ok=True)
        beside = self._root / "CURRENT.new"
        beside.write_text(fresh._name)
        beside.replace(self._root / "CURRENT")
        for folder in self._root.iterdir():
            if folder.is_dir() and folder.name != fresh._name:
                shutil.rmtree(folder, ignore_errors=True)
        fresh._name = ""

    def find(self, request: Request) -> Found:
        index = self._reader()
        if index is None:
            return Found()
        searcher = index.searcher()
        query = _query(request, index.schema)
        result = searcher.search(
            query,
            limit=max(request.limit, 1),
            offset=request.offset,
            **({"order_by_field": ORDERS[order]} if (order := request.order) in ORDERS else RANKED),
        )
        return Found(
            total=result.count,
            hits=tuple(
                Hit(ref=searcher.doc(address).get_first("ref"), score=float(score))
                for score, address in result.hits[: request.limit]
            ),
            facets=_count(searcher, query, request.facets),
        )

    def near(self, word: str, *, limit: int) -> list[tuple[str, int]]:
        index = self._reader()
        return (
            [] if index is None else index.searcher().terms_with_prefix("body_x", word, None, limit)
        )

    def _current(self) -> str:
        if self._name:
            return self._name
        try:
            name = (self._root / "CURRENT").read_text()
        except FileNotFoundError:
            return ""
        return name if name.startswith(f"{VERSION}-") else ""

    def _open_writer(self) -> Any:
        if self._writer is None:
            if not self._current():
                self.adopt(self.fresh())
            folder = self._root / self._current()
            folder.mkdir(parents=True, exist_ok=True)
            self._target = tantivy.Index(_schema(), path=str(folder), reuse=True)
            self._writer = (
                self._target.writer(BULK_HEAP_MB * 1_000_000, BULK_THREADS)
                if self._name
                else self._target.writer(HEAP_MB * 1_000_000, 1)
            )
        return self._writer

    def _reader(self) -> Any:
        """Return the index as it is now; None when there is none."""
        name = self._current()
        meta = self._root / name / "meta.json"
        try:
            stamp = (name, meta.stat().st_mtime_ns)
        except FileNotFoundError:
            return None
        with self._lock:
            if name != self._stamp[0]:
                self._index = tantivy.Index.open(str(self._root / name))
                self._index.config_reader("manual")
            if stamp != self._stamp:
                self._index.reload()
                self._stamp = stamp
            return self._index


def _document(entry: Entry, schema: Any) -> Any:
    (body, body_x), (title, title_x) = indexed(entry.text), indexed(entry.title)
    also = tokens(entry.also)
    years = [str(entry.date.year)] if entry.date else []
    places = dict.fromkeys(entry.places)
    return tantivy.Document.from_dict(
        {
            "ref": [entry.ref],
            "body": [body],
            "body_x": [body_x],
            "title": [title],
            "title_x": [title_x],
            "also": [" ".join({*also, *stems(also)})],
            "kind": [entry.kind],
            "technology": list(entry.technologies),
            "place": list(places),
            "area": [key for key in places if not key.startswith("commune:")],
            "commune": [key for key in places if key.startswith("commune:")],
            "year": years,
            "status": [entry.status] if entry.status else [],
            "day": [entry.date.toordinal() if entry.date else UNDATED],
            "at": [int(entry.at.timestamp()) if entry.at else UNDATED],
            "weight": [float(entry.weight)],
        },
        schema,
    )


def _count(searcher: Any, query: Any, facets: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    if not facets:
        return {}
    counted = searcher.aggregate(
        query,
        {
            name: {"terms": {"field": name, "size": MOST_TERMS, "segment_size": MOST_TERMS}}
            for name in facets
        },
    )
    return {
        name: [(bucket["key"], bucket["doc_count"]) for bucket in counted[name]["buckets"]]
        for name in facets
    }


def _query(request: Request, schema: Any) -> Any:
    wanted = [clause for clause in request.parsed.clauses if not clause.is_negated]
    parts: list[tuple[Any, Any]] = []
    one_of: list[tuple[Any, Any]] = []
    for clause in request.parsed.clauses:
        query = _clause(clause, schema)
        if clause.is_negated:
            parts.append((Occur.MustNot, query))
        else:
            (one_of if request.any_word else parts).append(
                (Occur.Should if request.any_word else Occur.Must, query)
            )
    if one_of:
        parts.append((Occur.Must, Query.boolean_query(one_of)))
    if not wanted:
        parts.append((Occur.Must, Query.all_query()))
    if close := _close(wanted, schema):
        parts.append((Occur.Should, close))
    parts += [(Occur.Must, _in(schema, name, values)) for name, values in request.filters]
    parts += [(Occur.MustNot, _in(schema, name, values)) for name, values in request.without]
    if request.hidden:
        parts.append((Occur.MustNot, _in(schema, "ref", tuple(request.hidden))))
    return Query.boolean_query(parts)


def _in(schema: Any, name: str, values: Sequence[str]) -> Any:
    return Query.const_score_query(Query.term_set_query(schema, name, list(values)), 0.0)


def _clause(clause: Clause, schema: Any) -> Any:
    atoms = [_atom(atom, clause.in_title, schema) for atom in clause.atoms]
    if len(atoms) == 1:
        return atoms[0]
    # What was typed counts more than a synonym of it, and both together not double.
    return Query.disjunction_max_query(
        [
            query if atom.typed else Query.boost_query(query, 0.7)
            for atom, query in zip(clause.atoms, atoms, strict=True)
        ]
    )


def _atom(atom: Atom, in_title: bool, schema: Any) -> Any:
    if atom.prefix:
        return _begins(atom, in_title, schema)
    if atom.exact:
        return _either(
            [
                (_phrase("title_x", atom.words, schema), TITLE_BOOST),
                *([] if in_title else [(_phrase("body_x", atom.words, schema), 1.0)]),
            ]
        )
    words = [_word(word, in_title, schema) for word in atom.words]
    if len(words) == 1:
        return words[0]
    return Query.boolean_query([(Occur.Must, word) for word in words])


def _word(word: str, in_title: bool, schema: Any) -> Any:
    title = (Query.term_query(schema, "title", stem(word)), TITLE_BOOST)
    if in_title:
        return _either([title])
    return _either(
        [
            (Query.term_query(schema, "body", stem(word)), 1.0),
            title,
            (Query.term_query(schema, "also", word), ALSO_BOOST),
        ]
    )


def _phrase(name: str, words: Sequence[str], schema: Any) -> Any:
    if len(words) == 1:
        return Query.term_query(schema, name, words[0])
    return Query.phrase_query(schema, name, list(words))


def _begins(atom: Atom, in_title: bool, schema: Any) -> Any:
    def begins(name: str) -> Any:
        if len(atom.words) > 1:
            return Query.phrase_prefix_query(schema, name, list(atom.words))
        return Query.regex_query(schema, name, f"{atom.words[0]}.*")  # Letters and digits alone.

    fields = [(begins("title_x"), TITLE_BOOST)]
    if not in_title:
        fields += [(begins("body_x"), 1.0)]
        if len(atom.words) == 1:
            fields += [(begins("also"), ALSO_BOOST)]
    return _either(fields)


def _either(queries: Sequence[tuple[Any, float]]) -> Any:
    boosted = [q if boost == 1.0 else Query.boost_query(q, boost) for q, boost in queries]
    return boosted[0] if len(boosted) == 1 else Query.disjunction_max_query(boosted, 0.2)


def _close(wanted: Sequence[Clause], schema: Any) -> Any:
    """Return a query for the typed words side by side, which are worth more; None if one word."""
    words = [
        word
        for clause in wanted
        for atom in clause.atoms[:1]
        if not atom.exact and not atom.prefix
        for word in atom.words
    ]
    if not 1 < len(words) <= 5:
        return None
    phrases = [
        (Occur.Should, Query.boost_query(Query.phrase_query(schema, name, [*words], 2), boost))
        for name, boost in (("title_x", TITLE_BOOST), ("body_x", CLOSE_BOOST))
    ]
    return Query.boolean_query(phrases)
