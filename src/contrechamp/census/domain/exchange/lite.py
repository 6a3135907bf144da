"""The public census as one SQLite file: tables, labels, full text, views for common questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from .bundle import Bundle

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


def write(
    path: Path,
    bundle: Bundle,
    tables: Mapping[str, Iterator[list[Any]]],
    labels: Mapping[str, str],
) -> None:
    """Write the file. It opens in Datasette as it is."""
    with closing(sqlite3.connect(path)) as database:
        for name, rows in tables.items():
            _fill(database, name, rows)
        _fill(database, "labels", iter([["code", "fr"], *map(list, sorted(labels.items()))]))
        database.execute(
            "CREATE VIRTUAL TABLE search USING fts5(id UNINDEXED, text, "
            "tokenize = 'unicode61 remove_diacritics 2')"
        )
        database.executemany("INSERT INTO search VALUES (?, ?)", _texts(bundle))
        database.executescript(VIEWS)
        database.commit()
        database.execute("VACUUM")


def _fill(database: sqlite3.Connection, name: str, rows: Iterator[list[Any]]) -> None:
    header = next(rows)
    key = header[0] if name in {"nodes", "edges", "claims", "places", "labels"} else ""
    columns = ", ".join(
        f'"{column}" TEXT PRIMARY KEY' if column == key else f'"{column}"' for column in header
    )
    marks = ", ".join("?" for _ in header)
    database.execute(f'CREATE TABLE "{name}" ({columns})')
    database.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)  # noqa: S608  our names


def _texts(bundle: Bundle) -> Iterator[tuple[str, str]]:
    for key, node in sorted(bundle.nodes.items()):
        names = sorted(text for text, role, _ in node.names if role != "RAW")
        yield key, " ".join([node.name, *names])
    for key, each in sorted(bundle.statements.items()):
        if isinstance(each.value, str):
            yield key, each.value
