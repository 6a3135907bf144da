"""The two tables of a door: no content, no order of arrival, no time finer than the day.

A connection is opened in the process of the request and closed there: never before a fork.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# A write-ahead log keeps deleted rows; `secure_delete` overwrites them. Set, and read back.
PRAGMAS: dict[str, int | str] = {
    "journal_mode": "delete",
    "secure_delete": 1,
    "synchronous": 2,
    "temp_store": 2,
    "mmap_size": 0,
    "trusted_schema": 0,
    "foreign_keys": 1,
    "cell_size_check": 1,
    "auto_vacuum": 1,
    "busy_timeout": 5000,
}
# WITHOUT ROWID: a row's number would tell the order of arrival.
SCHEMA = """
CREATE TABLE mailbox (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  month INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
CREATE TABLE quota (
  day INTEGER PRIMARY KEY,
  dossiers INTEGER NOT NULL,
  mib INTEGER NOT NULL
) STRICT;
PRAGMA user_version = 1;
"""


class Broken(RuntimeError):
    """The database is absent or will not be set as it must: the door closes."""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection with every pragma set and read back; raises Broken."""
    if not path.is_file():
        raise Broken("no database")
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for name, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {name} = {value}")
        for name, value in PRAGMAS.items():  # Asserted, not hoped: some are silently ignored.
            if connection.execute(f"PRAGMA {name}").fetchone()[0] != value:
                raise Broken(f"pragma {name}")
        yield connection
    except sqlite3.DatabaseError as problem:
        raise Broken(type(problem).__name__) from problem
    finally:
        connection.close()


def create(path: Path) -> None:
    """A new database with mode 0600; raises FileExistsError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA auto_vacuum = 1")  # Only before the first table.
    connection.executescript(SCHEMA)
    connection.close()
    with opened(path):
        pass


def quota_of(path: Path, day: int) -> tuple[int, int]:
    """Dossiers and MiB taken in on the day (days since 1970)."""
    with opened(path) as connection:
        row = connection.execute("SELECT dossiers, mib FROM quota WHERE day = ?", (day,)).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def record(path: Path, mailbox: str, *, mib: int, day: int, month: int, most: int) -> bool:
    """Count one dossier and keep its mailbox; False when the day's `most` dossiers are reached."""
    with opened(path) as connection:
        connection.execute("BEGIN IMMEDIATE")
        row = connection.execute("SELECT dossiers FROM quota WHERE day = ?", (day,)).fetchone()
        if row and row[0] >= most:
            connection.execute("ROLLBACK")
            return False
        connection.execute(
            "INSERT INTO mailbox VALUES (?, ?)"
            " ON CONFLICT (id) DO UPDATE SET month = excluded.month",
            (bytes.fromhex(mailbox), month),
        )
        connection.execute(
            "INSERT INTO quota VALUES (?, 1, ?) ON CONFLICT (day)"
            " DO UPDATE SET dossiers = dossiers + 1, mib = mib + excluded.mib",
            (day, mib),
        )
        connection.execute("DELETE FROM quota WHERE day <> ?", (day,))
        connection.execute("COMMIT")
    return True


def is_known(path: Path, mailbox: str, *, month: int) -> bool:
    """Whether the mailbox exists; its month of the last visit becomes `month`."""
    key = bytes.fromhex(mailbox)
    with opened(path) as connection:
        row = connection.execute("SELECT month FROM mailbox WHERE id = ?", (key,)).fetchone()
        if row and row[0] != month:
            connection.execute("UPDATE mailbox SET month = ? WHERE id = ?", (month, key))
    return row is not None


def forget(path: Path, mailbox: str) -> None:
    """Delete the mailbox; its bytes are overwritten."""
    with opened(path) as connection:
        connection.execute("DELETE FROM mailbox WHERE id = ?", (bytes.fromhex(mailbox),))


def forget_before(path: Path, month: int) -> set[str]:
    """Delete the mailboxes last visited before the month; the identifiers of those that remain."""
    with opened(path) as connection:
        connection.execute("DELETE FROM mailbox WHERE month < ?", (month,))
        rows = connection.execute("SELECT hex(id) FROM mailbox").fetchall()
    return {row[0].lower() for row in rows}
