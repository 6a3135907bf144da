"""Many rows at once: one prepared statement per table, run for each row.

Django's `bulk_create` writes a statement as long as its rows and `bulk_update` one CASE per row and
field; both spend their time in building text. Here the database is given one short statement and
a list of values. Constraints, types and conversions are those of the models' fields.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def insert_rows(
    rows: Sequence[models.Model], *, update: Sequence[str] = (), chosen_keys: bool = True
) -> None:
    """Insert rows of one model. With `update`, a row that is there has these fields replaced.

    Without `chosen_keys` the database gives the keys, and they are not told.
    """
    if not rows:
        return
    meta: Any = type(rows[0])._meta
    fields = [f for f in meta.concrete_fields if chosen_keys or not f.primary_key]
    names = ", ".join(_quoted(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {_quoted(meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
    if update:
        columns = [_quoted(meta.get_field(name).column) for name in update]
        changed = ", ".join(f"{column} = excluded.{column}" for column in columns)
        statement += f" ON CONFLICT ({_quoted(meta.pk.column)}) DO UPDATE SET {changed}"
    _run(statement, fields, rows)
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias


def update_rows(rows: Iterable[tuple[models.Model, Iterable[str]]]) -> None:
    """Write some fields of many rows."""
    groups: dict[tuple[type[models.Model], tuple[str, ...]], list[models.Model]] = defaultdict(list)
    for row, names in rows:
        groups[type(row), tuple(sorted(names))].append(row)
    for (model, chosen), each in groups.items():
        meta: Any = model._meta
        fields: list[Any] = [meta.get_field(name) for name in chosen]
        sets = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
        key = meta.pk
        statement = f"UPDATE {_quoted(meta.db_table)} SET {sets} WHERE {_quoted(key.column)} = %s"  # noqa: S608
        _run(statement, [*fields, key], each)


def _run(statement: str, fields: Sequence[Any], rows: Sequence[models.Model]) -> None:
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
