"""Made-up French-like pages for the search bench, made by all cores and kept in SQLite.

A page has 300 words drawn by Zipf's law from the words of an invented lexicon, and the name of a
commune; 20 pages are one document. No text comes from anywhere.
"""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import accumulate
from multiprocessing import get_context
from pathlib import Path

from contrechamp.foundation.plug import Entry

WORDS, LEXICON, PER_DOCUMENT, COMMUNES = 300, 60_000, 20, 35_000
FIRST_DAY, DAYS = date(2010, 1, 1).toordinal(), 5_800
PART = 5_000
PARTS = tuple(
    part
    for line in (
        "ca mé ra vi déo pro tec tion pré fet ar rê té mu ni ci pal sur veil lance an a ly se dro",
        "li ce com mu ne mar ché pu blic don née sé cu ri lo gi ciel ré seau ou ver ture po",
    )
    for part in line.split()
)
COLUMNS = "id INTEGER PRIMARY KEY, ref, kind, area, commune, year, day, title, text"
Row = tuple[int, str, str, str, str, int, int, str, str]


@cache
def lexicon() -> list[str]:
    """Return the words, the most frequent first."""
    chance = random.Random(1)
    made = {
        "".join(chance.choices(PARTS, k=chance.choice((1, 2, 2, 3, 3, 4)))) for _ in range(90_000)
    }
    words = sorted(made)
    chance.shuffle(words)
    return words[:LEXICON]


@cache
def _weights() -> list[float]:
    return list(accumulate(1 / (rank + 2.7) for rank in range(len(lexicon()))))


def make(folder: Path, pages: int) -> sqlite3.Connection:
    """Make so many pages, the same ones each time, in a table `page`."""
    base = sqlite3.connect(folder / "pages.sqlite3")
    base.execute("PRAGMA journal_mode=off")
    base.execute("PRAGMA synchronous=off")
    base.execute(f"CREATE TABLE page ({COLUMNS})")
    parts = [(first, min(PART, pages - first)) for first in range(0, pages, PART)]
    with get_context("spawn").Pool(os.cpu_count()) as pool:
        for rows in pool.imap(_part, parts):
            base.executemany("INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    base.execute("CREATE UNIQUE INDEX page_ref ON page (ref)")
    base.commit()
    return base


def _part(part: tuple[int, int]) -> list[Row]:
    first, size = part
    chance = random.Random(first)
    return [_page(number, chance) for number in range(first, first + size)]


def _page(number: int, chance: random.Random) -> Row:
    commune = int(COMMUNES * chance.random() ** 2)
    words = chance.choices(lexicon(), cum_weights=_weights(), k=WORDS)
    words.insert(WORDS // 2, f"Ville-{commune}")
    day = FIRST_DAY + chance.randrange(DAYS)
    document, page = number // PER_DOCUMENT, number % PER_DOCUMENT + 1
    return (
        number,
        f"documents:page:{document:064x}/{page}",
        chance.choice(("page", "page", "page", "fact")),
        f"{commune % 101:02}",
        f"{commune:05}",
        date.fromordinal(day).year,
        day,
        f"Arrêté {document}, p. {page}",
        " ".join(words),
    )


def entries(base: sqlite3.Connection) -> Iterator[Entry]:
    """Yield the pages as a room offers them to search."""
    for _, ref, kind, area, commune, _, day, title, text in base.execute(
        "SELECT * FROM page ORDER BY id"
    ):
        document, _, page = ref.removeprefix("documents:page:").partition("/")
        yield Entry(
            ref=ref,
            kind=kind,
            title=title,
            text=text,
            url="/",
            places=(f"commune:{commune}", f"departement:{area}"),
            date=date.fromordinal(day),
            page=int(page),
            document=document,
        )
