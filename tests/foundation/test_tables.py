"""Tables made at once are those that all the steps make, and what is stopped leaves none."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path

import pytest

SCRIPT = """
    import sys
    import django
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from contrechamp.foundation import tables

    if sys.argv[1] == "steps":
        call_command("migrate", verbosity=0)
    elif sys.argv[1] == "stopped":
        def stop(*given, **named):
            raise KeyboardInterrupt
        tables.MigrationRecorder.record_applied = stop
        try:
            tables.make_tables()
        except KeyboardInterrupt:
            assert connection.introspection.table_names() == []
    elif sys.argv[1] == "one is missing":
        recorder = tables.MigrationRecorder(connection)
        recorder.migration_qs.filter(app="sessions").order_by("-pk").first().delete()
        connection.cursor().execute("DROP TABLE django_session")
    else:
        tables.make_tables()
    connection.close()
"""


def made(
    folder: Path, *hows: str, house: str = "contrechamp.project.settings"
) -> sqlite3.Connection:
    """Make the tables of an instance in a process of its own, one way after the other."""
    folder.mkdir()
    for how in hows:
        subprocess.run(  # noqa: S603  our own words
            [sys.executable, "-c", textwrap.dedent(SCRIPT), how],
            env={**os.environ, "CONTRECHAMP_DATA": str(folder), "DJANGO_SETTINGS_MODULE": house},
            check=True,
        )
    return sqlite3.connect(folder / "contrechamp.sqlite3")


def shape(file: sqlite3.Connection) -> Mapping[str, object]:
    """Return what a database is: each table's columns, checks, ends and rows; all indexes."""
    found: dict[str, object] = {}
    for kind, name, table, sql in file.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master"
    ):
        if name == "sqlite_sequence":
            continue  # The last numbers that were given: a step gives some to what it copies.
        if kind != "table" or sql.startswith("CREATE VIRTUAL"):
            found[f"{kind} {name}"] = (table, sql)
            continue
        # What a step adds to a table comes last in it: the order of columns says nothing.
        columns = sorted(file.execute(f"PRAGMA table_xinfo('{name}')"), key=by_name)
        found[f"table {name}"] = {
            "columns": [column[1:] for column in columns],
            "ends": sorted(one[2:] for one in file.execute(f"PRAGMA foreign_key_list('{name}')")),
            "words": sorted(sql.replace("(", " ( ").replace(")", " ) ").replace(",", " ").split()),
            "rows": rows(file, name, [column[1] for column in columns]),
        }
    return found


def by_name(column: tuple[object, ...]) -> str:
    return str(column[1])


def rows(file: sqlite3.Connection, table: str, columns: list[str]) -> list[tuple[object, ...]]:
    """Return the rows of a table without their numbers and the hour at which they were written."""
    told = ", ".join(f'"{one}"' for one in columns if one not in {"applied", "id"})
    return sorted(file.execute(f'SELECT {told} FROM "{table}"'), key=repr)  # noqa: S608  our own


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, object]:
    return shape(made(tmp_path_factory.mktemp("at-once") / "data", "at once"))


def test_at_once_makes_what_all_steps_make(at_once: Mapping[str, object], tmp_path: Path) -> None:
    by_steps = shape(made(tmp_path / "data", "steps"))
    assert at_once.keys() == by_steps.keys()
    assert len(at_once) > 700
    assert {name: one for name, one in at_once.items() if one != by_steps[name]} == {}


def test_making_them_again_changes_nothing(at_once: Mapping[str, object], tmp_path: Path) -> None:
    assert shape(made(tmp_path / "data", "at once", "at once")) == at_once


def test_what_is_stopped_leaves_nothing_behind(
    at_once: Mapping[str, object], tmp_path: Path
) -> None:
    assert shape(made(tmp_path / "data", "stopped", "at once")) == at_once


def test_tables_that_are_there_are_changed_step_by_step(
    at_once: Mapping[str, object], tmp_path: Path
) -> None:
    """A step that is not noted as done is done, and no other."""
    assert shape(made(tmp_path / "data", "at once", "one is missing", "at once")) == at_once
