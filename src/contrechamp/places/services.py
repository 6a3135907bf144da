"""The one verb of places: put the gazetteer that came with the program into the tables."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from importlib.resources import files
from itertools import islice

from django.db import connection, transaction
from django.db.models import Model

from contrechamp.kernel.errors import Misconfigured, gettext_noop
from contrechamp.kernel.names import fold

from .models import Edition, PostalCode, Territory

TABLE = "data/territories.csv.gz"
BATCH = 2000
Cell = str | int | float | None
COLUMNS = (
    *("key", "kind", "code", "name", "slug", "folded", "siren", "postal_codes", "population"),
    *("departement", "region", "epci", "parent", "lon", "lat", "successor", "former_codes"),
)


def load_gazetteer(*, now: datetime) -> bool:
    """Fill the tables from the file in this package; answer whether there was anything to do.

    The whole of it is replaced, in one transaction, when the file is another than the one loaded
    last. Other rooms hold keys of territories as text, so nothing of theirs is touched.
    """
    packed = _packed()
    sha256 = hashlib.sha256(packed).hexdigest()
    if Edition.objects.filter(sha256=sha256).exists():
        return False
    with transaction.atomic():
        for model in (PostalCode, Territory, Edition):
            _empty(model)
        rows = list(_read(packed))
        _insert(Territory, COLUMNS, (tuple(row.values()) for row in rows))
        _insert(
            PostalCode,
            ("code", "territory_id"),
            ((code, row["key"]) for row in rows for code in json.loads(str(row["postal_codes"]))),
        )
        _measure(Territory)
        Edition.objects.create(sha256=sha256, loaded_at=now)
    return True


def _empty(model: type[Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {_quoted(model._meta.db_table)}")  # noqa: S608


def _measure(model: type[Model]) -> None:
    """Tell the database how its rows are spread.

    Without it SQLite looks up the towns of a group by "is no former commune", which nearly all
    are: a hundred milliseconds instead of one.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {_quoted(model._meta.db_table)}")


def _insert(model: type[Model], columns: Sequence[str], rows: Iterable[tuple[Cell, ...]]) -> None:
    """Insert rows past the ORM: `bulk_create` needs three times as long for these."""
    names = ", ".join(_quoted(column) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {_quoted(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        left = iter(rows)
        while batch := list(islice(left, BATCH)):
            cursor.executemany(statement, batch)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _packed() -> bytes:
    table = files("contrechamp.places").joinpath(TABLE)
    if not table.is_file():
        raise Misconfigured(
            gettext_noop(
                "Le répertoire des communes manque ({table}). "
                "Lancez « make setup » dans les sources, ou réinstallez le paquet."
            ),
            table=TABLE,
        )
    return table.read_bytes()


def _read(packed: bytes) -> Iterator[dict[str, Cell]]:
    """Yield the rows as the table has them, in the order of `COLUMNS`."""
    text = io.StringIO(gzip.decompress(packed).decode())
    for row in csv.DictReader(text):
        values: dict[str, Cell] = {**row, "folded": fold(row["name"])}
        values["postal_codes"] = json.dumps(row["postal_codes"].split())
        values["former_codes"] = f" {row['former_codes']} " if row["former_codes"] else ""
        for name in ("population", "lon", "lat"):
            number = int if name == "population" else float
            values[name] = number(row[name]) if row[name] else None
        yield {name: values[name] for name in COLUMNS}
