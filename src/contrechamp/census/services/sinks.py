"""The formats that are tables: CSV, SQLite, Parquet. Each takes rows as they come."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TextIO

from contrechamp.census.domain.exchange import flat, lite
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.tables import Row, Table

Explained = Callable[[Sequence[Table]], Mapping[str, Sequence[Sequence[str]]]]
"""Of the tables of an export, the tables that explain them."""
AT_ONCE = 2_000
"""Rows that SQLite takes in one go."""
GROUP = 8_000
"""Rows in a row group of Parquet: what is held of each table."""


class CsvSink:
    """One file for each table."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stack = ExitStack()
        self._files: dict[str, TextIO] = {}

    def begin(self, tables: Sequence[Table]) -> None:
        """Write the headers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for table in tables:
            path = self.folder / f"{table.name}.csv"
            out = self._stack.enter_context(path.open("w", encoding="utf-8", newline="\n"))
            self._files[table.name] = out
            out.writelines(flat.render([table.header]))

    def add(self, table: str, row: Row) -> None:
        """Write one line."""
        self._files[table].writelines(flat.render([row]))

    def end(self) -> None:
        """Close the files."""
        self._stack.close()


class SqliteSink:
    """One database that Datasette opens as it is."""

    def __init__(self, path: Path, *, explained: Explained) -> None:
        self.path, self._explained = path, explained
        self._waiting: dict[str, list[Row]] = {}
        self._tables: dict[str, Table] = {}

    def begin(self, tables: Sequence[Table]) -> None:
        """Make the tables."""
        self._tables = {table.name: table for table in tables}
        self._waiting = {table.name: [] for table in tables}
        self._database = sqlite3.connect(self.path, isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-16000"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.execute("BEGIN")
        for table in tables:
            self._database.execute(lite.table_sql(table))

    def add(self, table: str, row: Row) -> None:
        """Keep one row, and write them when there are many."""
        waiting = self._waiting[table]
        waiting.append([_plain(value) for value in row])
        if len(waiting) >= AT_ONCE:
            self._write(table)

    def end(self) -> None:
        """Write what is left, the index of words, views, and what explains it all."""
        for name in self._tables:
            self._write(name)
        tables = list(self._tables.values())
        lite.finish(self._database, tables, self._explained(tables))
        self._database.execute("COMMIT")
        self._database.close()

    def _write(self, name: str) -> None:
        self._database.executemany(lite.insert_sql(self._tables[name]), self._waiting[name])
        self._waiting[name].clear()


class ParquetSink:
    """One file for each table, for DuckDB, pandas and the like."""

    def __init__(self, folder: Path, *, about: Mapping[str, str] | None = None) -> None:
        check_parquet()
        self.folder, self._about = folder, about or {}
        self._arrow: Any = import_module("pyarrow")
        self._parquet: Any = import_module("pyarrow.parquet")
        self._waiting: dict[str, list[Row]] = {}
        self._writers: dict[str, Any] = {}

    def begin(self, tables: Sequence[Table]) -> None:
        """Open a file for each table."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for table in tables:
            schema = self._schema(table)
            self._waiting[table.name] = []
            self._writers[table.name] = self._parquet.ParquetWriter(
                self.folder / f"{table.name}.parquet", schema, compression="zstd"
            )

    def add(self, table: str, row: Row) -> None:
        """Keep one row, and write a group when there are many."""
        waiting = self._waiting[table]
        waiting.append(row)
        if len(waiting) >= GROUP:
            self._write(table)

    def end(self) -> None:
        """Write what is left and close the files."""
        for name, writer in self._writers.items():
            self._write(name)
            writer.close()
        # What it keeps for next time is memory that the server lacks.
        self._arrow.default_memory_pool().release_unused()

    def _write(self, name: str) -> None:
        rows, writer = self._waiting[name], self._writers[name]
        if not rows:
            return
        columns = [
            self._arrow.array([_typed(row[at], kind.type) for row in rows], kind.type)
            for at, kind in enumerate(writer.schema)
        ]
        batch = self._arrow.record_batch(columns, schema=writer.schema)
        writer.write_batch(batch, row_group_size=GROUP)
        rows.clear()

    def _schema(self, table: Table) -> Any:
        arrow = self._arrow
        types = {
            "integer": arrow.int64(),
            "number": arrow.float64(),
            "decimal": arrow.decimal128(16, 2),
        }
        fields = [
            arrow.field(c.name, types.get(c.type, arrow.string()), metadata={"about": c.about})
            for c in table.columns
        ]
        return arrow.schema(fields, metadata={"about": table.about, **self._about})


def _typed(value: object, kind: Any) -> object:
    """Return a cell as its column needs it; what is empty in a column of numbers is null."""
    if value is None or (value == "" and str(kind) != "string"):
        return None
    match str(kind):
        case "string":
            return value if isinstance(value, str) else str(value)
        case "int64":
            return int(str(value))
        case "double":
            return float(str(value))
        case _:
            return Decimal(str(value))


def has_parquet() -> bool:
    """Answer whether the package that writes Parquet is installed."""
    return find_spec("pyarrow") is not None


def check_parquet() -> None:
    """Raise `Refused` where the package that writes Parquet is missing."""
    if not has_parquet():
        raise Refused(
            gettext_noop(
                "Le format Parquet demande un paquet de plus : pip install 'contrechamp[parquet]'."
            )
        )


def json_lines(table: Table) -> Iterator[str]:
    """Yield the rows of a table as JSON objects, one a line."""
    header = table.header
    for row in table.rows():
        said = {name: _plain(value) for name, value in zip(header, row, strict=True)}
        yield json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str | int | float) else str(value)
