"""Time the search on made-up pages, next to SQLite FTS5 and PostgreSQL on the same pages.

    python -m bench.search                  100,000 pages
    python -m bench.search 1000000          as many as one likes
    python -m bench.search --no-fts --no-postgres    without the comparisons

Times of the clock, and of the processor where a busy machine would blur them. Each question asks
for what a page of results needs: the best 20, a marked passage of each, and three facets. The
others are asked less often, and each kind for some seconds only: a million pages with all three
engines should take less than 25 minutes on two cores, and 20 GB of the temporary folder.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contrechamp.project.settings")

from contrechamp.search.domain import Sought, excerpt, parse
from contrechamp.search.engines import Range, Request
from contrechamp.search.engines.embedded import Embedded

from . import made_pages
from .search_others import FACETS, LONGEST_S, Case, Fts, Postgres, postgres, progress

PAGES = 100_000
TARGET_BUILD_S, TARGET_ASK_MS = 150, 20
TRIES, TOP, EXAMPLES = 40, 20, 500
OTHERS_TRIES, OTHERS_LONGEST_S = 10, 8
Table = dict[str, list[str]]
"""For each kind of question what each engine took, the heads under an empty name."""
Chance = random.Random


@dataclass(frozen=True)
class Asked:
    """What one question took, and how many things answer."""

    seconds: float
    cpu: float
    hits: int


def main() -> None:
    """Print the measures."""
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdecimal()]
    pages = numbers[0] if numbers else PAGES
    folder = Path(tempfile.mkdtemp(prefix="bench-search-"))
    try:
        progress(f"making {pages} pages")
        with made_pages.make(folder, pages) as base:
            _build(folder, base, pages)
        cases = {name: _cases(make) for name, make in _kinds().items()}
        table = _ask_ours(folder, cases)
        _print(table)
        if "--no-postgres" not in sys.argv:
            with postgres(folder) as address:  # Which takes the most room: it goes first.
                _ask_theirs(Postgres(folder / "pages.sqlite3", address), cases, table)
        if "--no-fts" not in sys.argv:
            _ask_theirs(Fts(folder / "pages.sqlite3"), cases, table)
        if len(table[""]) > 1:
            _print(table)
    finally:
        shutil.rmtree(folder)


def say(line: str) -> None:
    print(line, flush=True)


def _build(folder: Path, base: sqlite3.Connection, pages: int) -> None:
    engine = Embedded(folder / "index")
    progress("the embedded engine indexes")
    begun, cpu = perf_counter(), process_time()
    fresh = engine.fresh(entry.text for entry in islice(made_pages.entries(base), EXAMPLES))
    fresh.put(made_pages.entries(base))
    fresh.commit()
    engine.adopt(fresh)
    spent, cpu = perf_counter() - begun, process_time() - cpu
    size = sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file())
    target = f"; target {TARGET_BUILD_S} s a million on two cores"
    say("engine         build      size")
    say(
        f"{'embedded':12} {spent:7.0f} s {size / 1e6:8.0f} MB   {pages / spent:.0f} pages/s, "
        f"{cpu:.0f} s of the processor, at most {_memory('VmHWM'):.0f} MB{target}"
    )


def _cases(make: Callable[[Chance], Case]) -> list[Case]:
    chance = Chance(3)
    return [make(chance) for _ in range(TRIES)]


def _ask_ours(folder: Path, cases: dict[str, list[Case]]) -> Table:
    """Ask the embedded engine, in a process of its own, to see what memory it takes."""
    table: Table = {"": [f"{'embedded':>19}{'(processor)':>24}{'hits':>9}"]}
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        before, opened = pool.submit(_open, folder).result()
        for name, each in cases.items():
            progress(f"the embedded engine: {name}")
            ours = pool.submit(_ask_all, folder, each).result()
            cpu = f"({_spread([one.cpu for one in ours]).strip()})"
            hits = int(statistics.median([one.hits for one in ours]))
            table[name] = [f"{_spread([one.seconds for one in ours])}{cpu:>24}{hits:>9}"]
        after = pool.submit(_memory, "RssAnon").result()
        mapped = pool.submit(_memory, "RssFile").result()
    say(
        f"memory: {before:.0f} MB before, {opened:.0f} MB with the index open, {after:.0f} MB "
        f"after these; and {mapped:.0f} MB of mapped files, which the system takes back at need"
    )
    return table


def _ask_theirs(other: Fts | Postgres, cases: dict[str, list[Case]], table: Table) -> None:
    seconds, size = other.build()
    say(f"{other.name:12} {seconds:7.0f} s {size / 1e6:8.0f} MB")
    table[""].append(f"{other.name:>24}")
    for name, each in cases.items():
        progress(f"{other.name}: {name}")
        table[name].append(f"{_spread(list(_ask_other(other, each))):>24}")
    other.close()


def _print(table: Table) -> None:
    say(f"ms: p50 / p95, target {TARGET_ASK_MS}; {TRIES} questions of each kind")
    if len(table[""]) > 1:
        say(
            f"(others: up to {OTHERS_TRIES}, in {OTHERS_LONGEST_S} s or somewhat more; none is "
            f"waited for longer than {LONGEST_S} s)"
        )
    for name, columns in table.items():
        say(f"{name:24}{''.join(columns)}")


def _memory(name: str) -> float:
    """Return a line of this process's state, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


