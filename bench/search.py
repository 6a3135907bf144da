"""Time the search on made-up French-like pages, next to SQLite FTS5 on the same pages.

    python -m bench.search            100,000 pages
    python -m bench.search 1000000    as many as one likes
    python -m bench.search --no-fts   without the comparison

A page has 300 words drawn by Zipf's law from the words of an invented lexicon, and the names of a
few communes; 20 pages are one document. No text comes from anywhere.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path
from time import perf_counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contrechamp.project.settings")

from contrechamp.foundation.plug import Entry
from contrechamp.search.domain import Parsed, Sought, excerpt, parse
from contrechamp.search.engines import Request
from contrechamp.search.engines.embedded import Embedded

PAGES, WORDS, LEXICON, PER_DOCUMENT, COMMUNES = 100_000, 300, 60_000, 20, 35_000
TRIES, TOP, FACETS = 40, 20, ("kind", "area", "year")
BATCH = 2_000
PARTS = tuple(
    part
    for line in (
        "ca mé ra vi déo pro tec tion pré fet ar rê té mu ni ci pal sur veil lance an a ly se dro",
        "li ce com mu ne mar ché pu blic don née sé cu ri lo gi ciel ré seau ou ver ture po",
    )
    for part in line.split()
)


def main() -> None:
    """Print the measures."""
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdecimal()]
    pages = numbers[0] if numbers else PAGES
    folder = Path(tempfile.mkdtemp(prefix="bench-search-"))
    try:
        lexicon = _lexicon()
        engine = _tantivy(folder, pages, lexicon)
        texts = _texts(folder, pages, lexicon)
        fts = None if "--no-fts" in sys.argv else _fts(folder, texts)
        _compare(engine, fts, texts, lexicon)
    finally:
        shutil.rmtree(folder)
    say(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")


def say(line: str) -> None:
    print(line, flush=True)


def _lexicon() -> list[str]:
    chance = random.Random(1)
    made = {
        "".join(chance.choices(PARTS, k=chance.choice((1, 2, 2, 3, 3, 4)))) for _ in range(90_000)
    }
    words = sorted(made)
    chance.shuffle(words)
    return words[:LEXICON]


def _pages(pages: int, lexicon: list[str]) -> Iterator[Entry]:
    chance = random.Random(2)
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(lexicon))))
    for number in range(pages):
        commune = int(COMMUNES * chance.random() ** 2)
        words = chance.choices(lexicon, cum_weights=weights, k=WORDS)
        words.insert(WORDS // 2, f"Ville-{commune}")
        day = date(2010, 1, 1) + timedelta(days=chance.randrange(5_800))
        yield Entry(
            ref=f"documents:page:{number // PER_DOCUMENT:064x}/{number % PER_DOCUMENT + 1}",
            kind=chance.choice(("page", "page", "page", "fact")),
            title=f"Arrêté {number // PER_DOCUMENT}",
            text=" ".join(words),
            url="/",
            places=(f"commune:{commune:05}", f"departement:{commune % 101:02}"),
            date=day,
        )


def _tantivy(folder: Path, pages: int, lexicon: list[str]) -> Embedded:
    engine = Embedded(folder / "index")
    fresh = engine.fresh()
    entries = _pages(pages, lexicon)
    begun, spent = perf_counter(), 0.0
    while batch := list(islice(entries, BATCH)):
        start = perf_counter()
        fresh.put(batch)
        spent += perf_counter() - start
    start = perf_counter()
    fresh.commit()
    engine.adopt(fresh)
    spent += perf_counter() - start
    size = sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file())
    say(
        f"index     {pages} pages in {spent:.0f} s ({pages / spent:.0f} pages/s), "
        f"{size / 1e6:.0f} MB; with the making of the pages {perf_counter() - begun:.0f} s"
    )
    return engine


def _texts(folder: Path, pages: int, lexicon: list[str]) -> sqlite3.Connection:
    """The pages as the database holds them: results are read from it, by either engine."""
    base = sqlite3.connect(folder / "pages.sqlite3")
    base.execute("PRAGMA journal_mode=off")
    base.execute("PRAGMA synchronous=off")
    base.execute("CREATE TABLE page (id INTEGER PRIMARY KEY, ref TEXT, kind, area, year, text)")
    rows = (
        (n, e.ref, e.kind, e.places[1], e.date.year if e.date else 0, e.text)
        for n, e in enumerate(_pages(pages, lexicon))
    )
    base.executemany("INSERT INTO page VALUES (?, ?, ?, ?, ?, ?)", rows)
    base.execute("CREATE UNIQUE INDEX page_ref ON page (ref)")
    base.commit()
    return base


def _fts(folder: Path, base: sqlite3.Connection) -> sqlite3.Connection:
    begun = perf_counter()
    base.execute(
        "CREATE VIRTUAL TABLE fts USING fts5 (text, content='page', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    base.execute("INSERT INTO fts (fts) VALUES ('rebuild')")
    base.commit()
    say(f"FTS5      in {perf_counter() - begun:.0f} s; no French stems")
    return base


def _compare(
    engine: Embedded, fts: sqlite3.Connection | None, base: sqlite3.Connection, lexicon: list[str]
) -> None:
    say(f"top {TOP} with {len(FACETS)} facets and marked passages, ms: p50 / p95")
    for name, make in _queries(lexicon).items():
        chance = random.Random(3)
        texts = [make(chance) for _ in range(TRIES)]
        ours = [_ask(engine, base, parse(text)) for text in texts]
        line = (
            f"{name:24} {_spread([s for s, _ in ours])}   hits {_median([n for _, n in ours]):>8}"
        )
        if fts is not None:
            theirs = [_ask_fts(fts, parse(text)) for text in texts[:10]]
            line += f"   FTS5 {_spread(theirs)}"
        say(line)


def _queries(lexicon: list[str]) -> dict[str, Callable[[random.Random], str]]:
    often, some, rare = lexicon[:60], lexicon[300:2_000], lexicon[10_000:40_000]
    return {
        "one frequent word": lambda chance: chance.choice(often),
        "one usual word": lambda chance: chance.choice(some),
        "one rare word": lambda chance: chance.choice(rare),
        "two words": lambda chance: f"{chance.choice(often)} {chance.choice(some)}",
        "three words": lambda chance: " ".join(chance.sample(lexicon[:400], 3)),
        "a phrase": lambda chance: f'"{chance.choice(often)} {chance.choice(often)}"',
        "a beginning": lambda chance: f"{chance.choice(some)[:4]}*",
        "without a word": lambda chance: f"{chance.choice(some)} -{chance.choice(often)}",
    }


def _ask(engine: Embedded, base: sqlite3.Connection, parsed: Parsed) -> tuple[float, int]:
    begun = perf_counter()
    found = engine.find(Request(parsed=parsed, limit=TOP, facets=FACETS))
    sought = Sought.of(parsed)
    for hit in found.hits:
        row = base.execute("SELECT text FROM page WHERE ref = ?", (hit.ref,)).fetchone()
        excerpt(row[0], sought)
    return perf_counter() - begun, found.total


def _ask_fts(base: sqlite3.Connection, parsed: Parsed) -> float:
    said = " ".join(
        f'{"NOT " if clause.is_negated else ""}"{" ".join(atom.words)}"{"*" if atom.prefix else ""}'
        for clause in parsed.clauses
        for atom in clause.atoms
    )
    begun = perf_counter()
    base.execute(
        "SELECT rowid, snippet(fts, 0, '[', ']', '…', 32) FROM fts WHERE fts MATCH ? "
        "ORDER BY bm25(fts) LIMIT 20",
        (said,),
    ).fetchall()
    for facet in FACETS:
        base.execute(
            f"SELECT {facet}, count(*) FROM fts JOIN page ON page.id = fts.rowid "
            f"WHERE fts MATCH ? GROUP BY {facet}",
            (said,),
        ).fetchall()
    return perf_counter() - begun


def _spread(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    p95 = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    return f"{statistics.median(ordered) * 1000:8.1f} / {p95 * 1000:8.1f}"


def _median(numbers: list[int]) -> int:
    return int(statistics.median(numbers))


if __name__ == "__main__":
    main()
