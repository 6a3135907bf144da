"""The public census as one SQLite file: tables, full text, views for common questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from contrechamp.kernel.tables import Column, Table

TYPES = {"integer": "INTEGER", "number": "REAL", "decimal": "REAL"}
WORDS = "unicode61 remove_diacritics 2"
INDEXES = """
CREATE INDEX edges_by_source ON edges (source, relation);
CREATE INDEX edges_by_target ON edges (target, relation);
CREATE INDEX claims_by_record ON claims (record, property);
CREATE INDEX evidence_by_claim ON evidence (claim);
"""
VIEWS = """
CREATE VIEW projects_by_commune AS
SELECT places.code AS insee, places.name AS commune, projects.id AS project, projects.name
FROM edges
JOIN nodes AS projects ON projects.id = edges.source AND projects.kind = 'project'
JOIN nodes AS where_ ON where_.id = edges.target
JOIN places ON places.key = where_.territory
WHERE edges.relation = 'located_in'
ORDER BY places.code, projects.name;
CREATE VIEW clients_of AS
SELECT source AS supplier, source_name AS supplier_name, target AS client,
       target_name AS client_name, relation, status, id AS claim
FROM edges WHERE relation IN ('supplies', 'used_by')
UNION ALL
SELECT awarded.target, awarded.target_name, bought.source, bought.source_name,
       'contract', awarded.status, awarded.id
FROM edges AS awarded
JOIN edges AS bought ON bought.target = awarded.source AND bought.relation = 'buyer_of'
WHERE awarded.relation = 'awarded_to';
"""


def table_sql(table: Table) -> str:
    """Return the statement that makes a table."""
    first = table.columns[0].name if table.is_keyed else ""
    columns = ", ".join(_column(column, is_key=column.name == first) for column in table.columns)
    return f'CREATE TABLE "{table.name}" ({columns})'


def _column(column: Column, *, is_key: bool) -> str:
    key = " PRIMARY KEY" if is_key else ""
    # Datasette makes a link of it. Nothing is refused: a relation may lead to what is not here.
    leads = f' REFERENCES "{column.leads_to}"' if column.leads_to else ""
    return f'"{column.name}" {TYPES.get(column.type, "TEXT")}{key}{leads}'


def insert_sql(table: Table) -> str:
    """Return the statement that writes a row."""
    marks = ", ".join("?" for _ in table.columns)
    return f'INSERT INTO "{table.name}" VALUES ({marks})'  # noqa: S608  our names


def finish(
    database: sqlite3.Connection,
    tables: Sequence[Table],
    explained: Mapping[str, Sequence[Sequence[str]]],
) -> None:
    """Add to filled tables the indexes of words, the views, and what explains them.

    `search` finds names and values by words, whatever table they are in. Each table that explains
    has its header first.
    """
    for statement in filter(str.strip, INDEXES.split(";")):
        database.execute(statement)
    for table in tables:
        if table.searched:
            _index_words(database, table)
    database.execute(
        f"CREATE VIRTUAL TABLE search USING fts5(id UNINDEXED, text, tokenize='{WORDS}')"
    )
    database.execute(
        "INSERT INTO search SELECT id, trim(name || ' ' || replace(other_names, ' | ', ' '))"
        " FROM nodes ORDER BY id"
    )
    database.execute("INSERT INTO search SELECT id, value FROM claims ORDER BY id")
    for statement in filter(str.strip, VIEWS.split(";")):
        database.execute(statement)
    for name, rows in explained.items():
        _write(database, name, rows[0], rows[1:])


def _index_words(database: sqlite3.Connection, table: Table) -> None:
    """Add an index of words over a table, which Datasette finds by its name."""
    columns = ", ".join(f'"{name}"' for name in table.searched)
    index = f"{table.name}_fts"
    database.execute(
        f'CREATE VIRTUAL TABLE "{index}" USING fts5({columns}, content="{table.name}",'
        f" tokenize='{WORDS}')"
    )
    database.execute(f'INSERT INTO "{index}" ("{index}") VALUES (\'rebuild\')')  # noqa: S608  our names


def _write(
    database: sqlite3.Connection, name: str, header: Sequence[str], rows: Iterable[Any]
) -> None:
    columns = ", ".join(f'"{each}" TEXT' for each in header)
    database.execute(f'CREATE TABLE "{name}" ({columns})')
    marks = ", ".join("?" for _ in header)
    database.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)  # noqa: S608  our names