def _open(folder: Path) -> tuple[float, float]:
    before = _memory("RssAnon")
    _engine(folder).find(Request(parsed=parse("rien")))
    return before, _memory("RssAnon")


_engines: dict[Path, Embedded] = {}


def _engine(folder: Path) -> Embedded:
    return _engines.setdefault(folder, Embedded(folder / "index"))


def _ask_all(folder: Path, cases: list[Case]) -> list[Asked]:
    base = sqlite3.connect(folder / "pages.sqlite3")
    return [_ask(_engine(folder), base, case) for case in cases]


def _ask(engine: Embedded, base: sqlite3.Connection, case: Case) -> Asked:
    begun, cpu = perf_counter(), process_time()
    parsed = parse(case.text)
    equal = {name: low for name, (low, high) in case.where.items() if low == high}
    found = engine.find(
        Request(
            parsed=parsed,
            limit=TOP,
            facets=FACETS,
            any_word=case.any_word,
            fuzzy=case.fuzzy,
            filters=tuple((name, (value,)) for name, value in equal.items()),
            ranges=tuple(
                Range(name, *bounds) for name, bounds in case.where.items() if name not in equal
            ),
        )
    )
    sought = Sought.of(parsed, fuzzy=case.fuzzy)
    for hit in found.hits:
        row = base.execute("SELECT text FROM page WHERE ref = ?", (hit.ref,)).fetchone()
        excerpt(row[0], sought)
    return Asked(perf_counter() - begun, process_time() - cpu, found.total)


def _ask_other(other: Fts | Postgres, cases: list[Case]) -> Iterator[float]:
    until = perf_counter() + OTHERS_LONGEST_S
    for case in cases[:OTHERS_TRIES]:
        begun = perf_counter()
        if begun > until or not other.ask(case):
            return
        yield perf_counter() - begun


def _kinds() -> dict[str, Callable[[Chance], Case]]:
    words = made_pages.lexicon()
    often, some, rare = words[:60], words[300:2_000], words[10_000:40_000]
    day = made_pages.FIRST_DAY + 3_000

    def one(of: list[str], **more: object) -> Callable[[Chance], Case]:
        return lambda chance: Case((chance.choice(of),), **more)  # type: ignore[arg-type]

    return {
        "one frequent word": one(often),
        "one usual word": one(some),
        "one rare word": one(rare),
        "two words": lambda chance: Case((chance.choice(often), chance.choice(some))),
        "three words": lambda chance: Case(tuple(chance.sample(words[:400], 3))),
        "one of two words": lambda chance: Case(
            (chance.choice(often), chance.choice(some)), any_word=True
        ),
        "a phrase": lambda chance: Case((chance.choice(often), chance.choice(often)), phrase=True),
        "a beginning": lambda chance: Case((chance.choice(some)[:4],), prefix=True),
        "without a word": lambda chance: Case((chance.choice(some),), without=chance.choice(often)),
        "a slip": lambda chance: Case((_slip(chance.choice(some), chance),), fuzzy=True),
        "a year of days": one(often, where={"day": (day, day + 365)}),
        "one value of a facet": one(often, where={"kind": ("fact", "fact")}),
    }


def _slip(word: str, chance: Chance) -> str:
    """Return a word with two letters changed in their order."""
    at = chance.randrange(1, max(len(word) - 1, 2))
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


def _spread(seconds: list[float]) -> str:
    if not seconds:
        return f"{'cannot':>19}"
    ordered = sorted(seconds)
    p95 = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    return f"{statistics.median(ordered) * 1000:8.1f} / {p95 * 1000:8.1f}"


if __name__ == "__main__":
    main()
