"""Many reads of one state: what is published meanwhile is in all of them, or in none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

BEGIN = {
    "sqlite": "BEGIN DEFERRED",  # Takes no lock: in WAL, writers go on beside it.
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


@contextmanager
def one_state() -> Iterator[None]:
    """Let every read inside see the database as the first one did. For reads alone.

    Django's own transaction would take the right to write, and keep it for as long as it reads.
    """
    connection.ensure_connection()
    if connection.in_atomic_block:
        yield
        return
    with _read_once(), connection.cursor() as cursor:
        cursor.execute(BEGIN[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


@contextmanager
def _read_once() -> Iterator[None]:
    """Map no file meanwhile: what is read once would fill the memory for nothing."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        size = cursor.execute("PRAGMA mmap_size").fetchone()[0]
        cursor.execute("PRAGMA mmap_size=0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA mmap_size={int(size)}")
