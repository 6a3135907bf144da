"""The engine that needs no other process: tantivy, in folders under the data folder.

    index/CURRENT        the name of the folder that is searched
    index/4-3f9a…/       an index of version 4, and in its file FREQUENT the words of which
                         two side by side are a term of their own

A rebuild writes another folder and renames a new CURRENT over the old one. Readers look at
two small files before each search, so that every process sees a commit or a rebuild at once.

Traps of tantivy 0.27, each with a test: deleting by a term of an *unsigned* field deletes
nothing and says nothing (the key is raw text); a second writer is refused with LockBusy (the
lock of `services` comes first); counts of a `terms` aggregation are inexact unless its size
covers all terms of each segment.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Self

import tantivy

from contrechamp.foundation.plug import Entry
from contrechamp.search.domain import frequent_words
from contrechamp.search.engines import Found, Hit, Request

from .asked import query
from .best import best_of
from .entries import VERSION, document, schema

HEAP_MB, BULK_HEAP_MB = 20, (100, 1_500)
"""Room for what is not written yet. The more there is, the fewer parts are to be merged later:
a rebuild takes a twelfth of the machine's memory, within these bounds."""
BULK_THREADS = 2
MOST_TERMS = 60_000
"""More values than a facet can have (there are 35,000 communes), so that counts are exact."""
MOST_DOCUMENTS = 1_000
"""So many documents are counted apart, those with the most pages found: there is no end of them."""


FREQUENT = "FREQUENT"

_beside = ThreadPoolExecutor(4, thread_name_prefix="facets")


class Embedded:
    """An index of tantivy in a folder."""

    def __init__(self, root: Path, *, name: str = "") -> None:
        self._root = root
        self._name = name
        """The folder of a new index; empty for the one that CURRENT names."""
        self._frequent: frozenset[str] = frozenset()
        self._lock = Lock()
        self._index: Any = None
        self._stamp: tuple[str, int] = ("", 0)
        self._writer: Any = None
        self._target: Any = None
        self._merging: Thread | None = None

    def exists(self) -> bool:
        return bool(self._current())

    def put(self, entries: Iterable[Entry]) -> None:
        writer = self._open_writer()
        frequent = self._read_frequent(self._current())
        for entry in entries:
            if not self._name:
                writer.delete_documents_by_term("ref", entry.ref)
            writer.add_document(document(entry, frequent))

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
        # Without waiting, segments would pile up, and tantivy's own lock would stay taken.
        self._merging = Thread(target=writer.wait_merging_threads, daemon=True)
        self._merging.start()

    def settle(self, *, patience: float | None = None) -> bool:
        if self._merging is None:
            return True
        self._merging.join(patience)
        return not self._merging.is_alive()

    def give_up(self) -> None:
        if self._writer is not None:
            self._writer.rollback()
        self._writer = self._target = None

    def fresh(self, examples: Iterable[str] = ()) -> Self:
        fresh = type(self)(self._root, name=f"{VERSION}-{secrets.token_hex(6)}")
        folder = self._root / fresh._name
        folder.mkdir(parents=True)
        (folder / FREQUENT).write_text(" ".join(sorted(frequent_words(examples))))
        return fresh

    def adopt(self, fresh: Self) -> None:
        fresh.settle()
        self._root.mkdir(parents=True, exist_ok=True)
        beside = self._root / "CURRENT.new"
        beside.write_text(fresh._name)
        beside.replace(self._root / "CURRENT")
        for folder in self._root.iterdir():
            if folder.is_dir() and folder.name != fresh._name:
                shutil.rmtree(folder, ignore_errors=True)
        fresh._name = ""

    def find(self, request: Request) -> Found:
        index, frequent = self._reader()
        if index is None:
            return Found()
        searcher = index.searcher()
        asked = query(request, index.schema, frequent)
        # Both at once: to search lets the counting go on beside it, and not the other way round.
        counted = _beside.submit(_count, searcher, asked, request.facets)
        total, best = best_of(searcher, asked, request, index.schema, frequent)
        return Found(
            total=total,
            hits=tuple(
                Hit(ref=searcher.doc(address).get_first("ref"), score=float(score))
                for score, address in best[: request.limit]
            ),
            facets=counted.result(),
        )

    def near(self, word: str, *, limit: int) -> list[tuple[str, int]]:
        index, _ = self._reader()
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
            if self._merging is not None:
                self._merging.join()
            if not self._current():
                self.adopt(self.fresh())
            folder = self._root / self._current()
            self._target = tantivy.Index(schema(), path=str(folder), reuse=True)
            self._writer = (
                self._target.writer(_bulk_heap_mb() * 1_000_000, BULK_THREADS)
                if self._name
                else self._target.writer(HEAP_MB * 1_000_000, 1)
            )
        return self._writer

    def _reader(self) -> tuple[Any, frozenset[str]]:
        """Return the index as it is now, and its frequent words; None when there is no index."""
        name = self._current()
        meta = self._root / name / "meta.json"
        try:
            stamp = (name, meta.stat().st_mtime_ns)
        except FileNotFoundError:
            return None, frozenset()
        with self._lock:
            if name != self._stamp[0]:
                self._index = tantivy.Index.open(str(self._root / name))
                self._index.config_reader("manual")
                self._frequent = self._read_frequent(name)
            if stamp != self._stamp:
                self._index.reload()
                self._stamp = stamp
            return self._index, self._frequent

    def _read_frequent(self, name: str) -> frozenset[str]:
        """Return the words whose pairs are terms of an index, the same ones as long as it lives."""
        return frozenset((self._root / name / FREQUENT).read_text().split())


def _bulk_heap_mb() -> int:
    least, most = BULK_HEAP_MB
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return min(max(memory // 12_000_000, least), most)


def _count(searcher: Any, query: Any, facets: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    if not facets:
        return {}
    counted = searcher.aggregate(
        query,
        {
            name: {
                "terms": {
                    "field": name,
                    "size": MOST_DOCUMENTS if name == "document" else MOST_TERMS,
                    "segment_size": MOST_TERMS,
                }
            }
            for name in facets
        },
    )
    return {
        name: [(bucket["key"], bucket["doc_count"]) for bucket in counted[name]["buckets"]]
        for name in facets
    }
